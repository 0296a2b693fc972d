"""Who may do what is not about one piece of material: the work of running a practice."""

from enum import StrEnum

from homeport.access.standing import Standing
from homeport.people.models import Role


class Duty(StrEnum):
    """One kind of work, in plain words."""

    CHANGE_PRACTICE = "change the practice's settings"
    INVITE = "invite people"
    GIVE_ROLES = "give and take roles"
    HELP_BACK_IN = "help somebody back in who lost every second step"
    VERIFY_LICENCES = "verify licences"
    SEE_STAFF = "see who works here"
    ARRANGE_SUPERVISION = "arrange supervision"
    ARRANGE_COVER = "arrange cover"
    KEEP_GUARDIANSHIPS = "write down who stands for a child"
    OPEN_CASES = "open cases and bring people into them"
    SEE_OWN_CASES = "see the cases one works on"
    SEE_ALERTS = "see the alerts that wait for somebody"
    BREAK_GLASS = "open a case in an emergency, with a reason"
    KEEP_OWN_WORK = "keep one's own offer, licences, cover and will"
    ANSWER_REQUESTS = "answer what people ask before they begin"
    ASSIGN_PEOPLE = "bring waiting people and therapists together"
    VERIFY_AUDIT = "verify the audit"
    SEE_DAY = "see the day's times and places"
    SEE_UNREACHED = "see whom a mail or a text did not reach"


ROLES: dict[Duty, frozenset[Role]] = {
    Duty.CHANGE_PRACTICE: frozenset({Role.MANAGER}),
    Duty.INVITE: frozenset({Role.MANAGER, Role.INTAKE}),
    Duty.GIVE_ROLES: frozenset({Role.MANAGER}),
    Duty.HELP_BACK_IN: frozenset({Role.MANAGER}),
    Duty.VERIFY_LICENCES: frozenset({Role.MANAGER}),
    Duty.SEE_STAFF: frozenset({Role.MANAGER}),
    Duty.ARRANGE_SUPERVISION: frozenset({Role.MANAGER}),
    Duty.ARRANGE_COVER: frozenset({Role.MANAGER, Role.THERAPIST}),
    Duty.KEEP_GUARDIANSHIPS: frozenset({Role.THERAPIST, Role.INTAKE}),
    Duty.OPEN_CASES: frozenset({Role.THERAPIST, Role.INTAKE}),
    Duty.SEE_OWN_CASES: frozenset({Role.THERAPIST, Role.SUPERVISOR, Role.COVER}),
    Duty.SEE_ALERTS: frozenset({Role.THERAPIST, Role.SUPERVISOR, Role.COVER, Role.INTAKE}),
    Duty.BREAK_GLASS: frozenset({Role.THERAPIST, Role.SUPERVISOR, Role.INTAKE}),
    Duty.KEEP_OWN_WORK: frozenset({Role.THERAPIST}),
    Duty.ANSWER_REQUESTS: frozenset({Role.THERAPIST, Role.INTAKE}),
    Duty.ASSIGN_PEOPLE: frozenset({Role.INTAKE}),
    Duty.VERIFY_AUDIT: frozenset({Role.MANAGER, Role.OPERATOR}),
    Duty.SEE_DAY: frozenset({Role.MANAGER, Role.DESK}),
    Duty.SEE_UNREACHED: frozenset({Role.MANAGER, Role.DESK}),
}


def may_do(standing: Standing, duty: Duty) -> bool:
    """Whether one of the roles this person holds carries the duty."""
    return bool(standing.roles & ROLES[duty])
