"""`homeport score` as a researcher runs it."""

import json
import os
import pty
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.factories.answer_files import ECR_NAMES, ecr_answers, ecr_file, read_table, write_table

from homeport.config.cli import main

COMMAND = [sys.executable, "-m", "homeport.config.cli", "score", "ecr"]


def test_one_machine_readable_result_and_messages_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ecr_answers(200).astype(object)
    rows[4, 0], rows[7, 9] = "", 0
    source = write_table(tmp_path / "in.csv", ECR_NAMES, rows.tolist())
    assert main(["score", "ecr", str(source), "--out", str(tmp_path / "out.csv"), "--json"]) == 0
    said = capsys.readouterr()
    assert said.out.count("\n") == 1
    result = json.loads(said.out)
    assert (result["rows"], result["scored"], result["complete"]) == (200, 200, 198)
    assert (result["missing"], result["out_of_range"], result["out_of_range_values"]) == (1, 1, {"0": 1})
    assert result["first_gaps"][1] == {"row": 8, "missing": [], "out_of_range": {"q10": "0"}}
    assert 0.8 < result["alpha_anxiety"] < 1
    assert 0.8 < result["alpha_avoidance"] < 1
    assert result["format"] == "five"
    assert result["instrument"] == "attachment.ecr@1"
    assert "format 'five'" in said.err
    assert "row 5: missing q01" in said.err
    written = read_table(tmp_path / "out.csv")
    assert list(written[0]) == result["columns"]
    assert {"anxiety_mean", "anxiety_eap", "anxiety_se", "avoidance_mean"} <= set(written[0])


def test_a_person_reads_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = ecr_file(tmp_path / "in.csv")
    assert main(["score", "ECR", str(source), "--out", str(tmp_path / "out.csv"), "--format", "5-point"]) == 0
    said = capsys.readouterr()
    assert "60 rows read, 60 scored" in said.out
    assert "provisional, web sample, 5-point" in said.out
    assert said.err == ""


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["ecr", "none.csv", "--out", "out.csv"], "No such file"),
        (["ecr", ".", "--out", "out.csv"], "is a folder"),
        (["ecr", "in.csv", "--out", "in.csv"], "the file that is read"),
        (["ecr", "in.csv", "--out", "none/out.csv"], "does not exist"),
        (["ecr", "in.csv", "--out", "out.txt"], ".csv or .parquet"),
        (["ecr", "in.csv", "--out", "out.csv", "--format", "six"], "no format 'six'"),
        (["ecr", "in.csv", "--out", "out.csv", "--order", "odd"], "no order 'odd'"),
        (["ecr", "in.csv", "--out", "out.csv", "--keep", "sex"], "no column 'sex'"),
        (["ecr", "in.csv", "--out", "out.csv", "--parameters", "none.yaml"], "none.yaml cannot be read"),
        (["phq-9", "in.csv", "--out", "out.csv", "--format", "nine"], "no format"),
        (["ecry", "in.csv", "--out", "out.csv"], "no instrument called 'ecry'"),
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
    before = (tmp_path / "in.csv").read_bytes()
    assert main(["score", *words, "--json"]) == 1
    said = capsys.readouterr()
    assert sentence in said.err
    assert said.err.count("\n") == 1
    assert sentence in json.loads(said.out)["error"]
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]
    assert (tmp_path / "in.csv").read_bytes() == before


def test_neither_django_nor_the_science_it_does_not_need_is_loaded(tmp_path: Path) -> None:
    source = ecr_file(tmp_path / "in.csv")
    program = (
        "import sys; from homeport.config.cli import main; code = main(sys.argv[1:]); "
        "heavy = {'django', 'mirt', 'scipy', 'pandas', 'uvicorn'} & set(sys.modules); sys.exit(code or bool(heavy))"
    )
    words = [sys.executable, "-c", program, "score", "ecr", str(source), "--out", str(tmp_path / "o.csv")]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_without_the_science_extra_it_says_what_to_install(tmp_path: Path) -> None:
    source = ecr_file(tmp_path / "in.csv")
    program = (
        "import sys; sys.modules['pyarrow'] = None; sys.modules['pyarrow.csv'] = None; "
        "from homeport.config.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    words = [sys.executable, "-c", program, "score", "ecr", str(source), "--out", str(tmp_path / "o.csv")]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "pip install 'homeport[science]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    source = ecr_file(tmp_path / "in.csv", 20_000)

    def small_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    for out in ("out.csv", "out.parquet"):
        done = subprocess.run(
            [*COMMAND, str(source), "--out", str(tmp_path / out)],
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=small_disk,
        )
        assert done.returncode == 1, done.stderr
        assert "could not be written: File too large" in done.stderr
        assert "Traceback" not in done.stderr
        assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_an_end_from_outside_leaves_what_was_there(number: int, code: int, tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    body = ecr_file(source, 40_000).read_bytes().partition(b"\n")[2]
    with source.open("ab") as file:
        for _ in range(30):
            file.write(body)
    out.write_text("old")
    running = subprocess.Popen(
        [*COMMAND, str(source), "--out", str(out)],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # Tests that were started in the background ignore Ctrl-C, and so would what they start.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no thread runs here
    )
    wait_for(lambda: any(part.stat().st_size > 100_000 for part in tmp_path.glob(".*.part")))
    running.send_signal(number)
    _, said = running.communicate(timeout=120)
    assert running.returncode == code, said
    assert "Traceback" not in said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv"]
    assert out.read_text() == "old"


def wait_for(condition: Callable[[], bool]) -> None:
    """Up to a minute and a half; then the assertion fails."""
    until = time.monotonic() + 90
    while time.monotonic() < until:
        if condition():
            return
        time.sleep(0.005)
    raise AssertionError("it never came to pass")


def test_progress_is_drawn_on_a_terminal_alone(tmp_path: Path) -> None:
    source = ecr_file(tmp_path / "in.csv", 40_000)
    body = source.read_bytes().partition(b"\n")[2]
    with source.open("ab") as file:
        for _ in range(4):
            file.write(body)
    ours, theirs = pty.openpty()
    running = subprocess.Popen(
        [*COMMAND, str(source), "--out", str(tmp_path / "o.csv"), "--json"],
        stderr=theirs,
        stdout=subprocess.PIPE,
        text=True,
    )
    os.close(theirs)
    drawn = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:
            break
        if not part:
            break
        drawn += part
    os.close(ours)
    answered, _ = running.communicate(timeout=120)
    assert running.returncode == 0
    assert b"Scoring [" in drawn
    assert json.loads(answered)["rows"] == 200_000


def test_the_shared_ecr_file(shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = shared / "data/ecr/responses.csv"
    assert main(["score", "ecr", str(source), "--out", str(tmp_path / "out.csv"), "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert (result["rows"], result["complete"], result["missing"]) == (40_000, 36_222, 0)
    assert result["out_of_range_values"] == {"0": 7269}
    assert result["alpha_anxiety"] == pytest.approx(0.916, abs=0.002)
    assert result["alpha_avoidance"] == pytest.approx(0.938, abs=0.002)
    with (tmp_path / "out.csv").open() as file:
        assert sum(1 for _ in file) == 40_001


@pytest.mark.parametrize(
    ("name", "file", "rows"),
    [("rses", "rses/responses.csv", 12_000), ("phq-9", "phq9/nhanes_subsample.csv", 600)],
)
def test_other_shared_files(
    name: str, file: str, rows: int, shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["score", name, str(shared / "data" / file), "--out", str(tmp_path / "out.parquet"), "--json"]
    assert main(words) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["rows"] == rows
    assert result["scored"] > 0.99 * rows
