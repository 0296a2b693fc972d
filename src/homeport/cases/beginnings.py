"""What comes before the first session: which texts are put before whom, and who meets first.

Everything here is the same for everybody in a case of one kind. Nothing here asks what anybody answered.
"""

from dataclasses import dataclass

from homeport.cases.models import Participant
from homeport.cases.policies import rules_for
from homeport.people.models import Person

# At this joint session everybody is asked again, in a fixed plan at every such number; see ADR 15.
ASK_AGAIN_AT = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """One text that is put before people. ``needed``: without a yes the work does not begin.

    ``of_adults``: put before an adult, for themselves; ``of_minors``: before a young person, for themselves;
    ``of_guardians``: before a guardian, for the child.
    """

    kind: str
    needed: bool
    of_adults: bool = True
    of_minors: bool = True
    of_guardians: bool = True


ASKED = (
    Asked("treatment", needed=True),
    Asked("minors", needed=True, of_adults=False),
    Asked("data-protection", needed=True),
    Asked("fees", needed=True, of_minors=False),
    Asked("telehealth", needed=False),
    # Refused unless somebody says yes; nobody is asked it for a child.
    Asked("recording", needed=False, of_minors=False, of_guardians=False),
)


def asked_of(part: Participant, signer: Person) -> list[Asked]:
    """The texts that ``signer`` is asked for this part in the case: their own, or a child's they stand for."""
    if signer.pk != part.person_id:
        return [each for each in ASKED if each.of_guardians]
    minor = rules_for(part.case, part.person).is_minor and _is_young(part)
    return [each for each in ASKED if (each.of_minors if minor else each.of_adults)]


def _is_young(part: Participant) -> bool:
    """Whether they take part as a young person; of an adult whose birth date nobody wrote we do not know the age."""
    return part.role in {Participant.Role.CHILD, Participant.Role.ADOLESCENT} or (
        part.person.birth_date is not None
    )
