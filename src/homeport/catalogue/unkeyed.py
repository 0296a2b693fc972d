"""Instruments without a scoring key: their words and answers are kept as ``local.NAME``, without scores.

Never silently where a question about suicide is among them: without a key nothing looks at its answers.
"""

import re
import unicodedata
from collections.abc import Sequence

from homeport.catalogue.doubts import told_once
from homeport.catalogue.fingerprints import fingerprint, items_by_fingerprint
from homeport.catalogue.fit import Fit, Kept
from homeport.catalogue.fitting_answers import BLANK, Labels, unkeyed_labels
from homeport.catalogue.readers.instrument import Dropped, NotAnInstrument, ReadInstrument, ReadItem
from homeport.content.instruments import Wording, WordingSource, all_keys
from homeport.core.errors import HomeportError

LOCAL = "local."


def slug(text: str) -> str:
    """A name for an unkeyed instrument: lower-case letters, digits and single dashes; "questionnaire" where none is left."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:60].strip("-") or "questionnaire"


def fit_unkeyed(
    read: ReadInstrument, language: str, source: WordingSource, doubts: Sequence[str], told: str = ""
) -> Fit:
    """Take over an instrument without a key. ``told`` is the id a person gave it: ``local.NAME``.

    Raises NotAnInstrument where no question has numbered answers, and HomeportError where one is about risk and nobody
    said that it is to be kept all the same.
    """
    warnings = _warnings_of_risk(read, told)
    short = min((name for name in read.names if 1 < len(name) < 40), key=len, default="")
    identity = LOCAL + slug(told[len(LOCAL) :] if told else short or read.title)
    labels, dropped = _labels(read.items)
    kept = [question for question in read.items if question.code in labels]
    wording = Wording(
        instrument=identity,
        key_version=0,
        language=language,
        format="",
        instruction=read.instruction,
        items={question.code: question.text for question in kept},
        options={},
        item_options=labels,
        source=source,
    )
    first = f"Homeport has no scoring key for it: it is kept as {identity}, without scores."
    about = [doubt for question in kept for doubt in question.doubts]
    return Fit(
        wording=wording,
        key=None,
        title=read.title or identity,
        kind=read.kind,
        languages=read.languages,
        kept=tuple(Kept(question.code, question.code) for question in kept),
        dropped=(*read.dropped, *dropped),
        doubts=told_once(
            [first, *warnings, *doubts, *read.doubts, *about, *_answer_doubts(kept)],
            [question.code for question in read.items],
        ),
        recognised=0,
    )


def _labels(items: Sequence[ReadItem]) -> tuple[dict[str, Labels], list[Dropped]]:
    labels, dropped = {}, []
    for question in items:
        answers, why = unkeyed_labels(question)
        if answers is None:
            dropped.append(Dropped(question.code, why))
        else:
            labels[question.code] = answers
    if not labels:
        raise NotAnInstrument("None of its questions has answers with numbers, so nothing could be kept.")
    return labels, dropped


def _answer_doubts(kept: Sequence[ReadItem]) -> list[str]:
    blank = sorted({o.value for q in kept for o in q.options if o.value is not None and not o.label})
    doubts = [BLANK.format(", ".join(str(value) for value in blank))] if blank else []
    wrong = [question.code for question in kept if _outside(question)]
    if wrong:
        who = "All its questions offer" if len(wrong) == len(kept) else f"{', '.join(wrong[:6])} offer"
        doubts.append(f"{who} answers outside the range that the file itself allows.")
    return doubts


def _outside(question: ReadItem) -> bool:
    if question.bounds is None:
        return False
    low, high = question.bounds
    return any(option.value is not None and not low <= option.value <= high for option in question.options)


def _warnings_of_risk(read: ReadInstrument, told: str) -> list[str]:
    """A question about suicide must reach a human. Without a key nothing would look at its answers."""
    risky = sorted({f"{code} ({item})" for code, item in _risk_questions(read)})
    if risky and not told:
        raise HomeportError(
            f"It holds a question about risk, {risky[0]}, and fits no scoring key: without one nobody would be told "
            f"of the answers. To keep it all the same, import it with --as {LOCAL}{slug(read.title)}."
        )
    return [
        f"Nobody is alerted to the answers to {question}: it is a question about risk." for question in risky
    ]


def _risk_questions(read: ReadInstrument) -> list[tuple[str, str]]:
    by_code: dict[str, str] = {}
    by_text: dict[str, str] = {}
    for key in all_keys():
        risky = {item.id for item in key.items if item.risk}
        by_code.update({c: f"{key.id} {i.id}" for i in key.items if i.risk for c in i.codes.values()})
        by_text.update({h: f"{key.id} {i}" for h, i in items_by_fingerprint(key).items() if i in risky})
    found = []
    for question in read.items:
        known = next((by_code[code] for code in question.loinc if code in by_code), None)
        known = known or by_text.get(fingerprint(question.text))
        if known:
            found.append((question.code, known))
    return found
