"""The walks must find what gives Ana away. Each test plants one leak of a kind that software really has."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Max, Q
from tests.permissions.noninterference.walking import Interference, walk_often

from homeport.access import gate
from homeport.access.gate import Hidden
from homeport.assessments.models import Assignment, IntakeForm
from homeport.audit import selectors as audit_selectors
from homeport.audit.models import AuditEvent
from homeport.audit.services.record import record_apart
from homeport.audit.verbs import Verb
from homeport.cases import selectors as case_selectors
from homeport.cases.models import ConsentSignature
from homeport.directory.models import Request
from homeport.exercises.models import JournalEntry
from homeport.safety.models import ViolenceScreen
from homeport.scheduling.models import Appointment, ReminderTimes
from homeport.scheduling.services import plan_reminders
from homeport.scheduling.views import feed as feed_page
from homeport.web.beginnings.views import before as before_page
from homeport.web.presenters import home as home_presenter

pytestmark = [
    pytest.mark.django_db(databases=["default", "keys"]),
    pytest.mark.skipif(
        connection.vendor == "postgresql", reason="the second wall gives what is planted here nothing to tell"
    ),
]
WALKS = 80  # by then each must have been found; most are within ten
Patch = pytest.MonkeyPatch


def partners_count(patch: Patch) -> None:
    """A friendly number: how often the others wrote."""
    honest = case_selectors.Together.name_among_peers

    def told(self: Any, person_id: Any) -> str:
        return f"{honest(self, person_id)} {JournalEntry.objects.filter(author_id=person_id).count() or ''}"

    patch.setattr(case_selectors.Together, "name_among_peers", told)


def latest_last(patch: Patch) -> None:
    """Whoever wrote last stands last: an order that tells."""
    honest = case_selectors.case_with_people

    def sorted_by_life(case: Any) -> Any:
        found = honest(case)
        last = {
            row["author_id"]: str(row["last"])
            for row in JournalEntry.objects.values("author_id").annotate(last=Max("changed_at"))
        }
        parts = sorted(
            found.participants, key=lambda part: (last.get(part.person_id, ""), part.person.shown_name)
        )
        return case_selectors.Together(case, tuple(parts), found.care_team)

    patch.setattr("homeport.web.views.agreement.case_with_people", sorted_by_life)


def forbidden_instead_of_missing(patch: Patch) -> None:
    """403 for what is somebody else's, 404 for what never was."""
    honest = gate.get_row

    def told(request: Any, model: Any, row_id: Any, *how: Any) -> Any:
        try:
            return honest(request, model, row_id, *how)
        except Hidden:
            if model.objects.filter(pk=row_id).exists():
                raise PermissionDenied from None
            raise

    for module in ("exercises.views.journal", "encounters.views.notes"):
        patch.setattr(f"homeport.{module}.get_row", told)


def screening_incomplete(patch: Patch) -> None:
    """ "Not everybody has answered yet"."""
    honest = home_presenter.care_of

    def told(cases: Any, *others: Any) -> Any:
        found = honest(cases, *others)
        for care in found:
            waiting = ViolenceScreen.objects.filter(case_id=care.case_id, answered_at=None).count()
            object.__setattr__(care, "therapists", f"{care.therapists} ({waiting} have not answered)")
        return found

    patch.setattr("homeport.web.views.home.care_of", told)


def looks_of_the_whole_case(patch: Patch) -> None:
    """Every look into the case in everybody's "who looked"."""

    def told(person_id: Any, *, case_ids: Any = (), limit: int = 200) -> Any:
        return AuditEvent.objects.filter(
            Q(subject_id=person_id) | Q(case_id__in=case_ids), verb__in=["read", "list"]
        ).exclude(person_id=person_id).order_by("-at", "material", "verb", "pk")[:limit]  # fmt: skip

    assert audit_selectors.who_looked
    patch.setattr("homeport.web.views.looked.who_looked", told)


def a_header(patch: Patch) -> None:
    """When the case last changed, for caches."""
    from homeport.web import middleware

    honest = middleware.PrivateByDefault.__call__

    def told(self: Any, request: Any) -> Any:
        response = honest(self, request)
        last = JournalEntry.objects.aggregate(last=Max("changed_at"))["last"]
        response.headers["Last-Modified"] = str(last)
        return response

    patch.setattr(middleware.PrivateByDefault, "__call__", told)


def one_byte_of_length(patch: Patch) -> None:
    """A page that is one byte longer for something nobody sees."""
    from homeport.web import middleware

    honest = middleware.PrivateByDefault.__call__

    def told(self: Any, request: Any) -> Any:
        response = honest(self, request)
        if request.path == "/journal/" and JournalEntry.objects.count() % 2:
            response.content += b" "
        return response

    patch.setattr(middleware.PrivateByDefault, "__call__", told)


def watched_by_each_other(patch: Patch) -> None:
    """That the other has opened our note, in my "who looked". It was there once; these walks found it."""
    honest = gate.get_row

    def told(request: Any, model: Any, row_id: Any, *how: Any) -> Any:
        row = honest(request, model, row_id, *how)
        record_apart(actor=request.actor, verb=Verb.READ, material=row.material, case_id=row.case_id)
        return row

    patch.setattr("homeport.encounters.views.notes.get_row", told)


