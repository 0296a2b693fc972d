"""A part without a reason, a lock without a root, a key without a licence or with wording: each shows."""

from pathlib import Path

import pytest
from tests.checks import licences

PROJECT = """
[project]
dependencies = [
  "django>=5.2",   # the web
  "numpy>=1.26",
]
[project.optional-dependencies]
science = [
  "mirt>=1.2",     # fits
]
[dependency-groups]
dev = [
  "pytest[x]>=8",  # tests
]
[tool.other]
list = [
  "not a part",
]
"""


def test_a_part_without_a_reason_shows() -> None:
    assert licences.unexplained(PROJECT) == ['"numpy>=1.26",']
    assert licences.declared_names(PROJECT) == {"django", "numpy", "mirt", "pytest"}


def test_the_page_about_parts_lacks_none_and_has_none_that_is_gone() -> None:
    page = (
        "| part | what for | why | licence | instead |\n| --- | --- | --- | --- | --- |\n"
        "| `django` | the web | large | BSD | nothing |\n| `numpy`, `Old_Part` | arrays | C | BSD | nothing |\n"
        "| `mirt` | fits | | MIT | R |\n"
    )
    assert licences.untold({"django", "numpy", "mirt", "pytest"}, page) == [
        f"{licences.PAGE}: pytest of pyproject.toml is missing",
        f"{licences.PAGE}: old-part is not in pyproject.toml",
        f"{licences.PAGE}: the line of mirt says not all five things",
    ]
    assert licences.untold({"django"}, page.split("| `numpy`", maxsplit=1)[0]) == []


def test_what_parts_need_is_followed_to_the_end() -> None:
    needs = {"a": ["B_c>=1; sys_platform == 'win32'"], "b-c": ["d.e (>2)", "a"]}
    assert licences.with_what_they_need(["a"], lambda name: needs.get(name, [])) == {"a", "b-c", "d-e"}


def test_a_lock_with_something_nobody_needs_shows(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\ndependencies = [\n  "django>=5",  # the web\n]\n')
    (tmp_path / "requirements.txt").write_text(
        "django==5.2 \\\n    --hash=sha256:0\nasgiref==3.1\nleft-pad==1.0\n# a comment\n"
    )
    assert licences.parts(tmp_path).faults == [
        "requirements.txt: left-pad is not needed by any declared part"
    ]


def test_a_shipped_part_that_is_not_free_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\ndependencies = [\n  "django>=5",  # the web\n]\n')
    for name in ("requirements.txt", "requirements-dev.txt"):
        (tmp_path / name).write_text("django==5.2\n")
    monkeypatch.setattr(licences, "_unfree", lambda name: f"{name} may not be shared")
    outcome = licences.parts(tmp_path)
    assert outcome.faults == ["requirements.txt: django: django may not be shared"]
    assert outcome.notes == ["requirements-dev.txt: django: django may not be shared"]


def test_a_key_without_licence_or_with_wording_shows(tmp_path: Path) -> None:
    (tmp_path / "a.good.v1.yaml").write_text(
        "id: a.good\nlicence: {statement: Free., mark: read}\n"
        "items:\n  - {id: q1, scales: [total], unscored: Because it is asked for another reason.}\n"
    )
    (tmp_path / "a.bad.v1.yaml").write_text(
        "id: a.bad\nlicence: {statement: '', mark: read}\n"
        "items:\n  - {id: q1, codes: {note: I sometimes feel very much alone}}\n"
    )
    (tmp_path / "a.broken.v1.yaml").write_text("id: [")
    faults = licences.instruments(tmp_path)
    assert faults[0] == "a.bad.v1.yaml: states no licence"
    assert faults[1] == "a.bad.v1.yaml: item q1 holds wording: 'I sometimes feel very much alone'"
    assert faults[2].startswith("a.broken.v1.yaml")
    assert len(faults) == 3
