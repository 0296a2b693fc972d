"""ReproSchema: a folder with an activity, its items and their answers, by reference or inline, in many languages."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from homeport.catalogue.readers.fhir_elements import mapping, objects, string
from homeport.catalogue.readers.instrument import (
    LONGEST_INSTRUCTION,
    LONGEST_LABEL,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_ITEMS,
    MOST_OPTIONS,
    NotAnInstrument,
    ReadInstrument,
    ReadItem,
    ReadOption,
    Remarks,
)
from homeport.catalogue.readers.numbering import numbers_in
from homeport.catalogue.readers.strict_json import load_json
from homeport.catalogue.readers.text import decode, whole_number, words

KIND = "reproschema"


def plain(content: Any) -> Any:
    """A JSON-LD object with the short names of its fields: `skos:prefLabel` and `schema:prefLabel` are `prefLabel`."""
    if not isinstance(content, dict):
        return content
    return {
        name if name.startswith("@") else name.rsplit(":", 1)[-1]: value for name, value in content.items()
    }


def is_activity(content: Any) -> bool:
    """Whether a JSON object is a ReproSchema activity, of an old version or a new one."""
    fields = plain(mapping(content))
    kind = f"{fields.get('category', '')} {fields.get('@type', '')}".lower()
    return "activity" in kind and isinstance(fields.get("ui"), dict)


def is_part(content: Any) -> bool:
    """Whether a JSON object is another part of ReproSchema: an item, a set of answers, a protocol."""
    fields = plain(mapping(content))
    return "reproschema" in str(fields.get("@context", "")).lower() or "schemaVersion" in fields


def read_activity(files: Mapping[str, bytes], activity: str, language: str = "") -> ReadInstrument:
    """The activity at the path ``activity`` among ``files``. Raises NotAnInstrument, as for a part that is missing."""
    remarks = Remarks()
    content = plain(_load(files, activity, remarks))
    chosen, held = _language(files, activity, content, language, remarks)
    reading = _Reading(files, activity, chosen, remarks)
    ui = plain(mapping(content.get("ui")))
    items = reading.items(_listed(ui), _properties(ui))
    texts = [
        words(_said(content.get(name), chosen), remarks, LONGEST_TITLE) for name in ("prefLabel", "altLabel")
    ]
    about = words(_said(content.get("description"), chosen), remarks, LONGEST_INSTRUCTION)[:500]
    identity = words(str(content.get("id") or content.get("@id") or ""), remarks, 2_000).rsplit("/", 1)[-1]
    reading.doubt_description(about, texts[0], identity)
    return ReadInstrument(
        kind=KIND,
        title=texts[0] or texts[1] or identity,
        names=tuple(
            dict.fromkeys(name for name in (identity, texts[1], posixpath.basename(activity)) if name)
        ),
        description=about,
        instruction=words(_said(content.get("preamble"), chosen), remarks, LONGEST_INSTRUCTION),
        language=chosen,
        languages=held,
        items=remarks.attached(items),
        dropped=tuple(remarks.dropped),
        doubts=remarks.all_doubts(),
    )


def _load(files: Mapping[str, bytes], path: str, remarks: Remarks) -> dict[str, Any]:
    content = load_json(decode(files[path], remarks), path[:80])
    if not isinstance(content, dict):
        raise NotAnInstrument(f"{path[:80]} is not a ReproSchema object.")
    return content


def _said(value: Any, language: str) -> str:
    """A text in one language: from a map, from JSON-LD's list of values, or plain."""
    if isinstance(value, list):
        pairs = [(string(one.get("@language")), string(one.get("@value"))) for one in objects(value)]
        return dict(pairs).get(language, "")
    if isinstance(value, dict):
        if "@value" in value:
            return string(value["@value"]) if value.get("@language", language) == language else ""
        return string(value.get(language))
    return string(value)


