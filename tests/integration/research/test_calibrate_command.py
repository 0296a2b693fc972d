"""`homeport calibrate`, and the way back: its parameters in `score` and `simulate`."""

import json
from pathlib import Path

import numpy as np
import pytest
from tests.factories.answer_files import ECR_NAMES, ecr_answers, ecr_file, read_table, write_table

from homeport.config.cli import main
from homeport.content.instruments import load_key
from homeport.psychometrics.keys import item_bank

pytest.importorskip("mirt", reason="the extra `science` is not installed")


def test_parameters_are_recovered_written_and_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = ecr_file(tmp_path / "in.csv", 1500), tmp_path / "params.yaml"
    words = ["calibrate", "ecr", str(source), "--scale", "anxiety", "--out", str(out), "--json"]
    assert main(words) == 0
    found = json.loads(capsys.readouterr().out)["scales"]
    assert list(found) == ["anxiety"]
    anxiety = found["anxiety"]
    assert (anxiety["people"], anxiety["converged"]) == (1500, True)
    bank = item_bank(load_key("ecr"), "anxiety", "five")
    assert bank is not None
    slopes = {item["item"]: item["a"] for item in anxiety["items"]}
    assert np.corrcoef([slopes[item] for item in bank.items], bank.a)[0, 1] > 0.95
    assert all(0 < item["a_se"] < 0.3 for item in anxiety["items"])
    assert 0.85 < anxiety["marginal_reliability"] < 0.97

    text = out.read_text()
    assert "SHA-256" in text
    assert "61 nodes" in text
    scores = tmp_path / "scores.csv"
    assert main(["score", "ecr", str(source), "--out", str(scores), "--parameters", str(out), "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["scales"]["anxiety"]["calibration"].startswith("own calibration, 1500 people")
    theta = np.array([float(row["anxiety_eap"]) for row in read_table(scores)])
    assert abs(theta.mean()) < 0.05  # theta is standard normal in the sample it was calibrated on
    assert main(["simulate", "ecr", str(source), "--parameters", str(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["respondents"] == 1500


def test_a_question_that_works_differently_in_two_groups_is_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = ecr_answers(1200)
    answers[600:, 1] = np.clip(answers[600:, 1] + 1, 1, 5)  # question 2, of anxiety
    groups = ["b"] * 600 + ["a"] * 590 + ["c"] * 10
    rows = [[*row, group] for row, group in zip(answers.tolist(), groups, strict=True)]
    source = write_table(tmp_path / "in.csv", [*ECR_NAMES, "group"], rows)
    words = ["calibrate", "ecr", str(source), "--scale", "anxiety", "--dif", "Group", "--json"]
    assert main(words) == 0
    said = capsys.readouterr()
    found = json.loads(said.out)["scales"]["anxiety"]["dif"]
    assert (found["groups"], found["people"]) == (["a", "b"], [590, 600])
    assert [item["item"] for item in found["items"] if item["flagged"]] == ["q02"]
    assert "10 people left out" in said.err
    assert main([*words[:-1], "--groups", "b,a"]) == 0
    assert "1 of 18 questions work differently in 'a' and 'b'" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["ecr", "few.csv"], "at least 200 people"),
        (["ecr", "in.csv", "--scale", "worry"], "no scale 'worry'"),
        (["ecr", "in.csv", "--dif", "sex"], "no column 'sex'"),
        (["ecr", "in.csv", "--dif", "Q1", "--groups", "1"], "Two different groups"),
        (["ecr", "in.csv", "--dif", "id"], "does not hold two groups"),
        (["ecr", "in.csv", "--dif", "id", "--groups", "0,1"], "has 1 people"),
        (["ecr", "in.csv", "--groups", "1,2"], "--groups needs --dif"),
        (["ecr", "in.csv", "--out", "in.csv"], "the file that is read"),
        (["ecr", "in.csv", "--out", "none/p.yaml"], "does not exist"),
        (["ecr", "never.csv"], "Nobody chose one of the answers of item q02"),
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
    rows = [[*row, place] for place, row in enumerate(ecr_answers(300).tolist())]
    write_table(tmp_path / "in.csv", [*ECR_NAMES, "id"], rows)
    ecr_file(tmp_path / "few.csv", 60)
    never = ecr_answers(300)
    never[:, 1] = np.where(never[:, 1] == 3, 4, never[:, 1])
    write_table(tmp_path / "never.csv", ECR_NAMES, never.tolist())
    assert main(["calibrate", *words]) == 1
    said = capsys.readouterr()
    assert sentence in said.err
    assert said.err.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["few.csv", "in.csv", "never.csv"]
