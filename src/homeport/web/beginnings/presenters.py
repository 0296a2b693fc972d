"""What is put before a person, and before those who treat them, on the pages of this folder."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from homeport.cases.beginnings import Asked, asked_of
from homeport.cases.models import Case, ConsentSignature, FormatDecision, Participant
from homeport.cases.policies import INDIVIDUALLY_FIRST
from homeport.cases.services.sign_consent import text_for
from homeport.cases.texts import OwnTexts, ToSign
from homeport.content.consents import Consent
from homeport.people.models import Person

Ended = ConsentSignature.Ended


@dataclass(frozen=True, slots=True)
class Text:
    """One text that somebody is asked to sign. ``state``: to_sign, signed, changed, taken_back, or no for one that is
    refused unless somebody says yes."""

    asked: Asked
    text: Consent
    state: str
    signature: ConsentSignature | None

    @property
    def at(self) -> datetime | None:
        """When it was signed, or taken back."""
        held = self.signature
        return (held.until_at or held.from_at) if held else None

    @property
    def is_newer(self) -> bool:
        """Whether the words changed since they signed, in a way for which nobody is asked again."""
        held = self.signature
        return self.state == "signed" and held is not None and held.text_hash != self.text.hash

    @property
    def is_open(self) -> bool:
        """Whether it waits for a yes without which the work does not begin."""
        return self.state == "changed" or (self.asked.needed and self.state != "signed")


def texts_for(
    part: Participant, signer: Person, given: Iterable[ConsentSignature], own: OwnTexts
) -> list[Text]:
    """The texts that ``signer`` is asked for this part, in their order. ``given``: the latest first; only theirs count.

    ``own``: the practice's own texts.
    """
    last: dict[str, ConsentSignature] = {}
    for signature in given:
        if signature.participant_id == part.pk and signature.given_by_id == signer.pk:
            last.setdefault(signature.kind, signature)
    return [
        _text(each, text_for(part, each.kind, signer, own), last.get(each.kind))
        for each in asked_of(part, signer)
    ]


def _text(asked: Asked, holding: ToSign, last: ConsentSignature | None) -> Text:
    text = holding.text
    if last is not None and last.holds:
        return Text(asked, text, "signed" if holding.is_held_by(last.text_hash) else "changed", last)
    if last is not None and last.ended == Ended.TAKEN_BACK:
        return Text(asked, text, "taken_back", last)
    return Text(asked, text, "to_sign" if asked.needed else "no", None)


def how_we_meet(case: Case, decision: FormatDecision | None) -> str:
    """How a case of several people begins and goes on, in the same words to everybody and in every case."""
    if case.kind not in INDIVIDUALLY_FIRST:
        return ""
    said = {
        None: _(
            "First, each of you meets the therapist alone. Everybody begins here like that. "
            "Then your therapist tells all of you how you go on."
        ),
        FormatDecision.Format.JOINT: _("You have met alone. From now on you meet together."),
        FormatDecision.Format.SPECIALISED: _(
            "You have met alone. From now on you meet together, by a plan with fixed steps."
        ),
        FormatDecision.Format.INDIVIDUAL_FIRST: _(
            "You go on meeting the therapist alone. Individual meetings first are our standard."
        ),
    }
    return said[FormatDecision.Format(decision.format) if decision else None]
