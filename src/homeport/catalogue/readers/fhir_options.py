"""The answers of a FHIR question: listed beside it, in a value set, or in a list that LOINC keeps."""

import re
from dataclasses import dataclass
from typing import Any

from homeport.catalogue import known_answers
from homeport.catalogue.readers.fhir_elements import extensions, mapping, objects, said, string
from homeport.catalogue.readers.instrument import (
    LONGEST_LABEL,
    MOST_OPTIONS,
    NotAnInstrument,
    ReadOption,
    Remarks,
)
from homeport.catalogue.readers.text import whole_number, words

_WEIGHTS = {
    "ordinalValue",
    "questionnaire-ordinalValue",
    "itemWeight",
    "codesystem-ordinalValue",
    "iso21090-CO-value",
}
_PREFIXES = {"questionnaire-optionPrefix", "optionPrefix"}


@dataclass(frozen=True, slots=True)
class Answers:
    """Reads the answers of one questionnaire's questions, in one language."""

    sets: dict[str, dict[str, Any]]  # value sets in the file, by "#id" and by address
    language: str
    base: str
    remarks: Remarks

    def of(self, code: str, item: dict[str, Any]) -> tuple[ReadOption, ...]:
        """The answers of one question; () where the file does not have them. Raises NotAnInstrument."""
        listed = objects(item.get("answerOption")) or objects(item.get("option"))  # STU3 calls it `option`
        address = string(item.get("answerValueSet")) or string(mapping(item.get("options")).get("reference"))
        if not listed and address:
            return self._of_set(code, address)
        if not listed and string(item.get("type")) == "boolean":
            self.remarks.doubt_item(code, f"{code} is a yes-or-no question; its labels are not in the file.")
            return ReadOption(0, "No"), ReadOption(1, "Yes")
        if len(listed) > MOST_OPTIONS:
            raise NotAnInstrument(
                f"{code} offers {len(listed)} answers; at most {MOST_OPTIONS} can be shown."
            )
        if any(option.get("initialSelected") is True for option in listed) or item.get("initial"):
            self.remarks.doubt_item(
                code, f"{code} has an answer filled in beforehand; Homeport never does that."
            )
        return self._valued(code, [self._option(code, option) for option in listed])

    def _option(self, code: str, option: dict[str, Any]) -> tuple[ReadOption, str]:
        coding = mapping(option.get("valueCoding"))
        plain = next((value for field, value in option.items() if field.startswith("value")), None)
        label = said(coding, "display", self.language, self.base) if coding else ""
        if not coding and isinstance(plain, (str, int)) and not isinstance(plain, bool):
            label = str(plain)
        weight = self._weight(code, label, [option, coding, mapping(option.get("_valueInteger"))])
        if weight is None and "valueInteger" in option:
            weight = whole_number(option["valueInteger"])
        prefix = next((string(value) for name, value in extensions(option) if name in _PREFIXES), "")
        return self._read(weight, label, string(coding.get("code"))), prefix

    def _read(self, weight: int | None, label: str, code: str) -> ReadOption:
        if weight is None:
            weight = known_answers.answer_values().get(code)
        shown = words(label, self.remarks, LONGEST_LABEL)
        return ReadOption(weight, shown, words(code, self.remarks, 1_000)[:60])

    def _weight(self, code: str, label: str, places: list[dict[str, Any]]) -> int | None:
        given = [value for place in places for name, value in extensions(place) if name in _WEIGHTS]
        weights = {whole_number(value) for value in given}
        if None in weights:
            self.remarks.doubt_item(code, f"{code} weighs an answer with something that is no whole number.")
            return None
        if len(weights) > 1:
            shown = " and ".join(str(weight) for weight in sorted(w for w in weights if w is not None))
            raise NotAnInstrument(f"{code} gives one answer the weights {shown}: “{label[:40]}”.")
        return weights.pop() if weights else None

    def _valued(self, code: str, read: list[tuple[ReadOption, str]]) -> tuple[ReadOption, ...]:
        options = tuple(option for option, _ in read)
        codes = [whole_number(option.code) for option in options]
        if not any(option.value is not None for option in options):
            prefixes = [whole_number(prefix) for _, prefix in read]
            labels = [_leading(option.label) for option in options]
            for values, what in ((codes, "codes"), (prefixes, "prefixes"), (labels, "labels")):
                if values and None not in values and len(set(values)) == len(values):
                    self.remarks.doubt(
                        f"Answers carry no weight; the numbers in their {what} were taken for it."
                    )
                    pairs = zip(options, values, strict=True)
                    return tuple(ReadOption(value, option.label, option.code) for option, value in pairs)
        elif None not in codes and codes != [option.value for option in options]:
            self.remarks.doubt_item(
                code, f"{code} codes its answers {_run(codes)} but weighs them otherwise; weights count."
            )
        return options

    def _of_set(self, code: str, address: str) -> tuple[ReadOption, ...]:
        held = self.sets.get(address) or self.sets.get(address.split("|", maxsplit=1)[0])
        if held is None:
            known = known_answers.answer_list(address)
            shown = words(address, self.remarks, 2_000)[-60:]
            if not known:
                self.remarks.doubt_item(
                    code, f"The answers of {code} are in a list that is not in the file: {shown}."
                )
                return ()
            self.remarks.doubt(
                f"The answers are in a list that is not in the file ({shown}); the English labels and the "
                "values that LOINC publishes for it were used."
            )
            return tuple(ReadOption(answer.value, answer.label, answer.code) for answer in known)
        concepts = list(_concepts(held, self.sets))
        if len(concepts) > MOST_OPTIONS:
            raise NotAnInstrument(
                f"{code} offers {len(concepts)} answers; at most {MOST_OPTIONS} can be shown."
            )
        read = []
        for concept in concepts:
            label = said(concept, "display", self.language, self.base)
            weight = self._weight(code, label, [concept])
            read.append((self._read(weight, label, string(concept.get("code"))), ""))
        return self._valued(code, read)


def _concepts(held: dict[str, Any], sets: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    expanded = objects(mapping(held.get("expansion")).get("contains"))
    if expanded:
        return expanded
    concepts: list[dict[str, Any]] = []
    for part in objects(mapping(held.get("compose")).get("include")):
        system = sets.get("system:" + string(part.get("system")), {})
        concepts += objects(part.get("concept")) or objects(system.get("concept"))
    return concepts


def _leading(label: str) -> int | None:
    found = re.match(r"\s*(-?\d{1,2})\s*[-=:.)–]\s*\S", label, re.ASCII)
    return int(found[1]) if found else None


def _run(values: list[int | None]) -> str:
    return ", ".join(str(value) for value in values[:8])
