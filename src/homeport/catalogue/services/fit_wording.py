"""Join what a file says to a shipped key: kept, dropped, doubted, or refused with the difference. Writes nothing."""

import re
from collections.abc import Sequence

from homeport.catalogue.doubts import told_once
from homeport.catalogue.fit import Fit, Kept
from homeport.catalogue.fitting_answers import fit_answers
from homeport.catalogue.joining import WordingRefused, join
from homeport.catalogue.languages import looks_like, may_be, same_language
from homeport.catalogue.readers.instrument import Dropped, NotAnInstrument, ReadInstrument
from homeport.catalogue.recognising import OWN_BANK, Recognition, another_name, recognise
from homeport.catalogue.unkeyed import LOCAL, fit_unkeyed, slug
from homeport.content.instruments import Key, Wording, WordingSource, load_key, misfits
from homeport.core.errors import HomeportError


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
    local = name.lower().startswith(LOCAL)
    recognition = _recognition(read, "" if local else name, same_language(tongue, "en"), local)
    key = recognition.key
    doubts += recognition.doubts
    if key is None:
        return fit_unkeyed(read, tongue, source, doubts, told=name if local else "")
    doubts += another_name(key, read, english=same_language(tongue, "en"))
    try:
        return _keyed(read, key, tongue, source, order, doubts)
    except WordingRefused as refusal:
        if name or recognition.by != "texts" or _calls_itself(read, key):
            raise _with_way_out(refusal, "" if name else read.title) from None
        doubts.append(
            f"Some of its texts are those of {key.id}, which it does not fit, so it is kept apart: "
            f"{' '.join(refusal.differences[:2])}"
        )
        return fit_unkeyed(read, tongue, source, doubts)


def _recognition(read: ReadInstrument, name: str, english: bool, local: bool) -> Recognition:
    if local:
        return Recognition(None)
    if not name:
        return recognise(read, english=english)
    key = load_key(name)
    if key.id == OWN_BANK:
        raise HomeportError("Homeport's own questions come with it; nothing is installed over them.")
    return Recognition(key, "name")


def _with_way_out(refusal: WordingRefused, title: str) -> WordingRefused:
    hint = f"If it is another instrument, import it with --as {LOCAL}{slug(title)}." if title else ""
    return WordingRefused(refusal.key, refusal.differences, hint)


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
        doubts=told_once(all_doubts, [question.code for question in read.items]),
        recognised=found.recognised,
    )


def _restriction(key: Key) -> str:
    return f"Licence of the {key.abbreviation}, for you to check: {key.licence.statement}"
