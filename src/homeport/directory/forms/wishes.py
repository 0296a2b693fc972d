"""What a visitor wishes, as a form. It is posted, never put into an address, and kept nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from homeport.content.crisis import zone_country
from homeport.directory.choices import Town, jurisdictions, located, read_anew, spoken, towns
from homeport.directory.concerns import Concern
from homeport.directory.places import place_names
from homeport.directory.week import COARSE, SLOTS, coarse
from homeport.directory.wishes import Near, Wishes
from homeport.people.forms.fields import line, one_of, some_of
from homeport.people.forms.work import fee
from homeport.people.languages import language_name
from homeport.people.models import Practice
from homeport.people.offers import Faith, Format, Gender, Identity, Population, Together

KILOMETRES = (5, 10, 25, 50, 100)
LONGEST_WORDS = 100
ELSEWHERE = "*"
MOST_CHOSEN = 40  # values of one field; more than there are to choose


@dataclass(frozen=True, slots=True)
class Offered:
    """What there is to choose from, for somebody who will be in ``where``."""

    where: str
    jurisdictions: tuple[str, ...]
    towns: tuple[Town, ...]
    languages: tuple[str, ...]
    zone: str

    def has(self, sent: Mapping[str, Any]) -> bool:
        """Whether the place, the town and the language that were sent are among these."""
        near = {town.name for town in self.towns}
        return (
            sent.get("where", "") in {"", ELSEWHERE, *self.jurisdictions}
            and sent.get("near", "") in {"", *near}
            and sent.get("language", "") in {"", *self.languages}
        )

    @property
    def zones(self) -> list[tuple[str, str]]:
        """The time zones of the country, the practice's own too: (name, as people read it)."""
        country = self.where.partition("-")[0]
        there = {zone for zone, code in zone_country().items() if code.partition("-")[0] == country}
        return [
            (zone, zone.partition("/")[2].replace("_", " ") or zone) for zone in sorted(there | {self.zone})
        ]


def offered_to(practice: Practice | None, asked: str = "", sent: Mapping[str, Any] | None = None) -> Offered:
    """What there is in ``asked``, or in the practice's own place where nobody said one. No query, or three each minute.

    ``sent``: what was chosen. Where that is not among what is known here, it is read again: somebody may have come since.
    """
    offered = _offered(practice, asked)
    if sent is not None and not offered.has(sent):
        read_anew(offered.where)
        return _offered(practice, asked)
    return offered


def _offered(practice: Practice | None, asked: str) -> Offered:
    licensed = jurisdictions()
    own = practice.jurisdiction if practice else ""
    where = asked if asked in licensed or asked in place_names() else own
    zone = practice.zone if practice else "UTC"
    known = tuple(dict.fromkeys((*filter(None, (own,)), *licensed)))
    return Offered(where, known, towns(where), spoken(), zone)


class WishesForm(forms.Form):
    """Everything that can be wished. All of it may be left out but the place."""

    where = one_of(_("Where will you be when you meet?"), [])
    format = one_of(_("Who would come?"), Together.choices, required=False)
    concerns = some_of(_("What brings you?"), Concern.choices, required=False)
    way = one_of(_("How would you like to meet?"), Format.choices, required=False)
    language = one_of(_("Language"), [], required=False)
    near = one_of(_("Near"), [], required=False)
    km = one_of(
        _("How far at most?"),
        [(str(km), format_lazy(_("{km} km"), km=km)) for km in KILOMETRES],
        required=False,
    )
    most_fee = fee(_("What you can pay for a session, at most"))
    times = some_of(_("When you have time"), [(name, name) for name in (*COARSE, *SLOTS)], required=False)
    zone = one_of(_("On the clock of"), [], required=False)
    gender = one_of(_("Gender"), Gender.choices, required=False)
    identities = some_of(_("Shares something with me"), Identity.choices, required=False)
    faith = one_of(_("Faith"), Faith.choices, required=False)
    populations = some_of(_("Is used to working with"), Population.choices, required=False)
    words = line(_("Any word or name"), longest=LONGEST_WORDS)

    def __init__(self, data: QueryDict | None, offered: Offered) -> None:
        super().__init__(data)
        self.offered = offered
        names = place_names()
        places = sorted(
            ((code, names.get(code, code)) for code in offered.jurisdictions), key=lambda place: place[1]
        )
        self._choose("where", [*places, (ELSEWHERE, str(_("Somewhere else")))])
        self._choose("near", [(town.name, town.name) for town in offered.towns])
        self._choose(
            "language",
            sorted(((code, language_name(code)) for code in offered.languages), key=lambda one: one[1]),
        )
        self._choose("zone", offered.zones)
        self.fields["where"].initial = offered.where
        self.fields["zone"].initial = offered.zone
        self.fields["km"].initial = "25"

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def wishes(self) -> Wishes:
        """What was said. Call it on a valid form."""
        said = self.cleaned_data
        return Wishes(
            where=said["where"],
            format=Together(said["format"]) if said["format"] else None,
            concerns=tuple(Concern(code) for code in said["concerns"]),
            way=Format(said["way"]) if said["way"] else None,
            language=said["language"],
            near=self._near(said),
            most_fee=None if said["most_fee"] is None else int(said["most_fee"] * 100),
            times=coarse(said["times"]) | {slot for slot in said["times"] if slot in SLOTS},
            zone=said["zone"] or self.offered.zone,
            gender=Gender(said["gender"]) if said["gender"] else None,
            identities=tuple(Identity(code) for code in said["identities"]),
            faith=Faith(said["faith"]) if said["faith"] else None,
            populations=tuple(Population(code) for code in said["populations"]),
            words=said["words"],
        )

    def _near(self, said: Mapping[str, Any]) -> Near | None:
        if not said["near"]:
            return None
        return located(Near(said["near"], int(said["km"] or 25)), self.offered.towns)


def carried(data: QueryDict) -> list[tuple[str, str]]:
    """What was sent, as (name, value) for hidden fields: so that wishes go from page to page, and no further."""
    return [
        (name, value[:LONGEST_WORDS])
        for name in WishesForm.base_fields
        for value in data.getlist(name)[:MOST_CHOSEN]
        if value
    ]
