"""From a question without an account to an answer; from a wish to begin to a case."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import unquote
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from tests.factories.cases import an_individual
from tests.factories.meeting import a_listed, profile_of
from tests.factories.people import a_person, a_practice, a_therapist, acting, someone_with
from tests.factories.scheduling import offers
from tests.factories.signing_in import signed_in
from tests.integration.directory.test_match_pages import SEALED, Visitor, words_of

from homeport.access.gate import Hidden
from homeport.access.standing import standing_of
from homeport.audit.models import AuditEvent
from homeport.cases.models import Case, Participant
from homeport.core.clock import now, standing_at
from homeport.core.errors import HomeportError
from homeport.core.ids import new_id
from homeport.core.versions import Changed
from homeport.directory.models import Request
from homeport.directory.policies_of_requests import may_answer
from homeport.directory.services.answer_request import (
    accept_request,
    answer_request,
    decline_request,
    pass_on,
)
from homeport.directory.services.ask_to_begin import ask_for_change, ask_to_begin
from homeport.directory.services.put_request import Said
from homeport.outbox.models import OutgoingMessage
from homeport.people.models import Person, Role
from homeport.scheduling.models import Occupancy
from homeport.scheduling.services.occupy import Claim, occupy

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
pytestmark = pytest.mark.django_db(databases=["default", "keys"])
ASKED = {"words": "Do you work with grief?", "called": "Sam", "contact": "sam@example.org"}


@pytest.fixture
def grace() -> Person:
    a_practice()
    return a_listed("Grace Gale", concerns=["grief"])


def put(slug: str, page: str = "ask", client: Client | None = None, **said: Any) -> Any:
    client = client or Client(enforce_csrf_checks=True)
    address = f"/therapists/{slug}/{page}/"
    shown = client.get(address)
    found = SEALED.search(shown.content.decode())
    assert found
    fields = {"carried": found[1], **ASKED, **said}
    if page == "first-call" and "time" not in said:
        fields["time"] = re.findall(r'name="time" value="([^"]+)"', shown.content.decode())[0]
    return client.post(address, fields)


def secret_in(message: OutgoingMessage) -> str:
    found = re.search(r"/my-request/#(\S+)", message.words["body"])
    assert found
    return unquote(found[1])


def by_link(secret: str, **do: str) -> Any:
    return Client(enforce_csrf_checks=True).post("/my-request/", {"secret": secret, **do})


def sent_question(to: Person, **said: Any) -> Request:
    put(profile_of(to).slug, **said)
    asked = Request.objects.latest("created_at")
    by_link(secret_in(OutgoingMessage.objects.get(key=f"request:{asked.pk}:request_confirm")), do="send")
    asked.refresh_from_db()
    return asked


def test_nobody_sees_a_question_before_its_author_sent_it(grace: Person) -> None:
    page = put(profile_of(grace).slug)
    assert page.status_code == 200
    assert not page.client.cookies
    said = words_of(page)
    assert "Please look into your mail" in said
    assert "Nobody here reads messages right now." in said
    asked = Request.objects.get()
    assert (asked.status, asked.sent_at, asked.words) == ("unsent", None, ASKED["words"])
    therapist, intake = signed_in(grace), signed_in(someone_with(Role.INTAKE))
    for client in (therapist, intake):
        assert "Sam" not in words_of(client.get("/requests/"))
        assert client.get(f"/requests/{asked.pk}/").status_code == 404
    mail = OutgoingMessage.objects.get()
    assert mail.address == ASKED["contact"]
    assert "grief" not in str(mail.words), "no word of what it is about"
    assert "grief" not in words_of(Client().get("/my-request/"))
    seen = by_link(secret_in(mail))
    assert "Send it now" in words_of(seen)
    assert "It is sent." in words_of(by_link(secret_in(mail), do="send"))
    assert "It is sent." in words_of(by_link(secret_in(mail), do="send")), "twice changes nothing"
    for client in (therapist, intake):
        assert "Sam" in words_of(client.get("/requests/"))
    assert ASKED["words"] in words_of(therapist.get(f"/requests/{asked.pk}/"))
    told = OutgoingMessage.objects.get(to=grace)
    assert "grief" not in str(told.words)


def test_others_find_nothing(grace: Person) -> None:
    asked = sent_question(grace)
    for person in (a_therapist("Odd Oak"), a_person(), someone_with(Role.MANAGER), someone_with(Role.DESK)):
        assert signed_in(person).get(f"/requests/{asked.pk}/").status_code == 404
        assert not may_answer(standing_of(acting(person)), asked)
        with pytest.raises(Hidden):
            answer_request(actor=acting(person), asked=asked, version=asked.version, reply="Hello.")


def test_the_words_are_sealed_and_the_answer_comes_by_the_link(grace: Person) -> None:
    asked = sent_question(grace)
    with connection.cursor() as cursor:
        cursor.execute("SELECT words, contact, called FROM directory_request")
        assert not any(word in str(cursor.fetchone()) for word in ("grief", "sam@", "Sam"))
    client = signed_in(grace)
    sent = {"reply": "Yes, I do.", "version": asked.version}
    assert client.post(f"/requests/{asked.pk}/answer/", {**sent, "version": 99}).status_code == 422
    assert client.post(f"/requests/{asked.pk}/answer/", sent).status_code == 303
    mail = OutgoingMessage.objects.get(key__contains=":answered:")
    assert "Yes, I do." not in str(mail.words)
    assert "Yes, I do." in words_of(by_link(secret_in(mail)))
    assert AuditEvent.objects.filter(material="request", person_id=grace.pk, verb="read").exists()


@pytest.mark.parametrize("change", [lambda s: s[:-2], lambda s: s + "x", lambda s: "", lambda s: "x" * 999])
def test_a_forged_link_opens_nothing(grace: Person, change: Any) -> None:
    put(profile_of(grace).slug)
    page = by_link(change(secret_in(OutgoingMessage.objects.get())), do="send")
    assert page.status_code == 422
    assert "does not open anything" in words_of(page)
    assert Request.objects.get().status == "unsent"


def test_whoever_answered_hears_that_the_answer_did_not_arrive(grace: Person) -> None:
    asked = sent_question(grace)
    answer_request(actor=acting(grace), asked=asked, version=asked.version, reply="Yes, I do.")
    page, said = f"/requests/{asked.pk}/", "Your answer did not reach them"
    assert said not in words_of(signed_in(grace).get(page))
    told = OutgoingMessage.objects.filter(key__startswith=f"request:{asked.pk}:answered:")
    assert told.update(state=OutgoingMessage.State.BOUNCED, ended_at=now()) == 1
    assert said in words_of(signed_in(grace).get(page))


def test_a_form_sent_twice_asks_once(grace: Person) -> None:
    client = Client()
    address = f"/therapists/{profile_of(grace).slug}/ask/"
    found = SEALED.search(client.get(address).content.decode())
    assert found
    for _ in range(2):
        assert client.post(address, {**ASKED, "carried": found[1]}).status_code == 200
    assert Request.objects.count() == OutgoingMessage.objects.count() == 1


def test_who_asks_far_too_much_waits_and_keeps_what_was_written(grace: Person) -> None:
    slug = profile_of(grace).slug
    answers = [put(slug, contact=f"s{number}@example.org") for number in range(9)]
    assert answers[-1].status_code == 422
    assert "Please wait" in words_of(answers[-1])
    assert ASKED["words"] in answers[-1].content.decode()
    assert Request.objects.count() < 8


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"words": " "}, "Write what you would like to ask."),
        ({"contact": "nowhere"}, "does not look like an e-mail"),
        ({"words": "x" * 2500}, "long"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(grace: Person, said: dict[str, str], sentence: str) -> None:
    page = put(profile_of(grace).slug, **said)
    assert page.status_code == 422
    assert sentence in words_of(page)
    assert not Request.objects.exists()


def test_words_that_speak_of_danger_lead_to_help_and_are_read_first(grace: Person) -> None:
    page = put(profile_of(grace).slug, words="I do not want to live any more.")
    assert "are you safe?" in words_of(page)
    assert Request.objects.get().urgency == Request.Urgency.URGENT


def test_a_first_call_takes_the_time_and_gives_it_back(grace: Person) -> None:
    slug = profile_of(grace).slug
    page = put(slug, "first-call", words="")
    assert page.status_code == 200
    asked = Request.objects.get()
    held = Occupancy.objects.get(source_id=asked.pk)
    assert held.lapses_at is not None, "kept for a while only, until the link was followed"
    times = re.findall(
        r'name="time" value="([^"]+)"', Client().get(f"/therapists/{slug}/first-call/").content.decode()
    )
    assert f"{asked.call_at:%Y%m%dT%H%M}" not in "".join(times)
    secret = secret_in(OutgoingMessage.objects.get())
    by_link(secret, do="send")
    held.refresh_from_db()
    assert held.lapses_at is None
    assert "You took it back." in words_of(by_link(secret, do="withdraw"))
    assert not Occupancy.objects.exists()
    asked.refresh_from_db()
    assert "Sam" not in words_of(signed_in(grace).get("/requests/"))


def test_of_two_who_want_one_time_one_gets_it(grace: Person) -> None:
    slug = profile_of(grace).slug
    shown = Client().get(f"/therapists/{slug}/first-call/").content.decode()
    time = re.findall(r'name="time" value="([^"]+)"', shown)[0]
    assert put(slug, "first-call", time=time, contact="one@example.org").status_code == 200
    other = Client()
    found = SEALED.search(shown)
    assert found
    late = other.post(
        f"/therapists/{slug}/first-call/",
        {**ASKED, "carried": found[1], "time": time, "contact": "two@example.org"},
    )
    assert late.status_code == 422
    assert Occupancy.objects.count() == 1


def test_declining_a_call_frees_its_time(grace: Person) -> None:
    put(profile_of(grace).slug, "first-call")
    asked = Request.objects.get()
    by_link(secret_in(OutgoingMessage.objects.get()), do="send")
    asked.refresh_from_db()
    decline_request(actor=acting(grace), asked=asked, version=asked.version)
    assert not Occupancy.objects.exists()
    with pytest.raises(HomeportError):
        answer_request(actor=acting(grace), asked=asked, version=asked.version, reply="Sorry.")


def a_call_said_yes_to(grace: Person) -> Request:
    """A visitor's first call, sent and accepted."""
    put(profile_of(grace).slug, "first-call")
    asked = Request.objects.get()
    by_link(secret_in(OutgoingMessage.objects.get()), do="send")
    asked.refresh_from_db()
    accept_request(actor=acting(grace), asked=asked, version=asked.version)
    asked.refresh_from_db()
    return asked


