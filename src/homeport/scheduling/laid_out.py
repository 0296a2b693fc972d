"""Hours that recur, laid out over the days: arithmetic on whole arrays, for the patterns of hundreds at once."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from homeport.scheduling.openings import Mask, Minutes, Spans, runs
from homeport.scheduling.reading import Weekly
from homeport.scheduling.wall_clock import minutes_of_many

WEEK = 7


def laid_out(patterns: Sequence[Weekly], first: date, last: date) -> Spans:
    """Each pattern (by its number) on each of its days from ``first`` through ``last``."""
    ordinals = np.array([_ordinals(one, last) for one in patterns], np.int64).reshape(-1, 6)
    weekday, begins, ends, every, from_day, until_day = ordinals.T
    step = WEEK * every
    # The week of its first day is the first of its weeks, though the weekday may lie before that day.
    one = from_day - (from_day - 1) % WEEK + weekday
    one += np.maximum(0, -(-(np.maximum(first.toordinal(), from_day) - one) // step)) * step
    which, days = runs(one, np.maximum(0, (until_day - one) // step + 1), step)
    spans = Spans(which, np.empty_like(days), np.empty_like(days))
    zones = np.array([one.zone for one in patterns])[which]
    for zone in np.unique(zones).tolist():
        here = zones == zone
        for wall, minutes in ((begins, spans.begins), (ends, spans.ends)):
            minutes[here] = minutes_of_many(zone, days[here], wall[which[here]])
    return spans


def _ordinals(pattern: Weekly, last: date) -> tuple[int, ...]:
    until = min(pattern.until_day, last) if pattern.until_day else last
    return (
        pattern.weekday,
        pattern.begins,
        pattern.ends,
        pattern.every,
        pattern.from_day.toordinal(),
        until.toordinal(),
    )


def without(spans: Spans, begins: int, ends: int, here: Mask) -> Spans:
    """What is left when the time from ``begins`` until ``ends`` is taken out of those rows that the mask names.

    ``here`` is a mask of the rows that spans belong to. A span may become two, or none.
    """
    cut = here[spans.which] & (spans.begins < ends) & (spans.ends > begins)
    if not cut.any():
        return spans
    early = Spans(spans.which[cut], spans.begins[cut], np.minimum(spans.ends[cut], begins))
    late = Spans(spans.which[cut], np.maximum(spans.begins[cut], ends), spans.ends[cut])
    pieces = joined(early, late)
    some = pieces.begins < pieces.ends
    return joined(Spans(*(column[~cut] for column in spans)), Spans(*(column[some] for column in pieces)))


def joined(one: Spans, other: Spans) -> Spans:
    """Both, one after the other."""
    return Spans(*(np.concatenate(columns) for columns in zip(one, other, strict=True)))


def spread(spans: Spans, rows: Minutes) -> Spans:
    """Every span once for each place at which its own row stands in ``rows``, and belonging to that place from then on."""
    order = np.argsort(spans.which, kind="stable")
    sorted_rows = spans.which[order]
    starts = np.searchsorted(sorted_rows, rows, side="left")
    numbers = np.searchsorted(sorted_rows, rows, side="right") - starts
    which, at = runs(starts, numbers)
    return Spans(which, spans.begins[order[at]], spans.ends[order[at]])
