"""An address or a machine's folder in any file shows."""

from pathlib import Path

import pytest
from tests.checks import addresses


@pytest.mark.parametrize(
    ("line", "fails"),
    [
        ("see https://" + "pypi" + ".org/project/x", True),
        ("url = https://files." + "pythonhosted" + ".org/x.whl", True),
        ("--index-url" + " https://mirror.example.org/simple", True),
        ("--find-links" + "=file:///srv", True),
        ("open('/" + "work/x')", True),
        ("cd /" + "tmp/x", True),
        ("DATA = '/" + "tmp'", True),
        ("/" + "root/.cache", True),
        ("--no-emit-index-url", False),
        ("executable_path='/usr/bin/chromium'", False),
        ("path('articles/work/', view)", False),
        ("<a href='{% url 'x' %}/work/'>", False),
        ("../shared/facts", False),
        ("https://example.org/work/", False),
    ],
)
def test_a_line(tmp_path: Path, line: str, fails: bool) -> None:
    (tmp_path / "file.txt").write_text(f"first\n{line}\n")
    assert [fault[:10] for fault in addresses.check(tmp_path).faults] == (["file.txt:2"] if fails else [])


def test_a_file_that_is_no_text_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "image.png").write_bytes(b"\x89PNG\xff\xfe")
    assert addresses.check(tmp_path).faults == []