def test_a_first_call_stands_in_the_week_and_on_the_day_of_whoever_gives_it(grace: Person) -> None:
    asked = a_call_said_yes_to(grace)
    assert asked.call_at is not None
    browser = signed_in(grace)
    week = browser.get(f"/week/?day={asked.call_at:%Y-%m-%d}").content.decode()
    assert f"/requests/{asked.pk}/" in week
    assert "Sam" not in week, "who asked stands on the request alone"
    with standing_at(asked.call_at - timedelta(minutes=20)):
        day = signed_in(grace).get("/today/").content.decode()
    assert f"/requests/{asked.pk}/" in day
    assert "No appointment today" not in day


def test_either_side_calls_off_a_first_call_that_was_set_until_it_begins(grace: Person) -> None:
    asked = a_call_said_yes_to(grace)
    assert asked.call_at is not None
    with standing_at(asked.call_at + timedelta(minutes=1)), pytest.raises(HomeportError):
        decline_request(actor=acting(grace), asked=asked, version=asked.version)
    page = signed_in(grace).get(f"/requests/{asked.pk}/").content.decode()
    assert "Call it off" in page
    decline_request(actor=acting(grace), asked=asked, version=asked.version, reply="I am ill, I am sorry.")
    assert not Occupancy.objects.exists()
    assert OutgoingMessage.objects.filter(to=None).exclude(state="withdrawn").count() >= 2


