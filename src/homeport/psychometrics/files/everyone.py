"""All the answers of a file at once, for what must see everybody: replaying and calibrating."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from homeport.content.instruments import Key
from homeport.core.errors import HomeportError
from homeport.psychometrics.bank import MISSING
from homeport.psychometrics.files.cells import shown
from homeport.psychometrics.files.layout import Layout, Wishes, check_still_fits, lay_out
from homeport.psychometrics.files.opening import open_answers
from homeport.psychometrics.files.tally import Tally
from homeport.psychometrics.keys import scale_rule

GAP = -1


@dataclass(frozen=True)
class Everyone:
    """answers: raw, (people, items in the layout's order), GAP where there is none. texts: of the columns kept."""

    layout: Layout
    tally: Tally
    answers: NDArray[np.int8]
    texts: tuple[tuple[str, ...], ...]

    def raw(self, items: Sequence[str]) -> NDArray[np.int8]:
        """Raw answers to some questions, (people, items). Raises HomeportError for one that the file lacks."""
        place = {item: column for column, item in enumerate(self.layout.items)}
        lacking = [item for item in items if item not in place]
        if lacking:
            raise HomeportError(f"The file has no column for question {lacking[0]}.")
        return self.answers[:, [place[item] for item in items]]

    def keyed(self, scale: str) -> tuple[NDArray[np.int8], tuple[str, ...], tuple[str, ...], int]:
        """Keyed answers (0 = lowest, -1 missing) to the questions of a scale that the file holds; their ids, which of
        them count backwards, and the raw answer that is the lowest."""
        rule = scale_rule(self.layout.key, scale, self.layout.format)
        items = [item for item in rule.items if item.id in self.layout.items]
        lows = {(item.low, item.high) for item in items}
        if len(lows) != 1:
            raise HomeportError(f"The scale {scale} has no questions here that share one range of answers.")
        low, high = lows.pop()
        raw = self.raw([item.id for item in items])
        turned = np.where(np.array([item.reversed for item in items]), high - raw, raw - low)
        keyed = np.where(raw == GAP, MISSING, turned).astype(np.int8)
        backward = tuple(item.id for item in items if item.reversed)
        return keyed, tuple(item.id for item in items), backward, low


def read_everyone(key: Key, source: Path, wishes: Wishes, *, complete: bool = False) -> Everyone:
    """Read a whole file. complete: only rows that answer every question that the file holds.

    Raises HomeportError as :func:`homeport.psychometrics.files.layout.lay_out` does.
    """
    with closing(open_answers(source)) as table:
        layout, batches = lay_out(key, table, wishes)
        tally, parts = Tally(layout), []
        texts: list[list[str]] = [[] for _ in layout.keep]
        for batch in batches:
            codes, valid = tally.take(batch)
            answers = np.where(valid, codes, GAP).astype(np.int8).T
            wanted = valid.sum(axis=0) == len(valid) if complete else np.ones(batch.rows, dtype=bool)
            parts.append(answers[wanted])
            for kept, array in zip(texts, batch.texts, strict=True):
                told = zip(array.to_pylist(), wanted.tolist(), strict=True)
                kept.extend("" if text is None else shown(text).strip() for text, here in told if here)
        check_still_fits(layout, tally.answers)
    return Everyone(layout, tally, np.concatenate(parts), tuple(map(tuple, texts)))
