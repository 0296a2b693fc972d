"""An empty name shows, wherever it stands."""

from pathlib import Path

from tests.checks import names


def test_a_name_that_says_nothing_fails(tmp_path: Path) -> None:
    for name in (
        "room/utils.py",
        "room/form_helpers.py",
        "managers/x.py",
        "js/date-utils.js",
        "room/manager_page.py",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "room/managed.py").touch()
    (tmp_path / "room/helpful.py").touch()
    assert [fault.partition(":")[0] for fault in names.check(tmp_path).faults] == [
        "js/date-utils.js",
        "managers",
        "room/form_helpers.py",
        "room/manager_page.py",
        "room/utils.py",
    ]
