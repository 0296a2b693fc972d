"""The short questionnaire, a screen at a time. What was said goes on in the page (``carried``) and nowhere else."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from homeport.directory.carried import Carried
from homeport.directory.choices import located
from homeport.directory.concerns import Concern
from homeport.directory.forms.wishes import KILOMETRES, Offered, WishesForm
from homeport.directory.hindsight import Before, History
from homeport.directory.week import COARSE, SLOTS, coarse
from homeport.directory.wishes import Near, Weight
from homeport.people.forms.fields import one_of, one_shown, some_of
from homeport.people.offers import Faith, Format, Gender, Identity, Population, Together

SCREENS = ("brings", "life", "meet", "who")
WEIGHTS = [
    (str(int(Weight.NICE)), _("Would be nice")),
    (str(int(Weight.MATTERS)), _("Matters to me")),
    (str(int(Weight.MUST)), _("I need it")),
]
HOW_MUCH = _("How much does it matter?")


class BringsForm(forms.Form):
    """What brings them."""

    concerns = some_of(_("What brings you?"), Concern.choices, required=False)

    def __init__(self, data: QueryDict | None, _offered: Offered, carried: Carried) -> None:
        super().__init__(data, initial={"concerns": list(carried.wishes.concerns)})

    def taken(self, carried: Carried) -> Carried:
        """With what was said on this screen."""
        concerns = tuple(Concern(code) for code in self.cleaned_data["concerns"])
        weights = {**carried.wishes.weights, "concerns": Weight.MATTERS}
        return replace(carried, wishes=replace(carried.wishes, concerns=concerns, weights=weights))


class LifeForm(forms.Form):
    """Who would come, what matters of their life, what went wrong before."""

    format = one_shown(_("Who would come?"), Together.choices)
    history = some_of(_("Is there something they should be used to?"), History.choices, required=False)
    before = some_of(_("Did something go wrong in a therapy before?"), Before.choices, required=False)

    def __init__(self, data: QueryDict | None, _offered: Offered, carried: Carried) -> None:
        said = {
            "format": carried.wishes.format or Together.INDIVIDUAL,
            "history": list(carried.history),
            "before": list(carried.before),
        }
        super().__init__(data, initial=said)

    def taken(self, carried: Carried) -> Carried:
        """With what was said on this screen."""
        said = self.cleaned_data
        return replace(
            carried,
            wishes=replace(carried.wishes, format=Together(said["format"])),
            history=tuple(History(code) for code in said["history"]),
            before=tuple(Before(code) for code in said["before"]),
        )


class _Weighed(WishesForm):
    """Some of the wishes, each with a weight of its own."""

    asked: tuple[str, ...] = ()
    weighed: tuple[str, ...] = ()

    def __init__(self, data: QueryDict | None, offered: Offered, carried: Carried) -> None:
        super().__init__(data, offered)
        self.fields = {name: field for name, field in self.fields.items() if name in self.asked}
        for name in self.weighed:
            self.fields[f"weight_{name}"] = one_of(HOW_MUCH, WEIGHTS, required=False)
        said = _said(carried)
        self.initial = {name: said[name] for name in self.fields if said.get(name) not in (None, "", [])}

    def weights(self, carried: Carried) -> dict[str, Weight]:
        """What each wish counts; one that nobody weighed matters."""
        said = self.cleaned_data
        own = {name: Weight(int(said.get(f"weight_{name}") or Weight.MATTERS)) for name in self.weighed}
        return {**carried.wishes.weights, **own}


class MeetForm(_Weighed):
    """Where they will be, how, when and for how much."""

    asked = ("where", "way", "near", "km", "times", "zone", "most_fee")
    weighed = ("way", "near", "times", "most_fee")

    def taken(self, carried: Carried) -> Carried:
        """With what was said on this screen."""
        said = self.cleaned_data
        near = Near(said["near"], int(said["km"] or 25)) if said["near"] else None
        wishes = replace(
            carried.wishes,
            where=said["where"],
            way=Format(said["way"]) if said["way"] else None,
            near=located(near, self.offered.towns) if near else None,
            times=coarse(said["times"]) | {slot for slot in said["times"] if slot in SLOTS},
            zone=said["zone"] or self.offered.zone,
            most_fee=None if said["most_fee"] is None else int(said["most_fee"] * 100),
            weights=self.weights(carried),
        )
        return replace(carried, wishes=wishes)


class WhoForm(_Weighed):
    """Whom they would like to talk with."""

    asked = ("language", "gender", "identities", "faith", "populations")
    weighed = asked

    def taken(self, carried: Carried) -> Carried:
        """With what was said on this screen."""
        said = self.cleaned_data
        wishes = replace(
            carried.wishes,
            language=said["language"],
            gender=Gender(said["gender"]) if said["gender"] else None,
            identities=tuple(Identity(code) for code in said["identities"]),
            faith=Faith(said["faith"]) if said["faith"] else None,
            populations=tuple(Population(code) for code in said["populations"]),
            weights=self.weights(carried),
        )
        return replace(carried, wishes=wishes)


Screen = BringsForm | LifeForm | MeetForm | WhoForm
FORMS: Mapping[str, type[Screen]] = {
    "brings": BringsForm, "life": LifeForm, "meet": MeetForm, "who": WhoForm,
}  # fmt: skip


def _said(carried: Carried) -> dict[str, Any]:
    """What was said before, as the fields show it."""
    wishes = carried.wishes
    whole = [name for name, slots in COARSE.items() if wishes.times.issuperset(slots)]
    return {
        "where": wishes.where,
        "way": wishes.way,
        "near": wishes.near.town if wishes.near else "",
        "km": str(wishes.near.km) if wishes.near and wishes.near.km in KILOMETRES else "25",
        "times": whole,
        "zone": wishes.zone if wishes.where else "",
        "most_fee": None if wishes.most_fee is None else wishes.most_fee // 100,
        "language": wishes.language,
        "gender": wishes.gender,
        "identities": list(wishes.identities),
        "faith": wishes.faith,
        "populations": list(wishes.populations),
        **{f"weight_{name}": str(int(wishes.weight(name))) for name in wishes.weights},
    }