def forms_incomplete(patch: Patch) -> None:
    """ "One of you has filled in the form", where both are told how they go on."""
    honest = before_page.how_we_meet

    def told(case: Any, decision: Any) -> str:
        filled = IntakeForm.objects.filter(case_id=case.pk).count()
        return f"{honest(case, decision)} {filled} of you filled in the form."

    patch.setattr(before_page, "how_we_meet", told)


def texts_signed(patch: Patch) -> None:
    """ "One of the two of you has signed", where both are told how they go on."""
    honest = before_page.how_we_meet

    def told(case: Any, decision: Any) -> str:
        number = ConsentSignature.objects.filter(participant__case=case).count()
        return f"{honest(case, decision)} {number} signatures are here."

    patch.setattr(before_page, "how_we_meet", told)


def somebody_asked_intake(patch: Patch) -> None:
    """How much lies with intake, on the first page of everybody."""
    beside_the_therapists(patch, lambda _case: Request.objects.count() or "")


def questionnaires_waiting(patch: Patch) -> None:
    """What the whole case was asked, counted for everybody."""
    beside_the_therapists(patch, lambda case_id: Assignment.objects.filter(case_id=case_id).count())


def beside_the_therapists(patch: Patch, count: Callable[[Any], Any]) -> None:
    """Say a number of each case on the first page of everybody in it."""
    honest = home_presenter.care_of

    def told(cases: Any, *others: Any) -> Any:
        found = honest(cases, *others)
        for care in found:
            object.__setattr__(care, "therapists", f"{care.therapists} {count(care.case_id)}")
        return found

    patch.setattr("homeport.web.views.home.care_of", told)


def meetings_in_the_calendar(patch: Patch) -> None:
    """A calendar file that says how many meetings the cases of its reader have, whoever comes to them."""
    honest = feed_page.feed_of

    def told(person: Any) -> bytes:
        cases = person.participations.values("case_id")
        number = Appointment.objects.filter(case_id__in=cases, status="booked").count()
        return honest(person).replace(b"END:VCALENDAR", b"X-MEETINGS:%d\r\nEND:VCALENDAR" % number)

    patch.setattr(feed_page, "feed_of", told)


def reminded_alike(patch: Patch) -> None:
    """Everybody is reminded when anybody wished to be."""
    honest = plan_reminders.times_of

    def told(people: Any) -> Any:
        found = honest(people)
        rows = ReminderTimes.objects.exclude(person=None).order_by("pk")
        minutes = sorted({each for row in rows for each in row.minutes})
        return {pk: ReminderTimes(minutes=minutes or row.minutes) for pk, row in found.items()}

    patch.setattr(plan_reminders, "times_of", told)


# Each with the steps that it hangs on: the walks of everything would find it too, and take longer.
NOTES = (
    "a note about Ana", "a joint note", "the joint note is signed", "the joint note is released to Ana",
    "the joint note is released to Ben", "Ana looks around",
)  # fmt: skip
JOURNAL = ("Ana writes", "Ana changes an entry", "Ben writes", "Ben shares an entry", "a joint note")
FORMS = ("Ana fills in the form", "Ben fills in the form", "the format is decided")
SCREENS = ("Ana answers the questions", "Ben answers the questions", "everybody is asked")
TEXTS = ("Ana signs a text", "Ben signs a text", "the format is decided")
ASKING = ("Ana asks for somebody else", "Ana takes back what she asked", "Ben chooses his reminders")
MEASURES = ("Ana is asked about Ben", "Ana is asked", "Ben is asked", "Ben sends what he answered")
TIMES = ("a time of Ana's is booked", "Ana cancels her time", "a time of Ben's is booked")
REMINDERS = ("Ana chooses her reminders", "a time of Ben's is booked", "the time of Ben's is moved")
LOOKS = ("Ana writes", "Ana shares an entry", "what is Ana's is read", "the therapist opens the case")
LEAKS: tuple[tuple[Callable[[Patch], None], tuple[str, ...]], ...] = (
    (partners_count, JOURNAL),
    (latest_last, JOURNAL),
    (forbidden_instead_of_missing, (*JOURNAL, *NOTES)),
    (screening_incomplete, SCREENS),
    (looks_of_the_whole_case, LOOKS),
    (a_header, JOURNAL),
    (one_byte_of_length, JOURNAL),
    (watched_by_each_other, NOTES),
    (forms_incomplete, FORMS),
    (texts_signed, TEXTS),
    (somebody_asked_intake, ASKING),
    (questionnaires_waiting, MEASURES),
    (meetings_in_the_calendar, TIMES),
    (reminded_alike, REMINDERS),
)


@pytest.mark.parametrize(("plant", "steps"), LEAKS, ids=[plant.__name__ for plant, _ in LEAKS])
def test_the_walks_find_it(
    plant: Callable[[Patch], None], steps: tuple[str, ...], monkeypatch: Patch
) -> None:
    plant(monkeypatch)
    with pytest.raises(Interference):
        walk_often("family", WALKS, shrink=False, among=frozenset(steps))
