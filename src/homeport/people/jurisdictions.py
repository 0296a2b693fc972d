"""What the law of a place means for one child."""

from homeport.content.jurisdictions import minors_in


def guardian_sees_appointments(jurisdiction: str | None, age: int | None) -> bool:
    """Whether a guardian with authority sees time and place of the child's appointments, by the place's default.

    Where the child's age is not known they do not: what is not shown can be shown later.
    """
    return age is not None and age < minors_in(jurisdiction or "*").guardian_appointments_until


def is_minor(jurisdiction: str | None, age: int | None) -> bool:
    """Whether somebody of this age is a minor there; not knowing the age, we take it that they are."""
    return age is None or age < minors_in(jurisdiction or "*").majority


def may_consent_alone(jurisdiction: str | None, age: int | None) -> bool | None:
    """Whether a minor may consent to treatment alone: yes, no, or None where a clinician judges capacity."""
    rules = minors_in(jurisdiction or "*")
    if age is None:
        return False
    if age >= rules.majority or (rules.consent_age is not None and age >= rules.consent_age):
        return True
    if rules.capacity and (rules.counselling_from is None or age >= rules.counselling_from):
        return None
    return False
