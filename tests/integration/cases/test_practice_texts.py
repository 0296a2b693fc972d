"""A practice's own texts to sign: checked on the way in, never changed, and asked for again where the practice says so."""

import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from tests.factories.cases import a_child_case, a_couple, an_individual
from tests.factories.people import a_guardian, a_person, a_practice, a_therapist, acting
from tests.factories.queries import exactly
from tests.factories.signing_in import signed_in

from homeport.audit.models import AuditEvent
from homeport.cases.models import Case, ConfidentialityAgreement, ConsentSignature, Participant, PracticeText
from homeport.cases.services.agree import propose_agreement, sign_agreement
from homeport.cases.services.sign_consent import sign_consent, text_for
from homeport.cases.texts import own_texts
from homeport.config.cli import main
from homeport.content.consents import consent
from homeport.core.clock import now
from homeport.people.models import Person, Practice

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
Command = Callable[..., tuple[int, dict[str, Any], str]]
Write = Callable[..., Path]
HEAD = {
    "kind": "fees", "place": "CA-ON", "language": "en", "version": 1, "title": "What it costs with us",
    "summary": "Our fees.",
}  # fmt: skip


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A file; ``write("Our words.", version=2)``. What is given as None is left out of the head."""

    def writing(body: str = "An hour costs ninety dollars.", file: str = "fees.md", **head: Any) -> Path:
        said = {name: value for name, value in (HEAD | head).items() if value is not None}
        lines = [f"{name}: {json.dumps(value)}" for name, value in said.items()]
        path = tmp_path / file
        path.write_text("\n".join(["---", *lines, "---", body, ""]), encoding="utf-8")
        return path

    return writing


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    """`homeport texts …`: its exit code, what it says as data, and its line for people."""

    def saying(verb: str, *words: object) -> tuple[int, dict[str, Any], str]:
        code = main(["texts", verb, *map(str, words), "--json"])
        said = capsys.readouterr()
        return code, json.loads(said.out), said.err.strip()

    return saying


@pytest.fixture
def bring_in(command: Command, write: Write) -> Callable[..., None]:
    """Take a text in."""

    def bringing(body: str = "An hour costs ninety dollars.", **head: Any) -> None:
        code, said, error = command("install", write(body, **head))
        assert code == 0, error or said

    return bringing


def part_of(person: Person) -> Participant:
    return Participant.objects.select_related("case", "person").get(person=person)


def signs(person: Person, kind: str = "fees") -> ConsentSignature:
    part = part_of(person)
    text = text_for(part, kind, person).text
    return sign_consent(actor=acting(person), participant=part, signer=person, kind=kind, text_hash=text.hash)


def words_of(person: Person, path: str, status: int = 200) -> str:
    page = signed_in(person).get(path)
    assert page.status_code == status
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(page.content.decode())).split())


def test_it_is_what_people_read_and_sign(bring_in: Callable[..., None]) -> None:
    a_practice()
    ana = a_person(age=34)
    an_individual(ana)
    bring_in("An hour costs **ninety** dollars. [Help](/help/)")
    path = f"/before/{part_of(ana).pk}/texts/fees/"
    said = words_of(ana, path)
    assert "What it costs with us" in said
    assert "An hour costs ninety dollars." in said
    row = PracticeText.objects.get()
    assert signed_in(ana).post(path + "sign/", {"text_hash": consent("fees").hash}).status_code == 409
    assert signed_in(ana).post(path + "sign/", {"text_hash": row.hash}).status_code == 303
    signed = ConsentSignature.objects.get()
    assert (signed.text_id, signed.text_version, signed.text_hash) == ("practice:fees:CA-ON", 1, row.hash)
    event = AuditEvent.objects.get(row_id=row.pk)
    assert (event.verb, event.material, event.via) == ("create", "text", "homeport texts install")


def test_the_nearest_place_and_the_own_language_come_first(bring_in: Callable[..., None]) -> None:
    house = own_texts().holding("fees", "CA-ON")
    for place in ("*", "CA", "CA-ON"):
        bring_in(f"For {place}.", place=place)
    bring_in("En français.", place="*", language="fr")
    with exactly(1):
        own = own_texts()

    def body(place: str, language: str = "en", kind: str = "fees") -> str:
        return own.holding(kind, place, language).text.body_markdown

    assert (body("CA-ON"), body("CA-QC"), body("GB")) == ("For CA-ON.", "For CA.", "For *.")
    assert body("CA-ON", "fr-CA") == "En français."
    assert body("CA-ON", "de") == "For CA-ON.", "English where there is no other"
    assert own.holding("treatment", "CA-ON").text == consent("treatment")
    assert house.text == consent("fees")


def test_a_version_is_never_changed_and_the_same_again_changes_nothing(
    command: Command, write: Write
) -> None:
    assert command("install", write())[1]["texts"][0]["outcome"] == "installed"
    assert command("install", write())[1]["texts"][0]["outcome"] == "unchanged"
    for change in ({"body": "An hour costs a hundred."}, {"title": "Costs"}, {"asks_again": False}):
        code, _, error = command("install", write(**change))
        assert code == 1
        assert "fees.md: version 1 is there already, in other words" in error
        assert "Give the new words the version 2" in error
    code, _, error = command("install", write("Other.", version=2))
    assert (code, "say in the head whether those who signed version 1 are asked again" in error) == (1, True)
    assert (
        command("install", write("Other.", version=3, asks_again=True))[1]["texts"][0]["outcome"]
        == "replaced"
    )
    code, _, error = command("install", write("Older.", version=2, asks_again=True))
    assert (code, "version 2 is older than version 3" in error) == (1, True)
    assert list(PracticeText.objects.order_by("version").values_list("version", "body")) == [
        (1, "An hour costs ninety dollars."),
        (3, "Other."),
    ]


@pytest.mark.parametrize(
    ("body", "head", "why"),
    [
        ("", {}, "there is nothing to sign below the head"),
        ("a " * 20_001, {}, "at most 40,000 are taken"),
        ("<script>alert(1)</script>", {}, "raw HTML"),
        ("Read <b>this</b>.", {}, "raw HTML"),
        ("![x](https://example.org/x.png)", {}, "picture"),
        ("[x](https://example.org/)", {}, "only articles and pages of this site"),
        ("[x](javascript:alert)", {}, "a link to what is no page of this site"),
        ("[x](//example.org/)", {}, "only articles and pages of this site"),
        ("[x](grief)", {}, "may link only to pages of this site"),
        ("# Title\n\nText.", {}, "level 2 to 4"),
        ("Text.", {"title": None}, "does not say 'title'"),
        ("Text.", {"title": "x" * 121}, "at most 120"),
        ("Text.", {"summary": 7}, "'summary' must be words"),
        ("Text.", {"taking_back": " "}, "'taking_back' must be words"),
        ("Text.", {"kind": "weather"}, "'weather' is no kind of text"),
        ("Text.", {"place": "CA-XX"}, "'CA-XX' is not a place we know"),
        ("Text.", {"place": "ZZ"}, "'ZZ' is not a place we know"),
        ("Text.", {"place": "ca-on"}, "'ca-on' is not a place we know"),
        ("Text.", {"language": "English"}, "'English' is no language"),
        ("Text.", {"version": 0}, "whole number from 1"),
        ("Text.", {"version": "1"}, "whole number from 1"),
        ("Text.", {"version": True}, "whole number from 1"),
        ("Text.", {"asks_again": "perhaps"}, "'asks_again' must be true or false"),
        ("Text.", {"mood": "good"}, "'mood', which is unknown"),
    ],
)
def test_what_is_not_right_is_said_in_one_sentence_and_nothing_is_kept(
    command: Command, write: Write, body: str, head: dict[str, Any], why: str
) -> None:
    code, said, error = command("install", write(body, **head))
    assert code == 1
    assert why in error
    assert "fees.md" in error or "may link only" in error
    assert len(error.splitlines()) == 1
    assert said["error"] in error
    assert not PracticeText.objects.exists()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "must begin with a head"),
        (b"Just words.", "must begin with a head"),
        (b"---\nkind: fees\n", "must begin with a head"),
        (b"---\n- a\n---\nText.", "each line of the head"),
        (b"---\nkind: [\n---\nText.", "is not readable"),
        (b"\xff\xfe---", "not UTF-8"),
        (b"---\x00\n---\n", "control characters"),
        (b"x" * 200_001, "larger than 200 kB"),
    ],
)
def test_what_is_no_such_file(command: Command, tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "fees.md"
    path.write_bytes(content)
    code, _, error = command("install", path)
    assert (code, why in error) == (1, True), error
    code, _, error = command("install", tmp_path / "nothing.md")
    assert (code, "There is no file or folder" in error) == (1, True)


def test_a_folder_is_all_or_nothing_and_a_dry_run_nothing(command: Command, write: Write) -> None:
    folder = write(file="a.md").parent
    write("Words.", file="b.md", kind="recording", place="Nowhere")
    code, _, error = command("install", folder)
    assert (code, "b.md: 'Nowhere' is not a place" in error) == (1, True)
    assert not PracticeText.objects.exists()
    write("Words.", file="b.md", kind="recording", place="*")
    code, said, _ = command("install", folder, "--dry-run")
    assert [each["outcome"] for each in said["texts"]] == ["checked", "checked"]
    assert not PracticeText.objects.exists()
    command("install", folder)
    assert PracticeText.objects.count() == 2
    assert len(command("list")[1]["texts"]) == 2


def test_what_is_shown_is_a_file_that_can_be_brought_in(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "own.md"
    path.write_text(command("show", "treatment", "--place", "US-NY")[1]["file"], encoding="utf-8")
    code, said, error = command("install", path)
    assert code == 0, error
    assert (said["texts"][0]["place"], said["texts"][0]["hash"]) == ("US-NY", consent("treatment-us").hash)
    again = command("show", "treatment", "--place", "US-NY")[1]["file"]
    assert "version: 2\n" in again
    assert command("show", "weather")[0] == 1


def test_who_signed_is_asked_again_where_the_practice_says_so_and_reads_what_they_signed(
    bring_in: Callable[..., None],
) -> None:
    a_practice()
    ana = a_person(age=34)
    an_individual(ana)
    path = f"/before/{part_of(ana).pk}/texts/fees/"
    first = signs(ana)
    bring_in("An hour costs ninety dollars.")
    assert "The words have changed since you signed." in words_of(ana, path), "of the house's own text"
    second = signs(ana)
    bring_in("An hour costs ninety dollars!", version=2, asks_again=False)
    said = words_of(ana, path)
    assert "You do not have to sign again." in said
    assert "I agree, and I sign" not in said
    assert "An hour costs ninety dollars." in words_of(ana, f"/signed/{second.pk}/")
    bring_in("An hour costs a hundred dollars.", version=3, asks_again=True)
    bring_in("An hour costs a hundred dollars now.", version=4, asks_again=False)
    assert "The words have changed since you signed." in words_of(ana, path)
    third = signs(ana)
    assert third.text_version == 4
    assert "You signed this on" in words_of(ana, path)
    for signed, body in (
        (first, consent("fees").body_markdown.split("\n")[0]),
        (second, "An hour costs ninety dollars."),
        (third, "An hour costs a hundred dollars now."),
    ):
        assert body in words_of(ana, f"/signed/{signed.pk}/")


def test_a_first_text_may_take_over_the_yes_to_the_houses(bring_in: Callable[..., None]) -> None:
    ana = a_person(age=34)
    an_individual(ana)
    signed = signs(ana)
    bring_in("The same, with our address.", asks_again=False)
    assert text_for(part_of(ana), "fees", ana).is_held_by(signed.text_hash)


def test_given_up_the_houses_own_holds_again_and_what_was_signed_stays(
    command: Command, bring_in: Callable[..., None], write: Write
) -> None:
    a_practice()
    ana = a_person(age=34)
    an_individual(ana)
    bring_in()
    signed = signs(ana)
    assert command("give-up", "fees", "--place", "CA-ON")[0] == 0
    assert command("give-up", "fees", "--place", "CA-ON")[0] == 1
    assert text_for(part_of(ana), "fees", ana).text == consent("fees")
    assert "The words have changed" in words_of(ana, f"/before/{part_of(ana).pk}/texts/fees/")
    assert "An hour costs ninety dollars." in words_of(ana, f"/signed/{signed.pk}/")
    code, _, error = command("install", write())
    assert (code, "this version was given up" in error) == (1, True)
    bring_in("Ours again.", version=2)
    assert text_for(part_of(ana), "fees", ana).text.body_markdown == "Ours again."


def test_what_one_signed_is_there_after_the_case_was_closed_and_for_nobody_else() -> None:
    a_practice()
    tia, ben, ana = a_person("Tia Thorn", age=13), a_person(age=30), a_person(age=31)
    mother, father = a_guardian(tia), a_guardian(tia)
    thea = a_therapist()
    couple = a_couple(ana, ben, lead=thea)
    case = a_child_case(tia, lead=thea)
    signed = sign_consent(
        actor=acting(mother), participant=part_of(tia), signer=mother, kind="treatment",
        text_hash=text_for(part_of(tia), "treatment", mother).text.hash,
    )  # fmt: skip
    of_ana = signs(ana)
    Case.objects.filter(pk__in=(case.pk, couple.pk)).update(status=Case.Status.CLOSED, closed_at=now())
    Participant.objects.update(until_at=now())
    assert "for Tia Thorn" in words_of(mother, "/signed/")
    assert "Starting therapy" in words_of(mother, f"/signed/{signed.pk}/")
    assert consent("fees").title in words_of(ana, "/signed/")
    for who in (ben, father, tia, thea):
        assert "You have not signed anything here yet." in words_of(who, "/signed/")
        for one in (signed, of_ana):
            words_of(who, f"/signed/{one.pk}/", status=404)


def test_an_agreement_takes_the_practices_words_and_keeps_them(bring_in: Callable[..., None]) -> None:
    a_practice()
    ana, ben, thea = a_person(), a_person(), a_therapist()
    case = a_couple(ana, ben, lead=thea)
    kind = ConfidentialityAgreement.Kind.NO_SECRETS
    text = {"kind": "confidentiality-no-secrets", "title": "No secrets, in our house"}
    bring_in("We keep nothing apart.", **text)
    agreement = propose_agreement(actor=acting(thea), case=case, kind=kind, proposed_by=thea)
    sign_agreement(actor=acting(ana), agreement=agreement, person=ana, text_hash=agreement.text_hash)
    bring_in("We keep nothing apart at all.", version=2, asks_again=True, **text)
    said = words_of(ben, f"/cases/{case.pk}/agreement/")
    assert "We keep nothing apart." in said
    assert "We keep nothing apart at all." not in said
    listed = signed_in(ana).get("/signed/").content.decode()
    signed = re.findall(r"/signed/([0-9a-f-]{36})/", listed)[0]
    assert "We keep nothing apart." in words_of(ana, f"/signed/{signed}/")


def test_an_agreement_is_in_the_language_that_all_share_else_in_the_practices_first(
    bring_in: Callable[..., None],
) -> None:
    a_practice(languages=["en", "fr"])
    thea = a_therapist()
    bring_in(
        "Nous ne gardons rien à part.",
        kind="confidentiality-no-secrets",
        title="Pas de secrets",
        language="fr",
    )

    def language_of(*spoken: str, child: str = "") -> str:
        ana, ben = (a_person(language=each, age=34) for each in spoken)
        case = a_couple(ana, ben, lead=thea)
        if child:
            case = a_child_case(a_person(language=child, age=5), lead=thea, caregivers=(ana, ben))
        kind = ConfidentialityAgreement.Kind.NO_SECRETS
        offered = words_of(thea, f"/cases/{case.pk}/agreement/")
        made = propose_agreement(actor=acting(thea), case=case, kind=kind, proposed_by=thea)
        assert ("Pas de secrets" in offered) is (made.language == "fr"), (
            "what is chosen is what is put forward"
        )
        sign_agreement(actor=acting(ana), agreement=made, person=ana, text_hash=made.text_hash)
        return made.language

    assert language_of("fr", "fr") == "fr"
    assert language_of("fr", "fr", child="en") == "fr", "who cannot sign is not asked in their language"
    assert language_of("fr", "en") == "en"
    assert language_of("de", "de") == "en", "where there is no text in theirs"
    Practice.objects.update(languages=["fr", "en"])
    assert language_of("en", "fr") == "fr"