def test_who_asked_calls_off_a_first_call_and_the_therapist_hears_of_it(grace: Person) -> None:
    a_call_said_yes_to(grace)
    secret = secret_in(OutgoingMessage.objects.filter(kind="request", to=None).earliest("created_at"))
    assert "You took it back." in words_of(by_link(secret, do="withdraw"))
    assert not Occupancy.objects.exists()
    told = OutgoingMessage.objects.filter(to=grace).latest("created_at")
    assert told.words is not None
    assert "called off" in told.words["body"]
    assert "Sam" not in str(told.words)


def test_a_word_in_between_decides_nothing(grace: Person) -> None:
    put(profile_of(grace).slug, "first-call")
    by_link(secret_in(OutgoingMessage.objects.get()), do="send")
    asked = Request.objects.get()
    answer_request(actor=acting(grace), asked=asked, version=asked.version, reply="Which number may I call?")
    asked.refresh_from_db()
    accept_request(actor=acting(grace), asked=asked, version=asked.version)
    asked.refresh_from_db()
    assert asked.status == Request.Status.ACCEPTED
    assert asked.reply == "Which number may I call?"


def test_passing_on_takes_it_from_before_one_and_puts_it_before_another(grace: Person) -> None:
    asked, intake, other = sent_question(grace), someone_with(Role.INTAKE), a_therapist("Odd Oak")
    pass_on(actor=acting(grace), asked=asked, version=asked.version)
    assert signed_in(grace).get(f"/requests/{asked.pk}/").status_code == 404
    asked.refresh_from_db()
    with pytest.raises(Hidden):
        pass_on(actor=acting(other), asked=asked, version=asked.version, to_id=other.pk)
    with pytest.raises(Changed):
        pass_on(actor=acting(intake), asked=asked, version=99, to_id=other.pk)
    pass_on(actor=acting(intake), asked=asked, version=asked.version, to_id=other.pk)
    assert signed_in(other).get(f"/requests/{asked.pk}/").status_code == 200


