"""`homeport simulate` as a researcher runs it."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.factories.answer_files import ECR_NAMES, ecr_answers, ecr_file, write_table

from homeport.config.cli import main


def simulated(capsys: pytest.CaptureFixture[str], *words: str | Path) -> dict[str, Any]:
    assert main(["simulate", "ecr", *map(str, words), "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_a_replay_says_what_was_asked_and_how_close_it_came(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ecr_answers(400).astype(object)
    rows[3, 3], rows[5, 5] = "", 0
    source = write_table(tmp_path / "in.csv", ECR_NAMES, rows.tolist())
    found = simulated(capsys, source)
    assert (found["rows"], found["respondents"]) == (400, 398)
    assert found["exposure"] == 1
    assert 8 <= found["items_median_total"] <= 20
    assert found["items_full"] == 36
    for scale in ("anxiety", "avoidance"):
        assert 0.9 < found[f"r_{scale}"] < 1
        assert found[f"r_fixed_{scale}"] < found[f"r_{scale}"]
        assert found[f"se_median_{scale}"] <= 0.32
    assert 0.5 < found["se_reached_share"] <= 1
    assert set(found["stopped"]) <= {"precise", "exhausted"}
    assert sum(found["stopped"].values()) == 2 * 398


def test_a_looser_error_asks_less_and_a_seed_repeats(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = ecr_file(tmp_path / "in.csv", 300)
    strict, loose = simulated(capsys, source), simulated(capsys, source, "--se", "0.5")
    assert loose["items_mean_total"] < strict["items_mean_total"]
    first, again, other = (
        simulated(capsys, source, "--exposure", "4", "--seed", seed) for seed in ("5", "5", "6")
    )
    assert first == again
    assert first["r_anxiety"] != other["r_anxiety"]
    assert simulated(capsys, source, "--max-items", "5")["items_median_total"] <= 10


def test_a_person_reads_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "ecr", str(ecr_file(tmp_path / "in.csv", 100)), "--exposure", "3"]) == 0
    said = capsys.readouterr()
    assert "100 people replayed to a standard error of 0.32, chosen among the 3 best" in said.out
    assert "instead of 36" in said.out
    assert "format 'five'" in said.err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["ecr", "in.csv", "--se", "7"], "standard error to stop at"),
        (["ecr", "in.csv", "--exposure", "0"], "at least one question"),
        (["ecr", "in.csv", "--seed", "-1"], "seed"),
        (["ecr", "in.csv", "--format", "seven"], "no item parameters for the format 'seven'"),
        (["phq-9", "phq.csv"], "no item parameters"),
        (["ecr", "one.csv"], "at least two people"),
        (["ecr", "none.csv"], "No such file"),
    ],
)
def test_bad_input_is_one_clear_line(
    words: list[str],
    sentence: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    ecr_file(tmp_path / "in.csv")
    ecr_file(tmp_path / "one.csv", 1)
    write_table(tmp_path / "phq.csv", [f"q{number}" for number in range(1, 10)], [[1] * 9] * 5)
    assert main(["simulate", *words]) == 1
    said = capsys.readouterr()
    assert sentence in said.err
    assert said.err.count("\n") == 1
    assert not said.out


def test_the_shared_ecr_file_reaches_its_targets(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = shared / "data/ecr/responses.csv"
    precise = simulated(capsys, source, "--se", "0.32")
    assert precise["respondents"] == 36_222
    assert precise["items_median_total"] <= 15
    assert min(precise["r_anxiety"], precise["r_avoidance"]) >= 0.965
    quick = simulated(capsys, source, "--se", "0.40")
    assert quick["items_median_total"] <= 9
    assert min(quick["r_anxiety"], quick["r_avoidance"]) >= 0.94
