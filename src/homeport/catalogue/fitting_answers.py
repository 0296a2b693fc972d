"""Whether the answers of a file are those of a key: the values, the way the labels run, the lowest label."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from homeport.catalogue import known_answers
from homeport.catalogue.readers.instrument import ReadItem, ReadOption
from homeport.content.instruments import AnswerScale, Key

# Values that stand for "no answer" all over: dropped from the answers, since Homeport lets a person leave one out.
_NO_ANSWER_VALUES = {-1, -7, -8, -9, -77, -88, -98, -99, -888, -999, 77, 88, 98, 99, 777, 888, 998, 999}
BLANK = "Answers without words ({}) are shown as their number."
Labels = dict[int, str]


@dataclass(slots=True)
class AnswerFit:
    """The response format that fits, labels by answer scale and by item, and what to look at."""

    format: str = ""
    options: dict[str, Labels] = field(default_factory=dict)
    item_options: dict[str, Labels] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    dropped: dict[str, str] = field(default_factory=dict)  # answer -> why
    differences: list[str] = field(default_factory=list)


def fit_answers(key: Key, pairs: Mapping[str, ReadItem], *, english: bool) -> AnswerFit:
    """Fit the answers of each item to the key; ``differences`` is empty when they do."""
    fit = AnswerFit()
    labels = {item: _labels(question, key, item, fit) for item, question in pairs.items()}
    if fit.differences:
        if len(fit.differences) == len(pairs) > 1:
            fit.differences = [f"None of its questions has answers that can be used: {fit.differences[0]}"]
        return fit
    fit.format, differences = _format(key, labels)
    if differences:
        fit.differences = differences
        return fit
    if fit.format != key.formats[0]:
        given, usual = (key.answer_scales[name] for name in (fit.format, key.formats[0]))
        fit.doubts.append(f"Its answers run {_run(given.values)}; the usual form runs {_run(usual.values)}.")
    _doubt_bounds(key, pairs, fit)
    _check_direction(key, labels, pairs, fit, english)
    _gather(key, labels, fit)
    return fit


def _labels(question: ReadItem, key: Key, item: str, fit: AnswerFit) -> Labels:
    """Value -> label of one question. Two neighbouring answers of one value are shown as one."""
    allowed = {value for scale in _scales(key, item) for value in scale.values}
    options = _without_no_answer(question, allowed, fit)
    if not options:
        fit.differences.append(f"{question.code} comes without answers.")
        return {}
    if any(option.value is None for option in options):
        shown = next(option.label for option in options if option.value is None)
        fit.differences.append(f"{question.code} gives no whole number for the answer “{shown[:40]}”.")
        return {}
    values = [option.value for option in options if option.value is not None]
    blank = [option.value for option in options if option.value is not None and not option.label]
    if {min(values), max(values)} & set(blank):
        fit.differences.append(f"{question.code} has no words for its lowest or highest answer.")
    elif blank:
        fit.doubts.append(BLANK.format(_list(blank)))
    if (
        sorted(values) != values
        and sorted(values, reverse=True) != values
        and len(set(values)) == len(values)
    ):
        fit.doubts.append(f"{question.code} lists its answers out of order ({_list(values)}).")
    twice = [value for value, count in Counter(values).items() if count > 1]
    labels: Labels = {}
    for option in options:
        if option.value is not None:
            label = option.label or str(option.value)
            labels[option.value] = _joined(labels.get(option.value), label)
    for value in twice:
        together = values.index(value) + values.count(value) == len(values) - values[::-1].index(value)
        if not together or {option.label for option in options if option.value == value} == {labels[value]}:
            fit.differences.append(f"{question.code} gives several answers the value {value}.")
        else:
            fit.doubts.append(
                f"{question.code} has {values.count(value)} answers worth {value}; they are shown as one: “{labels[value]}”."
            )
    return labels


def _joined(before: str | None, label: str) -> str:
    return label if before is None or before == label else f"{before} / {label}"


def _scales(key: Key, item: str) -> list[AnswerScale]:
    own = key.item(item).answers
    return [key.answer_scales[name] for name in ([own] if own else key.formats)]


def _without_no_answer(question: ReadItem, allowed: set[int], fit: AnswerFit) -> tuple[ReadOption, ...]:
    kept = []
    for option in question.options:
        if option.value in _NO_ANSWER_VALUES and option.value not in allowed:
            what = f"answer {option.value} “{option.label[:40]}”"
            fit.dropped[what] = "it stands for no answer; in Homeport a question is simply left out"
        else:
            kept.append(option)
    return tuple(kept)


def _format(key: Key, labels: Mapping[str, Labels]) -> tuple[str, list[str]]:
    """The first response format that every item fits, else the differences to the nearest one."""
    misfits = {name: _value_differences(key, labels, name) for name in key.formats}
    best = min(misfits, key=lambda name: (len(misfits[name]), key.formats.index(name)))
    return best, misfits[best]


def _value_differences(key: Key, labels: Mapping[str, Labels], name: str) -> list[str]:
    found: dict[str, list[str]] = {}
    for item, offered in labels.items():
        scale = key.answers_for(item, name)
        if set(offered) != set(scale.values):
            difference = f"offers the answers {_run(sorted(offered))} where the key has {_run(scale.values)}"
            found.setdefault(difference, []).append(item)
    return [f"{_who(items, len(labels))} {difference}." for difference, items in found.items()]


def _who(names: list[str], of: int) -> str:
    return (
        "every item" if len(names) == of else ", ".join(names[:6]) + (" and others" if len(names) > 6 else "")
    )


def _run(values: tuple[int, ...] | list[int]) -> str:
    whole = list(values) == list(range(values[0], values[-1] + 1)) and len(values) > 2
    return f"{values[0]} to {values[-1]}" if whole else _list(values)


def _list(values: tuple[int, ...] | list[int]) -> str:
    return ", ".join(str(value) for value in values)


def _doubt_bounds(key: Key, pairs: Mapping[str, ReadItem], fit: AnswerFit) -> None:
    wrong: dict[tuple[int, int], list[str]] = {}
    for item, question in pairs.items():
        scale = key.answers_for(item, fit.format)
        if question.bounds and question.bounds != (scale.minimum, scale.maximum):
            wrong.setdefault(question.bounds, []).append(question.code)
    for (low, high), codes in wrong.items():
        who = "Its questions allow" if len(codes) == len(pairs) else f"{', '.join(codes[:6])} allow"
        fit.doubts.append(
            f"{who} {low} to {high} but offer other answers; the answers fit the key and were used."
        )


def _check_direction(
    key: Key, labels: Mapping[str, Labels], pairs: Mapping[str, ReadItem], fit: AnswerFit, english: bool
) -> None:
    """Refuse labels that run against the key's values or out of step; doubt where they cannot be judged."""
    way = known_answers.direction(key.id)
    against: dict[str, list[str]] = {}
    for item, offered in labels.items():
        values = sorted(offered)
        misnumbered = [value for value in values if _stated(offered[value]) not in (None, value)]
        if misnumbered:
            shown = offered[misnumbered[0]][:40]
            fit.differences.append(
                f"{pairs[item].code} gives the answer “{shown}” the value {misnumbered[0]}."
            )
        if not way or key.item(item).answers:
            continue
        ranked = known_answers.ranks([offered[value] for value in values])
        known = [rank if way == "up" else -rank for rank in ranked if rank is not None]
        shown = ", ".join(f"{value} “{offered[value][:30]}”" for value in values)
        if len(known) > 1 and known != sorted(known):
            against.setdefault(shown, []).append(pairs[item].code)
        elif len(known) < 2:
            fit.doubts.append(f"Check that its answers run the right way: {shown}.")
    fit.differences += [
        f"The answers of {_who(codes, len(pairs))} run against the key: {shown}."
        for shown, codes in against.items()
    ]
    _check_lowest(key, labels, fit, english)