def _languages_of(value: Any) -> set[str]:
    if isinstance(value, list):
        return {string(one.get("@language")) for one in objects(value)} - {""}
    if isinstance(value, dict) and "@value" not in value:
        return {name for name, text in value.items() if isinstance(text, str) and text.strip()}
    return set()


def _language(
    files: Mapping[str, bytes], activity: str, content: dict[str, Any], wanted: str, remarks: Remarks
) -> tuple[str, tuple[str, ...]]:
    """The language to read and all that the questions come in."""
    held: set[str] = set()
    for reference in _listed(plain(mapping(content.get("ui"))))[:MOST_ITEMS]:
        path = _resolved(files, activity, reference)
        if path:
            held |= _languages_of(plain(_load(files, path, remarks)).get("question"))
    if wanted and held and wanted not in held:
        raise NotAnInstrument(f"It holds {', '.join(sorted(held))}, not {wanted}.")
    if not held:
        return wanted, ()
    if wanted or "en" in held or len(held) == 1:
        return wanted or ("en" if "en" in held else next(iter(held))), tuple(sorted(held))
    raise NotAnInstrument(f"It holds {', '.join(sorted(held))}: choose one with --language.")


def _listed(ui: dict[str, Any]) -> list[str]:
    order = ui.get("order")
    if isinstance(order, dict):
        order = order.get("@list")
    references = (
        [one if isinstance(one, str) else string(mapping(one).get("@id")) for one in order or []]
        if isinstance(order, list)
        else []
    )
    if len(references) > MOST_ITEMS:
        raise NotAnInstrument(f"The activity lists {len(references):,} items: it is no questionnaire.")
    return references


