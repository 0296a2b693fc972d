"""What the `homeport instruments` command shows: as JSON values and as lines of text."""

from collections.abc import Iterator, Mapping
from typing import Any

from homeport.catalogue.fit import Fit
from homeport.catalogue.sources import sources_of
from homeport.content.instruments import Key

OUTCOMES = {
    "installed": "Installed.",
    "replaced": "Installed. It replaces the wording that was there, which stays readable for earlier answers.",
    "restored": "Installed again: this wording was here before.",
    "unchanged": "This very wording was installed already; nothing was changed.",
    "checked": "Checked only; nothing was changed.",
}
_LONG = 60  # a list with longer entries is shown one to a line


def report(fit: Fit, outcome: str) -> dict[str, Any]:
    """What became of a file, for a machine. ``kept`` and ``dropped`` name the file's own questions."""
    wording = fit.wording
    source = wording.source
    return {
        "id": wording.instrument,
        "title": fit.title,
        "items": len(fit.kept),
        "kept": [{"item": kept.item, "from": kept.source} for kept in fit.kept],
        "dropped": [{"item": dropped.code, "why": dropped.why} for dropped in fit.dropped],
        "doubts": list(fit.doubts),
        "scored": fit.key is not None,
        "language": wording.language,
        "languages": list(fit.languages),
        "format": wording.format,
        "kind": fit.kind,
        "recognised": fit.recognised,
        "hash": wording.hash,
        "source": {
            "repository": source.repository,
            "commit": source.commit,
            "path": source.path,
            "sha256": source.sha256,
            "licence": source.licence,
        },
        "outcome": outcome,
    }


def report_lines(fit: Fit, outcome: str) -> Iterator[str]:
    """What became of a file, for a person."""
    scored = "scored by its key" if fit.key else "without scores"
    wording = fit.wording
    yield f"{fit.title} ({wording.instrument}), {len(fit.kept)} questions in {wording.language}, {scored}."
    renamed = [f"{kept.source} -> {kept.item}" for kept in fit.kept if kept.source != kept.item]
    if renamed:
        yield "\nKept:"
        yield "  " + ", ".join(renamed)
    dropped = [f"{dropped.code}: {dropped.why}" for dropped in fit.dropped]
    for heading, lines in (("Dropped:", dropped), ("To look at:", list(fit.doubts))):
        if lines:
            yield f"\n{heading}"
            yield from (f"  - {line}" for line in lines)
    others = [tag for tag in fit.languages if tag != wording.language]
    if others:
        yield f"\nAlso in the file, with --language: {', '.join(others)}."
    yield f"\n{OUTCOMES[outcome]}"


def key_facts(key: Key) -> dict[str, Any]:
    """What a scoring key says, in short."""
    return {
        "title": key.title,
        "version": key.version,
        "items": len(key.items),
        "answers": {name: list(key.answer_scales[name].values) for name in key.formats},
        "scales": [f"{scale.title} ({scale.method} of {len(scale.items)})" for scale in key.scales],
        "orders": [order.name for order in key.orders],
        "published": key.source.citation,
        "licence": key.licence.statement,
        "notes": [note.text + (" (provisional)" if note.mark.provisional else "") for note in key.notes],
    }


def source_facts(instrument: str) -> list[dict[str, Any]]:
    """The public sources of an instrument."""
    return [
        {
            "repository": source.repository,
            "commit": source.commit,
            "path": source.path,
            "sha256": source.sha256,
            "licence": source.licence,
            "languages": list(source.languages),
            "known": list(source.known),
        }
        for source in sources_of(instrument)
    ]


def fact_lines(facts: Mapping[str, Any], indent: str = "") -> Iterator[str]:
    """Facts by name, one to a line; what is long or nested stands below its name."""
    for name, value in facts.items():
        label = f"{indent}{name.replace('_', ' ')}:"
        if isinstance(value, dict):
            yield label
            yield from fact_lines(value, indent + "  ")
        elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
            for one in value:
                yield label
                yield from fact_lines(one, indent + "  ")
        elif isinstance(value, list) and any(len(str(one)) > _LONG for one in value):
            yield label
            yield from (f"{indent}  - {one}" for one in value)
        elif isinstance(value, list):
            yield f"{label} {', '.join(str(one) for one in value) or 'none'}"
        else:
            yield f"{label} {value}"