def _stated(label: str) -> int | None:
    """The value that a label itself begins with: 2 of "2 = Often"."""
    parts = label.replace("=", " = ").split()
    return int(parts[0]) if len(parts) > 2 and parts[1] == "=" and parts[0].lstrip("-").isdecimal() else None


def _check_lowest(key: Key, labels: Mapping[str, Labels], fit: AnswerFit, english: bool) -> None:
    right, wrong = known_answers.lowest_label(key.id)
    if not right or not english:
        return
    lowest = {
        known_answers.bare(offered[min(offered)])
        for item, offered in labels.items()
        if not key.item(item).answers
    }
    for label in sorted(lowest - {right}):
        if label in wrong:
            fit.differences.append(
                f"Its lowest answer reads “{label}”, a mistake that circulates; {key.abbreviation} has “{right}”."
            )
        else:
            fit.doubts.append(f"Its lowest answer reads “{label[:40]}”; {key.abbreviation} has “{right}”.")


def _gather(key: Key, labels: Mapping[str, Labels], fit: AnswerFit) -> None:
    """Labels that most items of an answer scale share go to the scale; the others stay with their items."""
    by_scale: dict[str, list[str]] = {}
    for item in labels:
        by_scale.setdefault(key.answers_for(item, fit.format).name, []).append(item)
    for name, items in by_scale.items():
        counted = Counter(tuple(sorted(labels[item].items())) for item in items)
        fit.options[name] = dict(counted.most_common(1)[0][0])
        fit.item_options.update({item: labels[item] for item in items if labels[item] != fit.options[name]})
    fit.doubts = list(dict.fromkeys(fit.doubts))


def unkeyed_labels(question: ReadItem) -> tuple[Labels | None, str]:
    """Value -> label of a question without a key, or None with the reason: values missing or given twice."""
    values = [option.value for option in question.options]
    if not values:
        return None, "it comes without answers"
    if None in values:
        return None, "its answers carry no numbers, so what a person chose could not be kept"
    if len(set(values)) != len(values):
        return None, "several of its answers have the same value"
    return {o.value: o.label or str(o.value) for o in question.options if o.value is not None}, ""
