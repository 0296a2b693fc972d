"""What pages read about cases: who is together, and what they agreed. Who may read it, the room `access` says."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from homeport.cases.models import (
    AgreementSignature,
    CareTeamMember,
    Case,
    ConfidentialityAgreement,
    ConsentSignature,
    FormatDecision,
    Participant,
)
from homeport.core.clock import now
from homeport.people.models import Person
from homeport.people.models.lasting import holds_at


@dataclass(frozen=True, slots=True)
class Together:
    """One case with whoever takes part and whoever treats it, each in the order in which they came."""

    case: Case
    participants: tuple[Participant, ...]
    care_team: tuple[CareTeamMember, ...]

    @property
    def everybody(self) -> list[UUID]:
        """Who takes part, then who treats."""
        return [each.person_id for each in self.participants] + [each.person_id for each in self.care_team]

    def name_of(self, person_id: UUID | None) -> str:
        """What those who treat the case call somebody of it. Empty for anybody else."""
        everybody: Iterable[Participant | CareTeamMember] = (*self.participants, *self.care_team)
        return next((each.person.shown_name for each in everybody if each.person_id == person_id), "")

    def name_among_peers(self, person_id: UUID | None) -> str:
        """The same for those who take part: in a group only where its rules say so, the name each chose."""
        if self.case.kind == Case.Kind.GROUP:
            for participant in self.participants:
                if participant.person_id == person_id:
                    return participant.group_name if self.case.members_know_names else ""
        return self.name_of(person_id)


def cases_with_people(case_ids: Collection[UUID]) -> list[Together]:
    """These cases, the latest first, in three queries however many they are."""
    cases = Case.objects.filter(pk__in=case_ids).order_by("-opened_at", "pk")
    return [_together(case) for case in _with_people(cases)]


def case_with_people(case: Case) -> Together:
    """The same for one case that was fetched already; two queries."""
    moment = holds_at(now())
    participants = case.participants.filter(moment).select_related("person").order_by("from_at", "pk")
    team = case.care_team.filter(moment).select_related("person").order_by("from_at", "pk")
    return Together(case, tuple(participants), tuple(team))


def _with_people(cases: "QuerySet[Case]") -> "QuerySet[Case]":
    moment = holds_at(now())
    participants = Participant.objects.filter(moment).select_related("person").order_by("from_at", "pk")
    team = CareTeamMember.objects.filter(moment).select_related("person").order_by("from_at", "pk")
    return cases.prefetch_related(
        Prefetch("participants", participants, to_attr="who_takes_part"),
        Prefetch("care_team", team, to_attr="who_treats"),
    )


def _together(case: Case) -> Together:
    held = vars(case)
    return Together(case, tuple(held["who_takes_part"]), tuple(held["who_treats"]))


@dataclass(frozen=True, slots=True)
class Agreed:
    """The text that is before everybody now, and when each person signed it."""

    agreement: ConfidentialityAgreement
    signed: dict[UUID, datetime]


def agreement_of(case_id: UUID) -> Agreed | None:
    """The agreement of a case; None where none was proposed yet. Two queries."""
    return agreements_of([case_id]).get(case_id)


def agreements_of(case_ids: Collection[UUID]) -> dict[UUID, Agreed]:
    """The agreements of these cases, by case; two queries."""
    standing = ConfidentialityAgreement.objects.filter(case_id__in=case_ids, replaced_at=None)
    found = {agreement.case_id: Agreed(agreement, {}) for agreement in standing}
    signatures = AgreementSignature.objects.filter(
        Q(agreement__case_id__in=case_ids), agreement__replaced_at=None
    ).order_by("signed_at", "pk")
    for case_id, person_id, signed_at in signatures.values_list(
        "agreement__case_id", "person_id", "signed_at"
    ):
        found[case_id].signed[person_id] = signed_at
    return found


def names_of(person_ids: Collection[UUID]) -> dict[UUID, str]:
    """What to call these persons, by id; one query."""
    return {person.pk: person.shown_name for person in Person.objects.filter(pk__in=person_ids)}


def signatures_of(part_ids: Collection[UUID]) -> list[ConsentSignature]:
    """Every yes that was given for these parts in a case, holding or not, the latest first; one query."""
    given = ConsentSignature.objects.filter(participant_id__in=part_ids).select_related("given_by")
    return list(given.order_by("-from_at", "pk"))


def formats_of(case_ids: Collection[UUID]) -> dict[UUID, FormatDecision]:
    """The decision on the format that holds now, by case; one query."""
    standing = FormatDecision.objects.filter(case_id__in=case_ids, until_at=None).select_related("decided_by")
    return {decision.case_id: decision for decision in standing}


def was_decided(case_id: UUID) -> bool:
    """Whether the format of this case was ever decided; one query."""
    return FormatDecision.objects.filter(case_id=case_id).exists()


@dataclass(frozen=True, slots=True)
class Signed:
    """One yes of somebody to a text. ``until_at``: since when it holds no more; ``ended``: why. ``person``: for whom."""

    id: UUID
    person: Person
    text_hash: str
    at: datetime
    until_at: datetime | None
    ended: str


def signed_by(person_id: UUID) -> list[Signed]:
    """Everything that somebody ever signed, the latest first: texts, and agreements on confidentiality. Two queries."""
    texts = ConsentSignature.objects.filter(given_by_id=person_id).select_related("participant__person")
    agreed = AgreementSignature.objects.filter(person_id=person_id).select_related("agreement", "person")
    found = [
        Signed(each.pk, each.participant.person, each.text_hash, each.from_at, each.until_at, each.ended)
        for each in texts
    ]
    found += [
        Signed(
            each.pk, each.person, each.text_hash, each.signed_at, each.agreement.replaced_at, _replaced(each)
        )
        for each in agreed
    ]
    return sorted(found, key=lambda each: (each.at, str(each.id)), reverse=True)


def _replaced(signature: AgreementSignature) -> str:
    return ConsentSignature.Ended.SIGNED_ANEW if signature.agreement.replaced_at else ""
