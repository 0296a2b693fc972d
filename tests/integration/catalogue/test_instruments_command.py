"""`homeport instruments`: what it prints, what it changes, and one clear line when it will not."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.factories.installations import beside_the_layout, embedded

from homeport.catalogue import fetching
from homeport.catalogue.models import InstalledWording
from homeport.catalogue.services import read_supplied

pytestmark = pytest.mark.django_db
Command = Callable[..., tuple[int, str, str]]
Told = Callable[..., dict[str, Any]]
Form = Callable[..., Path]


def test_import_tells_what_it_kept_dropped_and_doubted(told: Told, form: Form) -> None:
    result = told("import", form())
    assert result["id"] == "attachment.ecr"
    assert result["items"] == 36 == len(result["kept"])
    assert result["kept"][35] == {"item": "q36", "from": "q36"}
    assert result["dropped"] == []
    assert any("usual form runs 1 to 7" in doubt for doubt in result["doubts"])
    assert (result["scored"], result["outcome"], result["format"]) == (True, "installed", "five")
    assert InstalledWording.objects.get().hash == result["hash"]


def test_import_again_is_unchanged_and_other_words_replace(told: Told, form: Form) -> None:
    assert told("import", form())["outcome"] == "installed"
    assert told("import", form())["outcome"] == "unchanged"
    assert told("import", form(word="wind"))["outcome"] == "replaced"
    assert told("import", form())["outcome"] == "restored"


def test_a_dry_run_changes_nothing(told: Told, form: Form) -> None:
    result = told("import", form(), "--dry-run")
    assert (result["outcome"], result["items"]) == ("checked", 36)
    assert InstalledWording.objects.count() == 0


def test_a_person_is_told_in_words(command: Command, form: Form) -> None:
    code, out, err = command("import", form())
    assert (code, err) == (0, "")
    assert out.startswith(
        "Experiences in Close Relationships (attachment.ecr), 36 questions in en, scored by its key."
    )
    assert "To look at:\n  - " in out
    assert out.endswith("Installed.\n")


def test_install_takes_a_file_for_the_instrument_that_was_named(
    told: Told, command: Command, form: Form
) -> None:
    assert told("install", "ecr", "--from", form())["id"] == "attachment.ecr"
    code, out, err = command("install", "maas-15", "--from", form(), "--json")
    assert code == 1
    assert json.loads(out)["error"] in err
    assert "It has 36 questions; MAAS has 15." in err
    assert err.count("\n") == 1
    assert InstalledWording.objects.count() == 1


def test_a_name_with_two_meanings_or_none_is_said_before_the_file_is_opened(command: Command) -> None:
    for name in ("maas", "no-such-instrument"):
        code, out, err = command("install", name, "--from", "not-there.json")
        assert (code, out, err.count("\n")) == (1, "", 1)
        assert "not-there" not in err


def test_an_instrument_without_a_key_is_kept_as_local(told: Told, command: Command, tmp_path: Path) -> None:
    item = {
        "linkId": "a",
        "type": "choice",
        "text": "Rain?",
        "answerOption": [{"valueInteger": n} for n in (0, 1)],
    }
    path = tmp_path / "walk.json"
    path.write_text(json.dumps({"resourceType": "Questionnaire", "title": "Harbour walk", "item": [item]}))
    result = told("import", path)
    assert (result["id"], result["scored"], result["items"]) == ("local.harbour-walk", False, 1)
    assert "without scores" in result["doubts"][0]
    assert told("import", path, "--as", "local.sea")["id"] == "local.sea"
    shown = told("show", "local.sea")
    assert (shown["scored"], shown["wordings"][0]["from"]) == (False, "walk.json")
    listed = {one["id"]: one for one in told("list")["instruments"]}
    assert listed["local.sea"]["installed"] == ["en"]
    code, _, err = command("show", "local.nothing")
    assert (code, err) == (1, "homeport instruments: Nothing called local.nothing is installed.\n")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"Dear all", "none of the files"),
        (b"[" * 100_000, "nested far too deep"),
        (b"\x00\x01\x02", "not a text file"),
        (b'{"resourceType": "Patient"}', "FHIR Patient"),
        (b"PK\x03\x04broken", "damaged"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "XML"),
    ],
)
def test_what_is_no_instrument_is_one_line_and_changes_nothing(
    command: Command, tmp_path: Path, content: bytes, why: str
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    for extra in ((), ("--json",)):
        code, out, err = command("import", path, *extra)
        assert code == 1
        assert why in err
        assert (err.count("\n"), err.startswith("homeport instruments: ")) == (1, True)
        assert out == "" or json.loads(out)["error"] in err
    assert InstalledWording.objects.count() == 0


def test_pipes_folders_and_nothing_are_one_line(command: Command, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("pipe", "folder", "nothing"):
        code, out, err = command("import", tmp_path / name)
        assert (code, out, err.count("\n")) == (1, "", 1)


def test_list_says_what_is_installed_and_what_can_be(told: Told, command: Command, form: Form) -> None:
    before = {one["id"]: one for one in told("list")["instruments"]}
    assert (before["attachment.ecr"]["installed"], before["attachment.ecr"]["source"]) == ([], True)
    assert before["regulation.ders-16"]["source"] is False
    told("import", form())
    after = {one["id"]: one for one in told("list")["instruments"]}
    assert after["attachment.ecr"]["installed"] == ["en"]
    _, out, _ = command("list")
    lines = {line.split()[0]: line for line in out.splitlines()}
    assert lines["attachment.ecr"].endswith(" en")
    assert lines["anxiety.gad-7"].endswith("can be installed")
    assert lines["regulation.ders-16"].endswith("needs a file (--from PATH)")
    assert lines["attachment.homeport"].endswith("comes with Homeport")


def test_show_tells_key_sources_and_wordings(told: Told, command: Command, form: Form) -> None:
    told("import", form())
    shown = told("show", "ECR")
    assert (shown["id"], shown["items"]) == ("attachment.ecr", 36)
    assert shown["sources"][0]["repository"] == "haghish/openpsychometrics"
    assert [one["current"] for one in shown["wordings"]] == [True]
    _, out, _ = command("show", "ecr")
    assert "commit: 5c97a7ee" in out
    assert "Brennan" in out


def test_a_failed_download_says_how_to_give_a_file(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    # Nothing listens there; the rest of the way is the real one.
    def nearby(source: Any) -> Any:
        return fetching.fetch_source(source, home="http://127.0.0.1:1")

    monkeypatch.setattr(read_supplied, "fetch_source", nearby)
    code, out, err = command("install", "gad-7", "--json")
    assert code == 1
    assert "Could not fetch outputs/questionnaires/gad-7.json from github.com/jmandel/" in err
    assert "homeport instruments install anxiety.gad-7 --from PATH" in err
    assert (err.count("\n"), json.loads(out)["error"] in err) == (1, True)


@pytest.mark.parametrize(("name", "extra"), [("ders-16", ()), ("phq-9", ("--language", "xx"))])
def test_without_a_public_source_a_file_is_asked_for(
    command: Command, name: str, extra: tuple[str, ...]
) -> None:
    code, out, err = command("install", name, *extra)
    assert (code, out) == (1, "")
    assert "No public source" in err
    assert "--from PATH" in err


def homeport(data: Path, *words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "homeport.config.cli", *map(str, words)],
        env={
            **embedded(data),
            "HOMEPORT_DEMO_DATA": str(data / "demo"),
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_on_a_machine_where_nothing_was_started_it_lays_the_tables(tmp_path: Path, form: Form) -> None:
    data = tmp_path / "data"
    listed = homeport(data, "instruments", "list", "--json")
    assert listed.returncode == 0
    assert not (data / "homeport.sqlite3").exists()
    done = homeport(data, "instruments", "import", form(), "--json")
    assert done.returncode == 0
    assert beside_the_layout(done.stderr) == []
    assert json.loads(done.stdout)["outcome"] == "installed"
    again = homeport(data, "instruments", "import", form(), "--demo", "--json")
    assert json.loads(again.stdout)["outcome"] == "installed"
    assert (data / "demo" / "homeport.sqlite3").exists()


def test_a_data_folder_that_cannot_be_used_is_one_line(tmp_path: Path, form: Form) -> None:
    (tmp_path / "data").write_text("a file where a folder should be")
    failed = homeport(tmp_path / "data", "instruments", "import", form(), HOMEPORT_SECRET_KEY="x" * 50)
    assert failed.returncode == 1
    assert failed.stderr.count("\n") == 1
    assert "cannot use its data folder" in failed.stderr


def test_a_terminal_without_letters_gets_its_report(tmp_path: Path, form: Form) -> None:
    shown = homeport(
        tmp_path / "data", "instruments", "import", form(word="Käse"), "--dry-run", PYTHONIOENCODING="ascii"
    )
    assert shown.returncode == 0
