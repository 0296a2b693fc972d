"""What a person sees of their own answers, with whom each piece is open; and what others opened to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from homeport.access.gate import get_rows, person_in, standing_in
from homeport.access.selectors import released_to
from homeport.assessments.models import Administration, OwnAdministration, OwnAnswer, OwnScore
from homeport.assessments.presenters import (
    ShownAnswer,
    ShownScore,
    answers_shown,
    measure_about,
    shown_scores,
)
from homeport.assessments.services.share_measure import Piece, may_be_shown
from homeport.assessments.wordings import NoWording, words_of
from homeport.cases.models import Case
from homeport.cases.selectors import Together, cases_with_people
from homeport.content.instruments import load_key

MOST = 100
EVERY_ANSWER = 500


@dataclass(frozen=True, slots=True)
class Filled:
    """One filling-in that was sent. ``scores`` and ``answers``: as far as whoever asks may see them."""

    id: UUID
    assignment_id: UUID
    title: str
    about: str
    by: str
    sent_at: datetime | None
    language: str
    note: bool
    scores: tuple[ShownScore, ...]
    answers: tuple[ShownAnswer, ...] = ()
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """Somebody to whom pieces of it may be opened, and what is open to them now."""

    person_id: UUID
    name: str
    pieces: frozenset[str]
    still_here: bool = True


def own_measures(request: HttpRequest) -> list[Filled]:
    """What one answered about oneself and has sent, the latest first. At most four queries."""
    mine = _sent(request, Q(author_id=person_in(request)))
    opened = released_to([each.pk for each in mine])
    return [_filled(each, scores, is_open=each.pk in opened) for each, scores in _scored(request, mine)]


def own_measure(request: HttpRequest, assignment_id: UUID) -> Filled | None:
    """The same for one, with each answer."""
    mine = _sent(request, Q(author_id=person_in(request), assignment_id=assignment_id))
    return next(
        (_filled(held, scores, _answers(request, held)) for held, scores in _scored(request, mine)), None
    )


def shown_to(request: HttpRequest, assignment_id: UUID) -> list[Shown]:
    """Everybody of the case to whom one may open it, and whoever it is open to, with what is."""
    held = _sent(request, Q(author_id=person_in(request), assignment_id=assignment_id))[0]
    together = _together({held.case_id})[held.case_id]
    pieces: dict[UUID, set[str]] = {}
    for piece, model in ((Piece.SCORES, OwnScore), (Piece.ANSWERS, OwnAnswer)):
        rows: list[Any] = get_rows(request, model, Q(administration_id=held.pk), limit=EVERY_ANSWER)
        for whom in released_to([row.pk for row in rows]).values():
            for person_id in whom:
                if person_id is not None:
                    pieces.setdefault(person_id, set()).add(piece.value)
    here = [part.person_id for part in may_be_shown(held.case_id, held.author_id)]
    is_here = held.author_id in together.everybody
    return [
        Shown(
            each,
            # Whether somebody is still in a case that one has left is not told by their name either.
            together.name_among_peers(each) if is_here else _("Somebody you came here with"),
            frozenset(pieces.get(each, ())),
            each in here,
        )
        for each in dict.fromkeys([*here, *pieces])
    ]


def opened_to_me(request: HttpRequest, administration_id: UUID | None = None) -> list[Filled]:
    """What others of one's own cases opened to oneself, the latest first; nothing tells of what they did not."""
    theirs = Q(case_id__in=standing_in(request).participates_in) & ~Q(author_id=person_in(request))
    if administration_id is not None:
        theirs &= Q(pk=administration_id)
    found = _sent(request, theirs)
    together = _together({each.case_id for each in found})
    return [
        _filled(
            each,
            scores,
            _answers(request, each) if administration_id is not None else (),
            by=together[each.case_id].name_among_peers(each.author_id),
        )
        for each, scores in _scored(request, found)
    ]


def _sent(request: HttpRequest, where: Q) -> list[OwnAdministration]:
    return get_rows(
        request, OwnAdministration, where & Q(state=Administration.State.FINISHED, case_id__isnull=False), limit=MOST
    )  # fmt: skip


def _scored(
    request: HttpRequest, held: Iterable[OwnAdministration]
) -> list[tuple[OwnAdministration, list[OwnScore]]]:
    each = list(held)
    where = Q(administration_id__in=[one.pk for one in each], replaced_at=None)
    scores = get_rows(request, OwnScore, where, limit=10 * MOST) if each else []
    return [
        (one, sorted((s for s in scores if s.administration_id == one.pk), key=lambda s: s.scale))
        for one in each
    ]


def _filled(
    held: OwnAdministration,
    scores: list[OwnScore],
    answers: Iterable[ShownAnswer] = (),
    *,
    by: str = "",
    is_open: bool = False,
) -> Filled:
    key = load_key(held.instrument, held.key_version)
    return Filled(
        id=held.pk,
        assignment_id=held.assignment_id,
        title=key.title,
        about=measure_about(held.instrument, held.slot),
        by=by,
        sent_at=held.finished_at,
        language=held.language,
        note=key.standing == "not-validated",
        scores=shown_scores(key, scores, held),
        answers=tuple(answers),
        is_open=is_open,
    )


def _answers(request: HttpRequest, held: OwnAdministration) -> list[ShownAnswer]:
    rows = get_rows(request, OwnAnswer, Q(administration_id=held.pk), limit=EVERY_ANSWER)
    if not rows:
        return []
    key = load_key(held.instrument, held.key_version)
    try:
        words = words_of(
            held.instrument, held.key_version, held.wording_hash, language=held.language, slot=held.slot
        )
        texts, labels = dict(words.items), lambda item: words.labels_for(key, item)
    except NoWording:
        texts, labels = {}, lambda _item: {}
    return answers_shown(key, held, {each.item: each.value for each in rows}, texts, labels)


def _together(case_ids: set[UUID | None]) -> dict[UUID | None, Together]:
    held = Case.objects.filter(pk__in=[each for each in case_ids if each])
    return {each.case.pk: each for each in cases_with_people(list(held.values_list("pk", flat=True)))}
