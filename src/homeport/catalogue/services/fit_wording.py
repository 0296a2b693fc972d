"""Join what a file says to a shipped key: kept, dropped, doubted, or refused with the difference. Writes nothing."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from homeport.catalogue.fingerprints import fingerprint, items_by_fingerprint
from homeport.catalogue.fitting_answers import BLANK, fit_answers, unkeyed_labels
from homeport.catalogue.joining import WordingRefused, join
from homeport.catalogue.languages import looks_like, may_be, same_language
from homeport.catalogue.readers.instrument import Dropped, NotAnInstrument, ReadInstrument, ReadItem
from homeport.catalogue.recognising import OWN_BANK, Recognition, recognise
from homeport.content.instruments import Key, Wording, WordingSource, all_keys, load_key, misfits
from homeport.core.errors import HomeportError

LOCAL = "local."


@dataclass(frozen=True, slots=True)
class Kept:
    """An item and the name that its question has in the file."""

    item: str
    source: str


@dataclass(frozen=True, slots=True)
class Fit:
    """A wording that may be installed. ``key`` is None for one without scores (``local.…``)."""

    wording: Wording
    key: Key | None
    title: str
    kind: str
    languages: tuple[str, ...]
    kept: tuple[Kept, ...]
    dropped: tuple[Dropped, ...]
    doubts: tuple[str, ...]
    recognised: int  # items whose text is known as theirs


def fit_wording(
    read: ReadInstrument,
    *,
    source: WordingSource,
    name: str = "",
    language: str = "",
    order: str = "",
    known: Sequence[str] = (),
) -> Fit:
    """Fit an instrument to the key called ``name``, or to the one it is recognised as; to none under ``local.…``.

    ``language`` is what a person says the texts are in; ``order`` names an order of the key; ``known`` are the faults on
    record of this very file. Raises WordingRefused with the differences, Ambiguous, NotAnInstrument or ContentError, each
    in one sentence.
    """
    tongue, doubts = _language(read, language)
    doubts += [f"Known of this file: {fault}" for fault in known]
    english = same_language(tongue, "en")
    local = name.lower().startswith(LOCAL)
    if local:
        recognition = Recognition(None)
    elif name:
        recognition = Recognition(load_key(name), "name")
        if recognition.key is not None and recognition.key.id == OWN_BANK:
            raise HomeportError("Homeport's own questions come with it; nothing is installed over them.")
    else:
        recognition = recognise(read, english=english)
    doubts += recognition.doubts
    if recognition.key is None:
        return _unkeyed(read, name if local else "", tongue, source, doubts, told=local)
    try:
        return _keyed(read, recognition.key, tongue, source, order, doubts)
    except WordingRefused as refusal:
        if name or recognition.by != "texts" or _calls_itself(read, recognition.key):
            hint = (
                "" if name else f"If it is another instrument, import it with --as {LOCAL}{slug(read.title)}."
            )
            raise WordingRefused(refusal.key, refusal.differences, hint) from None
        doubts.append(
            f"Its texts are partly those of {recognition.key.id}, but: {' '.join(refusal.differences[:2])}"
        )
        return _unkeyed(read, "", tongue, source, doubts, told=False)


def _calls_itself(read: ReadInstrument, key: Key) -> bool:
    try:
        other = recognise(ReadInstrument(read.kind, read.title, (), names=read.names))
    except HomeportError:
        return True
    return other.key == key


def _language(read: ReadInstrument, said: str) -> tuple[str, list[str]]:
    """The language of the texts. Raises NotAnInstrument where the file does not say and the texts are not English."""
    seems = looks_like([item.text for item in read.items])
    told = said or read.language
    if told:
        doubts = []
        if not may_be(seems, told):
            doubts.append(f"It is said to be in {told}, but its questions read like {seems}.")
        tag = told.lower().replace("_", "-")
        if re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}", tag) is None:
            raise NotAnInstrument(f"{told[:40]!r} is not a language tag, such as en or pt-br.")
        return tag, doubts
    if seems and seems != "en":
        raise NotAnInstrument(
            f"The file does not say its language, and reads like {seems}: say --language {seems}."
        )
    return "en", [] if seems == "en" else ["The file does not say its language; it was taken for English."]


def _keyed(
    read: ReadInstrument, key: Key, language: str, source: WordingSource, order: str, doubts: Sequence[str]
) -> Fit:
    english = same_language(language, "en")
    found = join(read.items, key, english=english, order=order)
    answers = fit_answers(key, found.pairs, english=english)
    if answers.differences:
        raise WordingRefused(key, answers.differences)
    wording = Wording(
        instrument=key.id,
        key_version=key.version,
        language=language,
        format=answers.format,
        instruction=read.instruction,
        items={item: question.text for item, question in found.pairs.items()},
        options=answers.options,
        item_options=answers.item_options,
        source=source,
    )
    left = misfits(wording, key)
    if left:
        raise WordingRefused(key, left)
    about = [doubt for question in found.pairs.values() for doubt in question.doubts]
    all_doubts = [*doubts, *read.doubts, *found.doubts, *about, *answers.doubts]
    all_doubts += [_restriction(key)] if key.licence.ship_wording in {"ask", "no", "non-commercial"} else []
    return Fit(
        wording=wording,
        key=key,
        title=key.title,
        kind=read.kind,
        languages=read.languages,
        kept=tuple(Kept(item, question.code) for item, question in found.pairs.items()),
        dropped=(
            *read.dropped,
            *found.dropped,
            *(Dropped(what, why) for what, why in answers.dropped.items()),
        ),
        doubts=tuple(dict.fromkeys(all_doubts)),
        recognised=found.recognised,
    )


def _restriction(key: Key) -> str:
    return f"Licence of the {key.abbreviation}, for you to check: {key.licence.statement}"


def slug(text: str) -> str:
    """A name for an unkeyed instrument: lower-case letters, digits and single dashes; "questionnaire" where none is left."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:60].strip("-") or "questionnaire"