def _properties(ui: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What the activity says of each item, by the reference to it."""
    said = {string(plain(one).get("isAbout")): plain(one) for one in objects(ui.get("addProperties"))}
    visible = ui.get("visibility")
    if isinstance(visible, dict):
        for name, shown in visible.items():
            said.setdefault(name, {})["isVis"] = shown
    return said


def _resolved(files: Mapping[str, bytes], origin: str, reference: str) -> str:
    """The path of a reference from the file ``origin``, or "" where there is no such file. Never outside the folder."""
    if "://" in reference or reference.startswith(("/", "~")) or "\\" in reference:
        return ""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(origin), reference))
    if path.startswith(".."):
        return ""
    return next((known for known in (path, f"{path}.jsonld", f"{path}.json") if known in files), "")


@dataclass(slots=True)
class _Reading:
    """Reads the items of one activity in one language."""

    files: Mapping[str, bytes]
    activity: str
    language: str
    remarks: Remarks
    used: set[str] = field(default_factory=set)
    answer_sets: dict[str, dict[str, Any]] = field(default_factory=dict)  # by path: many items share one

    def items(self, order: list[str], said: dict[str, dict[str, Any]]) -> list[ReadItem]:
        if not order:
            raise NotAnInstrument("The activity lists no items in their order.")
        read: list[ReadItem] = []
        for reference in order:
            path = _resolved(self.files, self.activity, reference)
            if not path:
                raise NotAnInstrument(self._missing(reference))
            if path in self.used:
                raise NotAnInstrument(f"The activity lists {reference[:80]!r} twice.")
            self.used.add(path)
            item = self._item(path, said.get(reference, {}))
            if item is not None:
                read.append(item)
        self._drop_unlisted(order, said)
        numbers = numbers_in([item.code for item in read])
        return [
            ReadItem(item.code, item.text, item.options, number, bounds=item.bounds)
            for item, number in zip(read, numbers, strict=True)
        ]

    def _missing(self, reference: str) -> str:
        if "://" in reference:
            return f"The activity takes {reference[:120]!r} from elsewhere; fetch it into the folder first."
        return f"The activity names {reference[:80]!r}, which is not in the folder; give the whole folder."

    def _drop_unlisted(self, order: list[str], said: dict[str, dict[str, Any]]) -> None:
        for reference in said:
            if reference and reference not in order:
                self.remarks.drop(reference.rsplit("/", 1)[-1], "not asked: the activity does not list it")
                self.used.add(_resolved(self.files, self.activity, reference))
        home = posixpath.dirname(self.activity)
        folder = posixpath.join(home, "items") + "/"
        for path in sorted(self.files):
            if path.startswith(folder) and path not in self.used:
                self.remarks.drop(
                    words(path.rsplit("/", 1)[-1], self.remarks, 2_000), "not part of the activity"
                )

    def _item(self, path: str, said: dict[str, Any]) -> ReadItem | None:
        content = plain(_load(self.files, path, self.remarks))
        identity = str(content.get("id") or content.get("@id") or path)
        code = words(identity, self.remarks, 2_000).rsplit("/", 1)[-1][:120]
        ui = plain(mapping(content.get("ui")))
        text = words(_said(content.get("question"), self.language), self.remarks, LONGEST_TEXT)
        visible = said.get("isVis", True)
        if ui.get("readonlyValue") is True:
            self.remarks.drop(code, "computed from other answers")
        elif visible is False:
            self.remarks.drop(code, "hidden from the person who answers")
        elif not text:
            self.remarks.drop(code, f"it has no text{' in ' + self.language if self.language else ''}")
        else:
            if isinstance(visible, str) and visible.strip().lower() not in {"true", "1"}:
                self.remarks.doubt_item(
                    code, f"{code} is asked only under a condition in the file; Homeport asks it of everyone."
                )
            return self._answered(path, code, text, content)
        return None

    def _answered(self, path: str, code: str, text: str, content: dict[str, Any]) -> ReadItem | None:
        answers = content.get("responseOptions")
        if isinstance(answers, str):
            where = _resolved(self.files, path, answers)
            if not where:
                raise NotAnInstrument(
                    f"{code} takes its answers from {answers[:120]!r}, which is not in the folder."
                )
            if where not in self.answer_sets:
                self.answer_sets[where] = _load(self.files, where, self.remarks)
            answers = self.answer_sets[where]
        held = plain(mapping(answers))
        choices = held.get("choices")
        if isinstance(choices, str):
            raise NotAnInstrument(
                f"{code} takes its choices from {choices[:120]!r}; they must be in the folder."
            )
        if held.get("multipleChoice") is True:
            self.remarks.drop(code, "several answers at once")
            return None
        options = tuple(self._option(choice) for choice in objects(choices))
        if len(options) > MOST_OPTIONS:
            raise NotAnInstrument(
                f"{code} offers {len(options)} answers; at most {MOST_OPTIONS} can be shown."
            )
        if not options:
            self.remarks.drop(code, "a free text or number without answers to choose from")
            return None
        low, high = whole_number(held.get("minValue")), whole_number(held.get("maxValue"))
        return ReadItem(
            code, text, options, bounds=(low, high) if low is not None and high is not None else None
        )

    def _option(self, choice: dict[str, Any]) -> ReadOption:
        fields = plain(choice)
        value = fields.get("value", fields.get("@value"))
        label = words(_said(fields.get("name"), self.language), self.remarks, LONGEST_LABEL)
        return ReadOption(
            whole_number(value), label, str(value)[:40] if isinstance(value, (str, int)) else ""
        )

    def doubt_description(self, about: str, title: str, identity: str) -> None:
        """Doubt a description that shares no word with the title: it may have been copied from another instrument."""
        small = {
            "the",
            "of",
            "and",
            "schema",
            "assessment",
            "scale",
            "questionnaire",
            "activity",
            "for",
            "in",
            "a",
        }
        described = {word for word in about.lower().replace("-", " ").split() if word not in small}
        named = set(f"{title} {identity}".lower().replace("-", " ").replace("_", " ").split())
        glued = "".join(sorted(named))
        if described and title and not described & named and not any(word in glued for word in described):
            self.remarks.doubt(
                f"It is called “{title}” but described as “{about[:80]}”: the description is another's."
            )
