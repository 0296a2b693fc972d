"""Item parameters as a file fit their key, or are refused."""

from pathlib import Path

import pytest

from homeport.content.instruments import load_key
from homeport.core.errors import HomeportError
from homeport.psychometrics.files.parameters import with_parameters
from homeport.psychometrics.keys import item_bank

KEY = load_key("depression.phq-9")
GOOD = """\
instrument: depression.phq-9@1
calibrations:
- scale: total
  formats: [days]
  model: graded
  n: 600
  sample: made up
  source: a test
  label: own calibration
  mark: calc
  provisional: true
  items:
  - {item: mood, a: 1.5, b: [-1.0, 0.0, 1.0]}
  - {item: sleep, a: 1.2, b: [-0.5, 0.5, 1.5]}
standard_errors: {}
"""


def parameters(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "params.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_parameters_make_a_bank_where_the_key_has_none(tmp_path: Path) -> None:
    assert item_bank(KEY, "total") is None
    bank = item_bank(with_parameters(KEY, parameters(tmp_path, GOOD)), "total")
    assert bank is not None
    assert bank.items == ("mood", "sleep")
    assert bank.a.tolist() == [1.5, 1.2]


def test_own_parameters_go_before_the_packaged_ones(tmp_path: Path) -> None:
    ecr = load_key("ecr")
    text = (
        GOOD.replace("depression.phq-9@1", ecr.reference)
        .replace("total", "anxiety")
        .replace("[days]", "[five]")
        .replace("mood", "q02")
        .replace("sleep", "q04")
    )
    changed = with_parameters(ecr, parameters(tmp_path, text))
    found = changed.calibration("anxiety", "five")
    assert found is not None
    assert found.label == "own calibration"
    untouched = changed.calibration("avoidance", "five")
    assert untouched is not None
    assert untouched.label != "own calibration"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "depression.phq-9@1",
            "attachment.ecr@1",
            "are those of attachment.ecr@1, not of depression.phq-9@1",
        ),
        ("scale: total", "scale: worry", "no scale worry"),
        ("[days]", "[weeks]", "in the format weeks"),
        ("item: mood", "item: joy", "no question joy"),
        ("[-1.0, 0.0, 1.0]", "[-1.0, 0.0, 1.0, 2.0]", "more thresholds"),
        ("[-1.0, 0.0, 1.0]", "[1.0, 0.0, 2.0]", "thresholds rise"),
        ("[-1.0, 0.0, 1.0]", "[]", "thresholds rise"),
        ("a: 1.5", "a: -1.5", "slope is above zero"),
        ("a: 1.5", "a: .inf", "must be a number"),
        ("provisional: true", "provisional: true\n  extra: 1", "unknown field 'extra'"),
        ("made up", "!!python/object:os.system made up", "not valid YAML"),
        ("calibrations:", "calibrations: &a", "anchors"),
        ("instrument:", "\x00", "not valid YAML"),
    ],
)
def test_a_file_that_does_not_fit_is_refused(old: str, new: str, sentence: str, tmp_path: Path) -> None:
    assert old in GOOD
    with pytest.raises(HomeportError, match=sentence):
        with_parameters(KEY, parameters(tmp_path, GOOD.replace(old, new, 1)))


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(HomeportError, match="No such file"):
        with_parameters(KEY, tmp_path / "none.yaml")
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(HomeportError, match="not text"):
        with_parameters(KEY, tmp_path / "bytes.yaml")
    (tmp_path / "huge.yaml").write_text("#" * 1_100_000)
    with pytest.raises(HomeportError, match="too large"):
        with_parameters(KEY, tmp_path / "huge.yaml")