def _unkeyed(
    read: ReadInstrument, name: str, language: str, source: WordingSource, doubts: list[str], *, told: bool
) -> Fit:
    """Take over an instrument without a key: its words and answers, no scores. Never where a risk question is in it."""
    _check_risk(read, told, doubts)
    short = min((n for n in read.names if 1 < len(n) < 40), key=len, default="")
    identity = LOCAL + slug(name[len(LOCAL) :] if name else short or read.title)
    labels = {}
    dropped = list(read.dropped)
    for question in read.items:
        answers, why = unkeyed_labels(question)
        if answers is None:
            dropped.append(Dropped(question.code, why))
        else:
            labels[question.code] = answers
    if not labels:
        raise NotAnInstrument("None of its questions has answers with numbers, so nothing could be kept.")
    kept = [question for question in read.items if question.code in labels]
    doubts.insert(0, f"Homeport has no scoring key for it: it is kept as {identity}, without scores.")
    if any(not option.label for question in kept for option in question.options):
        values = sorted({o.value for q in kept for o in q.options if o.value is not None and not o.label})
        doubts.append(BLANK.format(", ".join(str(value) for value in values)))
    doubts += [
        *read.doubts,
        *(doubt for question in kept for doubt in question.doubts),
        *_bounds_doubts(kept),
    ]
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
    return Fit(
        wording=wording,
        key=None,
        title=read.title or identity,
        kind=read.kind,
        languages=read.languages,
        kept=tuple(Kept(question.code, question.code) for question in kept),
        dropped=tuple(dropped),
        doubts=tuple(dict.fromkeys(doubts)),
        recognised=0,
    )


def _bounds_doubts(kept: Sequence[ReadItem]) -> list[str]:
    wrong = [
        question.code
        for question in kept
        if question.bounds
        and any(
            o.value is not None and not question.bounds[0] <= o.value <= question.bounds[1]
            for o in question.options
        )
    ]
    if not wrong:
        return []
    who = "All its questions offer" if len(wrong) == len(kept) else f"{', '.join(wrong[:6])} offer"
    return [f"{who} answers outside the range that the file itself allows."]


def _check_risk(read: ReadInstrument, told: bool, doubts: list[str]) -> None:
    """A question about suicide must reach a human. Without a key nothing would look at its answers."""
    risky = sorted({f"{code} ({item})" for code, item in _risk_questions(read)})
    if risky and not told:
        raise HomeportError(
            f"It holds a question about risk, {risky[0]}, and fits no scoring key: without one nobody would be told "
            f"of the answers. To keep it all the same, import it with --as {LOCAL}{slug(read.title)}."
        )
    doubts += [
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
