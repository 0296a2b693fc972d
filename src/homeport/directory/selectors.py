"""What the pages of this room read. ``search`` is the one way to a list, whatever the database."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    Count,
    ExpressionWrapper,
    F,
    IntegerField,
    Prefetch,
    Q,
    QuerySet,
    Value,
    When,
    Window,
)
from django.db.models.functions import Mod

from homeport.core.clock import today
from homeport.directory.conditions import all_of, conditions, knows
from homeport.directory.models import LOTS, Opening, Profile, ProfilePhoto
from homeport.directory.visible import shown, standing_licences, there_for
from homeport.directory.wishes import Wishes
from homeport.people.models import Licence

PAGE = 12
MOST_PAGES = 200
# What a list says, or reckons with; nothing else of a person is read for it.
LISTED = (
    *(
        "slug",
        "title",
        "greeting",
        "concerns",
        "gender",
        "identities",
        "faith",
        "lowest_fee",
        "town",
        "usual",
        "lot",
    ),
    *("latitude", "longitude", "therapist__languages", "therapist__populations", "therapist__approaches"),
    *("therapist__formats", "therapist__fees", "therapist__currency", "therapist__sliding_scale"),
    *("therapist__person__name", "therapist__person__zone"),
)


@dataclass(frozen=True, slots=True)
class Loosening:
    """A wish, and how many would be there without it."""

    name: str
    brings: int


@dataclass(frozen=True, slots=True)
class Found:
    """One page of a search. ``total``: of all pages. ``loosen``: only where nobody was found, the most helpful first."""

    profiles: tuple[Profile, ...]
    total: int
    page: int = 1
    loosen: tuple[Loosening, ...] = ()

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // PAGE))


def search(wishes: Wishes, *, page: int = 1) -> Found:
    """Whom these wishes find, in the order of the day; those who know most of the concerns first.

    Queries: two for the page and one for its licences; two where nobody was found.
    """
    asked = conditions(wishes)
    musts = {name: asked[name] for name in wishes.musts}
    page = min(max(page, 1), MOST_PAGES)
    found = there_for(wishes.where, wishes.format).filter(all_of(musts.values()))
    # Ids first: a database sorts what is narrow, and reads twelve rows of what is wide. What is sorted by is read too, since
    # Django would otherwise take the sum apart a second time.
    ordered = _in_order(found, wishes, asked).values_list("pk", Window(Count("pk")), "fit")
    ids = list(ordered[(page - 1) * PAGE : page * PAGE])
    if ids:
        return Found(for_list([each[0] for each in ids], licences()), ids[0][1], page)
    if page > 1:
        return search(wishes)
    return Found((), 0, 1, _loosenings(wishes, musts))


def _in_order(found: "QuerySet[Profile]", wishes: Wishes, asked: dict[str, Q]) -> "QuerySet[Profile]":
    """Best fit first; then by lot, drawn anew each day, so that nobody always stands on top."""
    soft = [(asked[name], int(wishes.weight(name))) for name in wishes.given if name not in wishes.musts]
    fits = [*soft, *((knows(each), 1) for each in wishes.concerns if len(wishes.concerns) > 1)]
    score = sum((_points(condition, weight) for condition, weight in fits), Value(0))
    day = today().toordinal() % (LOTS - 1) + 1
    drawn = Mod(F("lot") * Value(day), Value(LOTS), output_field=IntegerField())
    return found.annotate(fit=score).order_by("-fit", drawn, "pk")


def _points(condition: Q, weight: int) -> Case:
    return Case(When(condition, then=Value(weight)), default=Value(0), output_field=IntegerField())


def for_list(ids: list[UUID], *more: "Prefetch[str, Any, str]") -> tuple[Profile, ...]:
    """What a list shows of these, in this order. One query and those of ``more``; none for nobody."""
    rows = (
        Profile.objects.filter(pk__in=ids)
        .select_related("therapist__person")
        .annotate(photo_alt=F("photo__alt"), photo_at=F("photo__changed_at"))
        .only(*LISTED)
        .prefetch_related(*more)
    )
    found = {row.pk: row for row in rows}
    return tuple(found[pk] for pk in ids if pk in found)


def licences(where: str | None = None) -> "Prefetch[str, QuerySet[Licence], str]":
    """The licences that stand, as ``profile.therapist.standing``."""
    standing = standing_licences(where).order_by("jurisdiction", "body", "pk")
    return Prefetch("therapist__licences", standing, to_attr="standing")


def openings() -> "Prefetch[str, QuerySet[Opening], str]":
    """The formats offered, as ``profile.formats``, in a fixed order."""
    return Prefetch("openings", Opening.objects.order_by("format"), to_attr="formats")


def _loosenings(wishes: Wishes, musts: dict[str, Q]) -> tuple[Loosening, ...]:
    """What giving up each must would bring. One query: which musts everybody who is there meets."""
    if not musts:
        return ()
    meets = {
        f"meets_{name}": ExpressionWrapper(condition, output_field=BooleanField())
        for name, condition in musts.items()
    }
    there = there_for(wishes.where, wishes.format).order_by().annotate(**meets)
    brings = dict.fromkeys(musts, 0)
    for met, number in Counter(there.values_list(*meets)).items():
        missed = [name for name, holds in zip(musts, met, strict=True) if not holds]
        if len(missed) == 1:
            brings[missed[0]] += number
    found = [Loosening(name, number) for name, number in brings.items() if number]
    return tuple(sorted(found, key=lambda one: -one.brings))


def profile_shown(slug: str) -> Profile | None:
    """One page of the directory, with licences and formats; None where nobody may see it. Three queries."""
    found = shown().filter(slug=slug).select_related("therapist__person")
    pictured = found.annotate(photo_alt=F("photo__alt"), photo_at=F("photo__changed_at"))
    return pictured.prefetch_related(licences(), openings()).first()


def photo_shown(slug: str, size: str) -> bytes | None:
    """The picture of a page that is shown, ``large`` or ``small``. One query."""
    held = shown().filter(slug=slug, photo__isnull=False).values_list(f"photo__{size}", flat=True).first()
    return None if held is None else bytes(held)


def photo_of(person_id: UUID, size: str) -> bytes | None:
    """A therapist's own picture, whether it is shown or not. One query."""
    own = ProfilePhoto.objects.filter(profile__therapist__person_id=person_id)
    held = own.values_list(size, flat=True).first()
    return None if held is None else bytes(held)


def profile_of(person_id: UUID) -> Profile | None:
    """A therapist's own, published or not. Three queries at most."""
    found = Profile.objects.filter(therapist__person_id=person_id).select_related("therapist__person")
    pictured = found.annotate(photo_alt=F("photo__alt"), photo_at=F("photo__changed_at"))
    return pictured.prefetch_related(licences(), openings()).first()


__all__ = [
    "PAGE", "Found", "Loosening", "licences", "openings", "photo_of", "photo_shown", "profile_of", "profile_shown", "search",
    "there_for",
]  # fmt: skip
