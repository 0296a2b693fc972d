"""What comes before the first session, in a walk: texts, the intake, what a guardian reports of a young child.

What somebody signs and fills in is theirs alone. Two guardians of one child each report on their own: the one does not even
learn that the other did.
"""

from collections.abc import Callable

from tests.permissions.noninterference.worlds import World

from homeport.assessments.models import ChildIntake, IntakeForm
from homeport.content.consents import consent_in
from homeport.people.models import EmergencyContact
from homeport.safety.models import Alert


def _signs_text(who: str) -> Callable[[World, str, int], None]:
    def do(world: World, _words: str, which: int) -> None:
        kind = ("treatment", "data-protection", "telehealth", "recording")[which % 4]
        text = consent_in(kind, world.case.jurisdiction).hash
        path = f"/before/{world.parts[who]}/texts/{kind}/"
        world.browsers[who].post(f"{path}sign/", {"text_hash": text})
        if which % 5 == 4:
            world.browsers[who].post(f"{path}take-back/")

    return do


def _fills_in(who: str) -> Callable[[World, str, int], None]:
    """A section of the intake; some of what can be chosen, or is written, is not safe, and raises an alert."""

    def do(world: World, words: str, which: int) -> None:
        section = ("brings", "history", "about", "goals", "call", "place")[which % 6]
        unsafe = len(words) % 3 == 0
        written = f"{words}. I do not want to be here any more." if unsafe else words
        held = IntakeForm.objects.filter(case_id=world.case.pk, author_id=world.person(who).pk).first()
        contact = EmergencyContact.objects.filter(person=world.person(who)).first()
        elsewhere = contact.version if contact else ""
        version = (held.version_of(section) if held else None) or ""
        fields = {
            "words": written, "goals_1": written, "gender": words, "contact_name": words, "location": words,
            "concerns": ["mood", *(["violence"] if unsafe else [])],
            "now": ["ill", *(["dark_thoughts"] if unsafe else [])],
            "version": elsewhere if section in ("call", "place") else version,
        }  # fmt: skip
        path = f"/before/{world.parts[who]}/"
        answer = world.browsers[who].post(f"{path}questions/{section}/", fields)
        world.browsers[who].get(answer.goes_to or path)

    return do


def _reads_intake_of_ana(world: World, _words: str, which: int) -> None:
    """A clinician reads it, and says so."""
    world.browsers["therapist"].get("/today/")
    for form in IntakeForm.objects.filter(author_id=world.ana.pk):
        world.browsers["therapist"].get(f"/intakes/{form.pk}/")
        if which % 2:
            world.browsers["therapist"].post(f"/intakes/{form.pk}/read/", {"version": form.version})


def _met_alone(world: World, _words: str, _which: int) -> None:
    """A clinician writes down that they met Ana alone."""
    world.browsers["therapist"].post(f"/cases/{world.case.pk}/met/{world.ana.pk}/")


def _decides(world: World, _words: str, which: int) -> None:
    chosen = ("joint", "individual_first", "specialised")[which % 3]
    fields = {"format": chosen, "met_each_alone": "on"}
    world.browsers["therapist"].post(f"/cases/{world.case.pk}/format/", fields)


def _signs_for_child(who: str) -> Callable[[World, str, int], None]:
    def do(world: World, _words: str, which: int) -> None:
        kind = ("treatment", "minors", "data-protection", "telehealth")[which % 4]
        text = consent_in(kind, world.case.jurisdiction).hash
        path = f"/before/{world.parts['dan']}/texts/{kind}/"
        world.browsers[who].get(f"/before/{world.parts['dan']}/")
        world.browsers[who].post(f"{path}sign/", {"text_hash": text})
        if which % 5 == 4:
            world.browsers[who].post(f"{path}take-back/")

    return do


def _reports(who: str) -> Callable[[World, str, int], None]:
    """A guardian reports of Dan; some of what they choose or write is not safe, and raises an alert."""

    def do(world: World, words: str, which: int) -> None:
        section = ("brings", "goals", "history", "about")[which % 4]
        unsafe = len(words) % 3 == 0
        held = ChildIntake.objects.filter(author_id=world.person(who).pk).first()
        fields = {
            "words": f"{words}. He says that he wants to be dead." if unsafe else words,
            "goals_1": words, "household": words,
            "now": ["sleep", *(["violence"] if unsafe else [])],
            "earlier": ["loss", *(["hurt"] if unsafe else [])],
            "version": (held.version_of(section) if held else None) or "",
        }  # fmt: skip
        path = f"/before/{world.parts['dan']}/"
        answer = world.browsers[who].post(f"{path}child/{section}/", fields)
        world.browsers[who].get(answer.goes_to or path)
        world.browsers[who].get("/children/")

    return do


def _opens_overview(world: World, _words: str, which: int) -> None:
    """Everybody's beginnings on one page: of each of them it is told, by day, that it was read."""
    world.browsers[("therapist", "supervisor")[which % 2]].get(f"/cases/{world.case.pk}/before/")


def _reads_reports_of_cleo(world: World, words: str, which: int) -> None:
    """Those who treat open what Cleo reported and the alerts that came of it, and say so."""
    browser = world.browsers[("therapist", "supervisor")[which % 2]]
    for report in ChildIntake.objects.filter(author_id=world.cleo.pk):
        browser.get(f"/intakes/of-a-child/{report.pk}/")
        browser.post(f"/intakes/of-a-child/{report.pk}/read/", {"version": report.version})
    for alert in Alert.objects.filter(author_id=world.cleo.pk).order_by("created_at", "pk"):
        browser.get(f"/alerts/{alert.pk}/")
        browser.post(f"/alerts/{alert.pk}/in-hand/")
        if which % 3 == 2:
            browser.post(f"/alerts/{alert.pk}/close/", {"note": f"What was done about it: {words}"})


PRIVATE_BEFORE: dict[str, Callable[[World, str, int], None]] = {
    "Ana signs a text": _signs_text("ana"),
    "Ana fills in the form": _fills_in("ana"),
    "Ana's form is read": _reads_intake_of_ana,
    "Ana was met alone": _met_alone,
}
SHARED_BEFORE: dict[str, Callable[[World, str, int], None]] = {
    "Ben signs a text": _signs_text("ben"),
    "Ben fills in the form": _fills_in("ben"),
    "the format is decided": _decides,
    "the overview is opened": _opens_overview,
}
# In a family: of the child whom both grown-ups stand for.
PRIVATE_CHILD: dict[str, Callable[[World, str, int], None]] = {
    "Cleo reports of the child": _reports("cleo"),
    "Cleo signs for the child": _signs_for_child("cleo"),
    "what Cleo reported is read": _reads_reports_of_cleo,
}
SHARED_CHILD: dict[str, Callable[[World, str, int], None]] = {
    "Ben reports of the child": _reports("ben"),
    "Ben signs for the child": _signs_for_child("ben"),
}
