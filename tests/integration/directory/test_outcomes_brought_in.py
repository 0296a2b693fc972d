"""From a file of outcomes to the list of therapists: with fifteen people and not with fourteen."""

import csv
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.factories.meeting import a_listed, profile_of
from tests.factories.people import a_practice
from tests.integration.directory.test_match_pages import Visitor, words_of
from tests.integration.directory.test_outcomes_and_share import turned_on

from homeport.audit.models import AuditEvent
from homeport.config.cli import main
from homeport.directory.models import OutcomeRecord
from homeport.people.models import Person

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
Row = dict[str, Any]
Command = Callable[..., tuple[int, dict[str, Any], str]]
COLUMNS = ["therapist", "client", "concern", "measure", "better", "first", "last"]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    """`homeport outcomes …`, with a file of these rows where there are any."""

    def saying(verb: str, rows: list[Row] | None = None, *words: str) -> tuple[int, dict[str, Any], str]:
        if rows is not None:
            with (tmp_path / "outcomes.csv").open("w", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, COLUMNS)
                writer.writeheader()
                writer.writerows(rows)
            words = (str(tmp_path / "outcomes.csv"), *words)
        code = main(["outcomes", verb, *words, "--json"])
        said = capsys.readouterr()
        return code, json.loads(said.out), said.err.strip()

    return saying


@pytest.fixture
def two() -> tuple[Person, Person]:
    """Alike in everything."""
    a_practice()
    return a_listed("Grace Gale", concerns=["grief"]), a_listed("Paul Pine", concerns=["grief"])


def people(of: Person, number: int, *, gain: float = 0.0, **other: Any) -> list[Row]:
    """So many people, who end ``gain`` points better than half of where they began; fewer points are better."""
    slug, chance = profile_of(of).slug, random.Random(number)
    return [
        {
            "therapist": slug, "client": f"{slug}-{each}", "concern": "grief", "measure": "PHQ-9", "better": "lower",
            "first": (first := 8 + each % 12), "last": round(first / 2 - gain + chance.gauss(0, 2), 3),
        }
        | other
        for each in range(number)
    ]  # fmt: skip


@pytest.mark.parametrize(("number", "is_told"), [(14, False), (15, True)])
def test_the_list_tells_of_fifteen_people_and_not_of_fourteen(
    two: tuple[Person, Person], command: Command, number: int, is_told: bool
) -> None:
    grace, paul = two
    code, said, error = command("install", people(grace, number) + people(paul, 40, concern="mood"))
    assert code == 0, error
    assert said["used"] is False
    assert "people did" not in words_of(Visitor().through()), "off until the practice turns it on"
    turned_on()
    assert command("status")[1] == {"used": True, "kept": 1 + is_told}
    shown = words_of(Visitor().through())
    assert ("about as well here as usual (15 people; allowing for chance: from " in shown) is is_told
    assert ("people did" in shown.partition("What this list is based on")[0]) is is_told
    made = next(each for each in said["records"] if each["concern"] == "grief")
    assert made["people"] == number
    if is_told:
        assert made["estimate"]["low"] < made["estimate"]["value"] < made["estimate"]["high"]
        width = made["estimate"]["high"] - made["estimate"]["low"]
        assert width == pytest.approx(0.6553, abs=1e-3), "2 x 1.96 x sqrt(.05 x (1 - .4412))"
    else:
        assert made["estimate"] is None


@pytest.mark.parametrize(("better", "gain"), [("lower", 3.0), ("higher", -3.0)])
def test_a_record_speaks_for_whose_people_end_better_than_their_beginning_says(
    two: tuple[Person, Person], command: Command, better: str, gain: float
) -> None:
    grace, paul = two
    rows = people(grace, 150, gain=gain, better=better) + people(paul, 151, better=better)
    said = command("install", rows)[1]
    values = {each["therapist"]: each["estimate"]["value"] for each in said["records"]}
    assert values[profile_of(grace).slug] > 0 > values[profile_of(paul).slug]
    turned_on()
    assert "people did better here than usual (150 people; allowing for chance: from " in words_of(
        Visitor().through()
    )


def test_how_people_were_when_they_came_speaks_neither_for_nor_against(
    two: tuple[Person, Person], command: Command
) -> None:
    grace, paul = two
    harder = [row | {"first": row["first"] + 8, "last": row["last"] + 4} for row in people(grace, 200)]
    said = command("install", harder + people(paul, 200))[1]
    for each in said["records"]:
        assert abs(each["estimate"]["value"]) < 0.15


def test_who_answered_two_measures_counts_once(two: tuple[Person, Person], command: Command) -> None:
    grace, paul = two
    rows = [*people(grace, 14), *people(grace, 14, measure="GAD-7"), *people(paul, 40)]
    rows += people(paul, 40, measure="GAD-7")
    said = command("install", rows)[1]
    assert {each["people"] for each in said["records"]} == {14, 40}
    assert OutcomeRecord.objects.count() == 1


def test_a_new_file_takes_the_place_of_the_one_before_and_forgetting_takes_all(
    two: tuple[Person, Person], command: Command
) -> None:
    grace, paul = two
    command("install", people(grace, 40))
    assert command("install", people(paul, 40), "--dry-run")[1]["outcome"] == "checked"
    assert OutcomeRecord.objects.get().therapist.person == grace
    command("install", people(paul, 40))
    assert OutcomeRecord.objects.get().therapist.person == paul
    assert command("forget")[1] == {"forgotten": 1}
    assert not OutcomeRecord.objects.exists()
    assert AuditEvent.objects.filter(material="outcomes", verb="setting").count() == 3


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"concern": "weather"}, "line 2: 'weather' is no concern"),
        ({"better": "more"}, "line 2: 'better' must be lower or higher"),
        ({"first": "ten"}, "line 2: 'ten' is no number"),
        ({"last": "nan"}, "line 2: 'nan' is no number of a measure"),
        ({"last": ""}, "line 2: each of therapist"),
        ({"therapist": "nobody"}, "Line 2: there is no therapist 'nobody'"),
        ({"client": None}, "line 2: each of therapist"),
    ],
)
def test_what_is_not_right_is_said_with_its_line_and_nothing_changes(
    two: tuple[Person, Person], command: Command, change: Row, why: str
) -> None:
    rows = people(two[0], 40)
    command("install", rows)
    before = OutcomeRecord.objects.get()
    code, _, error = command("install", [rows[0] | change, *rows[1:]])
    assert (code, why in error) == (1, True), error
    assert OutcomeRecord.objects.get() == before


def test_too_few_doubled_and_all_alike_are_refused(
    two: tuple[Person, Person], command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = people(two[0], 40)
    for given, why in (
        (rows[:29], "at least 30 people are needed"),
        ([*rows, rows[3]], "the same person, concern and measure as in line 5"),
        ([row | {"last": row["first"]} for row in rows], "nothing to compare"),
        ([*rows[:20], *({**row, "better": "higher"} for row in rows[20:])], "'better' must be the same"),
        ([], "holds no rows"),
    ):
        code, _, error = command("install", given)
        assert (code, why in error) == (1, True), error
    for content, why in ((b"a,b\n1,2\n", "must name these columns"), (b"\xff\xfe", "not UTF-8")):
        path = tmp_path / "other.csv"
        path.write_bytes(content)
        assert main(["outcomes", "install", str(path)]) == 1
        assert why in capsys.readouterr().err