@pytest.mark.parametrize("is_busy", [False, True])
def test_a_call_that_was_passed_on_takes_the_hour_of_whoever_says_yes(grace: Person, is_busy: bool) -> None:
    intake, other = someone_with(Role.INTAKE), a_therapist("Odd Oak")
    put(profile_of(grace).slug, "first-call")
    by_link(secret_in(OutgoingMessage.objects.get()), do="send")
    asked = Request.objects.get()
    assert asked.call_at is not None
    pass_on(actor=acting(grace), asked=asked, version=asked.version)
    pass_on(actor=acting(intake), asked=asked, version=asked.version, to_id=other.pk)
    assert not Occupancy.objects.exists(), "free for everybody again"
    if is_busy:
        kept = Claim(offers(other), asked.call_at - timedelta(minutes=30))
        occupy(claim=kept, what=Occupancy.What.APPOINTMENT, source_id=new_id("tests"))
        with pytest.raises(HomeportError, match="something else at that time"):
            accept_request(actor=acting(other), asked=asked, version=asked.version)
        asked.refresh_from_db()
        assert asked.status == Request.Status.SENT
    else:
        accept_request(actor=acting(other), asked=asked, version=asked.version)
        (hour,) = Occupancy.objects.all()
        assert (hour.resource_id, hour.begins_at, hour.source_id) == (
            other.therapist.pk, asked.call_at, asked.pk,
        )  # fmt: skip


# ---- with an account ----------------------------------------------------------------------------------------------------


def wish(person: Person, to: Person | None, **said: Any) -> Request:
    return ask_to_begin(
        actor=acting(person), to_id=to.pk if to else None, said=Said(words="I would like to.", **said)
    )


def test_a_wish_to_begin_becomes_a_case_when_the_therapist_says_yes(grace: Person) -> None:
    ana = a_person("Ana Ames")
    asked = wish(ana, grace, where="CA-ON")
    assert wish(ana, grace).pk == asked.pk, "asked once"
    client = signed_in(grace)
    assert "Ana Ames" in words_of(client.get("/requests/"))
    answer = client.post(f"/requests/{asked.pk}/accept/", {"version": asked.version})
    assert answer.status_code == 303, words_of(answer)
    case = Case.objects.get()
    assert (case.kind, case.jurisdiction) == ("individual", "CA-ON")
    assert Participant.objects.get(case=case).person == ana
    assert case.care_team.get().person == grace
    assert ana.roles.filter(role=Role.CLIENT, until_at=None).exists()
    mine = words_of(signed_in(ana).get("/my-request/mine/"))
    assert "They said yes" in mine
    told = OutgoingMessage.objects.get(to=ana)
    assert f"{settings.ADDRESS}/home/" in told.words["body"].split(), "the letter leads to the answer"
    assert signed_in(a_person()).post(f"/my-request/{asked.pk}/take-back/").status_code == 404


def test_what_a_visitor_chose_is_claimed_by_their_own_browser_alone(grace: Person) -> None:
    visitor = Visitor()
    visitor.through(concerns=["grief"], where="CA-ON")
    sealed = {"carried": SEALED.search(visitor.page.content.decode())[1]}  # type: ignore[index]
    address = f"/therapists/{profile_of(grace).slug}/begin/"
    here = {"HTTP_SEC_FETCH_SITE": "same-origin"}
    assert visitor.client.post(address, sealed).status_code == 403, "another site sent it"
    led = visitor.client.post(address, sealed, **here)
    assert (led.status_code, "signup" in led.headers["Location"]) == (303, True)
    ana, other = signed_in(a_person("Ana Ames")), signed_in(a_person())
    assert ana.post(address, sealed, **here).headers["Location"] == "/begin/"
    assert "Begin with Grace Gale" in words_of(ana.get("/begin/"))
    assert "Begin with Grace Gale" not in words_of(other.get("/begin/"))
    assert ana.post("/begin/", {"format": "individual", "share": "on"}).status_code == 303
    asked = Request.objects.get()
    assert asked.to_id == grace.pk
    assert asked.wishes["concerns"] == ["grief"]
    assert "Begin with Grace Gale" not in words_of(ana.get("/begin/")), "let go of"


