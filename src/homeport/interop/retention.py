"""How long a record must be kept. A rule, apart from the job that carries it out."""

from datetime import date

from homeport.cases.models import Case
from homeport.content.jurisdictions import minors_in
from homeport.people.models import Person, Practice


def kept_until(case: Case, people: list[Person], practice: Practice) -> date | None:
    """The day until which the record of a closed case is kept; None while the case is not closed.

    Years from the closing; where a minor took part, years from the day they come of age, whichever is later. A minor
    whose birth date is not known counts as born on the day the case was opened: too long is better than too short.
    """
    if case.closed_at is None:
        return None
    closed = case.closed_at.date()
    days = [_years_after(closed, practice.retention_years)]
    majority = minors_in(case.jurisdiction).majority
    for person in people:
        born = person.birth_date or (case.opened_at.date() if _may_be_minor(case, person) else None)
        of_age = _years_after(born, majority) if born else None
        if of_age is not None and of_age > case.opened_at.date():
            days.append(_years_after(of_age, practice.retention_years_minor))
    return max(days)


def _may_be_minor(case: Case, person: Person) -> bool:
    roles = {part.role for part in case.participants.all() if part.person_id == person.pk}
    return bool(roles & {"child", "adolescent"})


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year + years, day=28)
