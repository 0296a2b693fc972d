"""FHIR: a Questionnaire of R4, also of R5 and STU3, alone or in a Bundle with its value sets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from homeport.catalogue.readers.fhir_elements import (
    extensions,
    has_extension,
    loinc_codes,
    mapping,
    objects,
    said,
    string,
    translations,
)
from homeport.catalogue.readers.fhir_options import Answers
from homeport.catalogue.readers.instrument import (
    LONGEST_INSTRUCTION,
    LONGEST_TEXT,
    LONGEST_TITLE,
    NotAnInstrument,
    ReadInstrument,
    ReadItem,
    Remarks,
)
from homeport.catalogue.readers.numbering import leading_numbers, numbers_in
from homeport.catalogue.readers.text import whole_number, words

KIND = "fhir"
_NOT_QUESTIONS = {
    "string": "a free text",
    "text": "a free text",
    "date": "a date",
    "dateTime": "a date",
    "time": "a time",
    "url": "an address",
    "attachment": "an upload",
    "reference": "a reference to another record",
    "quantity": "a measured quantity",
    "decimal": "a free number without answers to choose from",
    "integer": "a free number without answers to choose from",
}
_WITH_ANSWERS = {"choice", "open-choice", "coding", "boolean"}


def read_fhir(content: dict[str, Any], language: str = "", remarks: Remarks | None = None) -> ReadInstrument:
    """A Questionnaire, or the one in a Bundle. Raises NotAnInstrument for other resources and for what is not understood."""
    questionnaire, others = _questionnaire(content)
    remarks = remarks or Remarks()
    _check_modifiers(questionnaire)
    base = string(questionnaire.get("language"))
    held = sorted({*_translated(questionnaire), *([base] if base else [])})
    if language and held and language not in held:
        raise NotAnInstrument(f"It holds {', '.join(held)}, not {language}.")
    # A file that does not say its language is taken to be in the one that was asked for.
    chosen = language if language in held else base
    answers = Answers(_value_sets(questionnaire, others), chosen, base, remarks)
    walk = _Walk(answers, chosen, base, remarks)
    walk.through(questionnaire)
    items = walk.numbered()

    def text(name: str, longest: int) -> str:
        return words(said(questionnaire, name, chosen, base) or questionnaire.get(name), remarks, longest)

    if string(questionnaire.get("status")) in {"retired", "entered-in-error"}:
        remarks.doubt(f"Its publisher marks it as {questionnaire['status']}.")
    return ReadInstrument(
        kind=KIND,
        title=text("title", LONGEST_TITLE) or text("name", LONGEST_TITLE),
        names=tuple(n for f in ("name", "id") if (n := words(questionnaire.get(f), remarks, 300))),
        codes=(*loinc_codes(questionnaire), *_loinc_links(questionnaire)),
        description=text("description", LONGEST_INSTRUCTION)[:500],
        instruction=walk.instruction,
        language=chosen,
        languages=tuple(held),
        licence=text("copyright", LONGEST_INSTRUCTION),
        items=remarks.attached(items),
        dropped=tuple(remarks.dropped),
        doubts=remarks.all_doubts(),
    )


def _questionnaire(content: dict[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    kind = string(content.get("resourceType"))
    if kind == "Questionnaire":
        return content, []
    if kind == "QuestionnaireResponse":
        raise NotAnInstrument("This holds somebody's answers, not a questionnaire.")
    if kind != "Bundle":
        raise NotAnInstrument(f"This is a FHIR {kind[:40] or 'resource'}, not a Questionnaire.")
    inside = [mapping(entry.get("resource")) for entry in objects(content.get("entry"))]
    found = [one for one in inside if one.get("resourceType") == "Questionnaire"]
    if len(found) != 1:
        raise NotAnInstrument(f"The FHIR Bundle holds {len(found)} questionnaires; give one.")
    return found[0], inside


def _check_modifiers(questionnaire: dict[str, Any]) -> None:
    """FHIR forbids working with an element whose modifier one does not know: it may turn the meaning round."""
    if questionnaire.get("implicitRules"):
        raise NotAnInstrument(
            "It follows rules kept elsewhere (implicitRules), which may change what it means."
        )
    for element in [questionnaire, *_all_items(questionnaire)]:
        if element.get("modifierExtension"):
            where = string(element.get("linkId"))[:60] or "It"
            raise NotAnInstrument(f"{where} carries a modifier that may change what it means, unknown here.")


def _all_items(element: dict[str, Any]) -> Iterator[dict[str, Any]]:
    waiting = objects(element.get("item"))
    while waiting:
        item = waiting.pop()
        yield item
        waiting += objects(item.get("item"))


def _translated(questionnaire: dict[str, Any]) -> set[str]:
    found = {language for language, _ in translations(questionnaire, "title")}
    for item in _all_items(questionnaire):
        found |= {language for language, _ in translations(item, "text")}
    return found - {""}


def _loinc_links(questionnaire: dict[str, Any]) -> tuple[str, ...]:
    listed = questionnaire.get("derivedFrom")
    links = [string(link) for link in listed] if isinstance(listed, list) else []
    return tuple(
        found[1] for link in links if (found := re.fullmatch(r"https?://loinc\.org/q/(\d+-\d)", link))
    )


def _value_sets(questionnaire: dict[str, Any], others: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    sets: dict[str, dict[str, Any]] = {}
    for held in [*others, *objects(questionnaire.get("contained"))]:
        if held.get("resourceType") == "ValueSet":
            sets["#" + string(held.get("id"))] = held
            sets["ValueSet/" + string(held.get("id"))] = held
            sets[string(held.get("url"))] = held
        elif held.get("resourceType") == "CodeSystem":
            sets["system:" + string(held.get("url"))] = held
    sets.pop("", None)
    return sets


@dataclass(slots=True)
class _Walk:
    """Goes through the items in reading order, keeping questions and saying why it drops the rest."""

    answers: Answers
    language: str
    base: str
    remarks: Remarks
    items: list[ReadItem] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    instruction: str = ""

    def through(self, element: dict[str, Any]) -> None:
        for item in objects(element.get("item")):
            code = words(item.get("linkId"), self.remarks, 300)
            if not code or code in self.seen:
                what = f"The link id {code!r} is there twice" if code else "A question has no link id"
                raise NotAnInstrument(f"{what}: which answer belongs to which question cannot be told.")
            self.seen.add(code)
            if self._hidden(item):
                self._drop_all(item, code, "hidden from the person who answers")
                continue
            self._one(code, item)
            self.through(item)

    def _one(self, code: str, item: dict[str, Any]) -> None:
        kind = string(item.get("type"))
        text = words(said(item, "text", self.language, self.base), self.remarks, LONGEST_TEXT * 2)
        if kind in {"group", "question"} and not item.get("answerOption"):
            if not objects(item.get("item")):
                self.remarks.drop(code, "an empty group")
        elif kind == "display":
            self._display(code, text)
        elif (why := self._no_question(item, kind)) is not None:
            self.remarks.drop(code, why)
        elif not text:
            self.remarks.drop(code, "it has no text" + (f" in {self.language}" if self.language else ""))
        else:
            self._doubt_about(code, item)
            bounds = [whole_number(dict(extensions(item)).get(name)) for name in ("minValue", "maxValue")]
            low, high = bounds
            limits = (low, high) if low is not None and high is not None else None
            number = whole_number(re.sub(r"[^\d]", "", string(item.get("prefix"))))
            self.items.append(
                ReadItem(code, text, self.answers.of(code, item), number, loinc_codes(item), limits)
            )

    def _no_question(self, item: dict[str, Any], kind: str) -> str | None:
        if item.get("readOnly") is True or has_extension(item, "calculatedExpression"):
            return "computed from other answers"
        if item.get("repeats") is True:
            return "several answers at once"
        if any(item.get(name) for name in ("answerOption", "answerValueSet", "option", "options")):
            return None
        if kind in _WITH_ANSWERS:
            return None
        return _NOT_QUESTIONS.get(kind, f"of an unknown kind ({kind[:40] or 'none'})")

    def _doubt_about(self, code: str, item: dict[str, Any]) -> None:
        if item.get("enableWhen") or has_extension(item, "enableWhenExpression"):
            self.remarks.doubt_item(
                code, f"{code} is asked only under a condition in the file; Homeport asks it of everyone."
            )
        if string(item.get("type")) == "open-choice":
            self.remarks.doubt_item(
                code, f"{code} allows words of one's own beside its answers; Homeport does not."
            )

    def _display(self, code: str, text: str) -> None:
        if text and not self.items and len(self.instruction) + len(text) < LONGEST_INSTRUCTION:
            self.instruction = f"{self.instruction} {text}".strip()
        else:
            self.remarks.drop(code, f"a line of text, not a question: “{text[:60]}”")

    def _hidden(self, item: dict[str, Any]) -> bool:
        return has_extension(item, "questionnaire-hidden")

    def _drop_all(self, item: dict[str, Any], code: str, why: str) -> None:
        self.remarks.drop(code, why)
        for inner in _all_items(item):
            self.remarks.drop(words(inner.get("linkId"), self.remarks, 300), why)

    def numbered(self) -> list[ReadItem]:
        """The questions with the numbers that the file gives them: as a prefix, in the text, or in the link id."""
        texts, leading = leading_numbers([item.text for item in self.items])
        counted = numbers_in([item.code for item in self.items])
        prefixed = any(item.number is not None for item in self.items)
        read = []
        for item, text, before, inside in zip(self.items, texts, leading, counted, strict=True):
            number = item.number if prefixed else (inside if before is None else before)
            read.append(ReadItem(item.code, text, item.options, number, item.loinc, item.bounds))
        return read