def test_what_a_visitor_chose_is_not_shown_to_whoever_signs_in_next_there(grace: Person) -> None:
    """A browser that several people use: asked before a word of it is shown, gone when they say no."""
    for says, shown in (("yes", True), ("no", False)):
        visitor = Visitor()
        visitor.through(concerns=["grief"], where="CA-ON")
        sealed = {"carried": SEALED.search(visitor.page.content.decode())[1]}  # type: ignore[index]
        address = f"/therapists/{profile_of(grace).slug}/begin/"
        visitor.client.post(address, sealed, HTTP_SEC_FETCH_SITE="same-origin")
        assert "What you chose is waiting" in words_of(visitor.client.get("/account/login/"))
        waits = dict(visitor.client.session)
        theirs = signed_in(a_person("Ana Ames"))
        session = theirs.session
        session["held_wishes"] = waits["held_wishes"]
        session.save()
        asked = theirs.get("/begin/")
        assert asked.headers["Location"] == "/account/yours/?next=%2Fbegin%2F"
        page = words_of(theirs.get(asked.headers["Location"]))
        assert "Is this yours?" in page
        assert "Grace" not in page
        assert theirs.post(asked.headers["Location"], {"mine": says}).headers["Location"] == "/begin/"
        assert ("Begin with Grace Gale" in words_of(theirs.get("/begin/"))) is shown


def test_what_waits_can_be_let_go_of_without_an_account(grace: Person) -> None:
    visitor = Visitor()
    visitor.through(concerns=["grief"], where="CA-ON")
    sealed = {"carried": SEALED.search(visitor.page.content.decode())[1]}  # type: ignore[index]
    address = f"/therapists/{profile_of(grace).slug}/begin/"
    visitor.client.post(address, sealed, HTTP_SEC_FETCH_SITE="same-origin")
    assert "held_wishes" in visitor.client.session
    token = TOKEN.search(visitor.client.get("/account/signup/").content.decode())
    assert token
    visitor.client.post("/account/let-go/", {"csrfmiddlewaretoken": token[1]})
    assert "held_wishes" not in visitor.client.session
    assert "What you chose is waiting" not in words_of(visitor.client.get("/account/login/"))


def test_somebody_else_without_a_word_to_the_old_one(grace: Person) -> None:
    old, ana, intake = a_therapist("Thea Stone"), a_person("Ana Ames"), someone_with(Role.INTAKE)
    case = an_individual(ana, lead=old)
    client = signed_in(ana)
    before = {
        path: signed_in(old).get(path).content for path in ("/home/", "/requests/", f"/cases/{case.pk}/")
    }
    address = f"/cases/{case.pk}/somebody-else/"
    assert client.post(address, {"words": "He never listens."}).status_code == 303
    assert client.post(address, {"words": "Again."}).status_code == 422
    asked = Request.objects.get()
    for path, content in before.items():
        assert words_of(signed_in(old).get(path)) == words_of(Plain(content)), path
    assert signed_in(old).get(f"/requests/{asked.pk}/").status_code == 404
    assert not OutgoingMessage.objects.filter(to=old).exists()
    assert signed_in(a_person()).get(address).status_code == 404
    pass_on(actor=acting(intake), asked=asked, version=asked.version, to_id=grace.pk)
    asked.refresh_from_db()
    accept_request(actor=acting(grace), asked=asked, version=asked.version)
    case.refresh_from_db()
    assert case.status == "closed"
    told = OutgoingMessage.objects.get(to=old)
    assert "listens" not in str(told.words)
    assert "Ana" not in str(told.words)
    assert signed_in(old).get(f"/requests/{asked.pk}/").status_code == 404


class Plain:
    def __init__(self, content: bytes) -> None:
        self.content = content


def test_nobody_answers_themselves_and_who_is_gone_answers_nobody(grace: Person) -> None:
    therapist = a_therapist("Odd Oak")
    own = wish(therapist, None)
    intake = someone_with(Role.INTAKE)
    assert signed_in(intake).get(f"/requests/{own.pk}/").status_code == 200
    asked = wish(a_person("Ana Ames"), therapist)
    therapist.roles.filter(role=Role.THERAPIST).update(until_at=now())
    assert signed_in(therapist).get(f"/requests/{asked.pk}/").status_code == 404
    with pytest.raises(Hidden):
        answer_request(actor=acting(therapist), asked=asked, version=asked.version, reply="Yes.")
    with pytest.raises(Hidden):
        ask_for_change(actor=acting(grace), case_id=uuid4(), said=Said())
    assert UUID(str(asked.pk)) == asked.pk
