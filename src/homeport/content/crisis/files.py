"""Reading the YAML of a country, or of a group of countries that share their numbers. Strict: a typing error in a
telephone number is refused, not shown."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

from homeport.content.crisis.schema import ORDER, Channel, CrisisLine, Kind
from homeport.content.instruments.marks import Mark
from homeport.content.strict_yaml import read_yaml
from homeport.core.errors import ContentError

_NUMBER = re.compile(r"\d(?:[ -]?\d){1,14}")
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}")
_ADDRESS = re.compile(r"https://[^\s/]+\.[^\s/]+(?:/\S*)?")
_WORD = re.compile(r"[A-Z0-9]{1,12}")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FILE_FIELDS = {"country", "name", "countries", "regions", "zones", "emergency", "lines"}
_LINE_FIELDS = {
    *("id", "kind", "regions", "name", "for", "call", "text", "chat", "hours", "languages", "note"),
    *("mark", "verified_on", "source_url", "cross_checked"),
}
_TELEPHONE_FIELDS = {"number", "words", "mark"}


@dataclass(frozen=True, slots=True)
class CountryFile:
    """One file: its countries by code, their regions by code, the regions' zones, emergency numbers and
    lines."""

    countries: Mapping[str, str]
    regions: Mapping[str, str]
    zones: Mapping[str, str]  # time zone to region, where it lies almost wholly in one
    emergency: tuple[CrisisLine, ...]
    lines: tuple[CrisisLine, ...]


def read_country_file(path: Path) -> CountryFile:
    """The content of a file. Raises ContentError, naming file, line and fault."""
    name = path.name
    content = read_yaml(path.read_text(encoding="utf-8"), name)
    if not isinstance(content, dict) or not {"emergency", "lines"} <= set(content) <= _FILE_FIELDS:
        raise ContentError(f"{name}: a file has emergency, lines, and country with name, or countries.")
    countries = _codes(content.get("countries") or {content.get("country"): content.get("name")}, 2, name)
    regions = _codes(content.get("regions", {}), 3, name)
    emergency = [_line(raw, regions, name, emergency=True) for raw in _list(content["emergency"], name)]
    lines = [_line(raw, regions, name, emergency=False) for raw in _list(content["lines"], name)]
    ids = [line.id for line in (*emergency, *lines)]
    if len(set(ids)) < len(ids):
        raise ContentError(f"{name}: two lines have the same id.")
    return CountryFile(
        countries=countries,
        regions=regions,
        zones=_zones(content.get("zones", {}), regions, name),
        emergency=tuple(emergency),
        lines=tuple(sorted(lines, key=lambda line: ORDER.index(line.kind))),
    )


def _codes(raw: Any, longest: int, name: str) -> dict[str, str]:
    if not isinstance(raw, dict):
        raise ContentError(f"{name}: countries and regions are codes with names.")
    for code, text in raw.items():
        if not (
            isinstance(code, str) and re.fullmatch(rf"[A-Z]{{2,{longest}}}", code) and isinstance(text, str)
        ):
            raise ContentError(f"{name}: {code!r}: {text!r} is not a code with a name.")
    return raw


def _zones(raw: Any, regions: Mapping[str, str], name: str) -> dict[str, str]:
    if not isinstance(raw, dict) or not set(raw) <= set(regions):
        raise ContentError(f"{name}: zones are lists of time zones by region.")
    return {zone: region for region, zones in raw.items() for zone in _list(zones, name)}


def _list(raw: Any, name: str) -> list[Any]:
    if not isinstance(raw, list):
        raise ContentError(f"{name}: {raw!r} is not a list.")
    return raw


def _line(raw: Any, regions: Mapping[str, str], name: str, *, emergency: bool) -> CrisisLine:
    if not isinstance(raw, dict):
        raise ContentError(f"{name}: {raw!r} is not a line.")
    where = f"{name}, {raw.get('id', 'a line without id')}"
    unknown = set(raw) - _LINE_FIELDS
    missing = {"id", "name", "for", "mark", "verified_on"} - set(raw)
    if unknown or missing:
        raise ContentError(f"{where}: unknown or missing fields: {', '.join(sorted(unknown | missing))}.")
    mark, verified_on = _trust(raw, where)
    inside = tuple(_list(raw.get("regions", []), where))
    if not set(inside) <= set(regions):
        raise ContentError(f"{where}: a region of it is not one of the country.")
    return CrisisLine(
        id=_text(raw["id"], where, _ID),
        kind=_kind(raw, where, emergency=emergency),
        regions=inside,
        region_names=tuple(regions[code] for code in inside),
        name=_text(raw["name"], where),
        for_whom=_text(raw["for"], where),
        links=_channels(raw, mark, where),
        hours=_text(raw.get("hours", ""), where, empty=True),
        languages=tuple(
            _text(code, where, re.compile("[a-z]{2}")) for code in _list(raw.get("languages", []), where)
        ),
        note=_text(raw.get("note", ""), where, empty=True),
        mark=mark,
        verified_on=verified_on,
        source_url=_text(raw["source_url"], where, _ADDRESS) if raw.get("source_url") else "",
        cross_checked=_year(raw.get("cross_checked"), where),
    )


def _kind(raw: Mapping[str, Any], where: str, *, emergency: bool) -> Kind:
    kind = raw.get("kind", "emergency" if emergency else None)
    if kind not in ORDER or (kind == "emergency") != emergency:
        raise ContentError(f"{where}: {kind!r} is not a kind of line that belongs here.")
    return cast(Kind, kind)


def _trust(raw: Mapping[str, Any], where: str) -> tuple[Mark, date | None]:
    if raw["mark"] not in {Mark.READ, Mark.RECHECK, Mark.UNSURE}:
        raise ContentError(f"{where}: mark is read, recheck or unsure.")
    mark, verified_on = Mark(raw["mark"]), raw["verified_on"]
    if mark.provisional and verified_on is not None:
        raise ContentError(f"{where}: what is still to be checked has no date of verification.")
    if not mark.provisional and not isinstance(verified_on, date):
        raise ContentError(f"{where}: what was read needs the date on which it was (verified_on).")
    return mark, verified_on


def _channels(raw: Mapping[str, Any], mark: Mark, where: str) -> tuple[Channel, ...]:
    channels = [
        _telephone(kind, each, mark, where)
        for kind in ("call", "text")
        if kind in raw
        for each in (raw[kind] if isinstance(raw[kind], list) else [raw[kind]])
    ]
    if "chat" in raw:
        channels.append(Channel("chat", _text(raw["chat"], where, _HOST), (), mark))
    if not channels:
        raise ContentError(f"{where}: a line needs a number or a chat.")
    return tuple(channels)


def _telephone(kind: Any, raw: Any, mark: Mark, where: str) -> Channel:
    fields = raw if isinstance(raw, dict) else {"number": raw}
    if (
        "number" not in fields
        or not set(fields) <= _TELEPHONE_FIELDS
        or (kind == "call" and "words" in fields)
    ):
        raise ContentError(f"{where}: {raw!r} is not a number to {kind}.")
    words = tuple(_text(word, where, _WORD) for word in _list(fields.get("words", []), where))
    own = Mark(fields["mark"]) if fields.get("mark") in set(Mark) else mark
    if "mark" in fields and fields["mark"] not in set(Mark):
        raise ContentError(f"{where}: {fields['mark']!r} is not a mark.")
    return Channel(kind, _text(fields["number"], where, _NUMBER), words, own)


def _text(raw: Any, where: str, pattern: re.Pattern[str] | None = None, *, empty: bool = False) -> str:
    if (
        not isinstance(raw, str)
        or (not raw.strip() and not empty)
        or (pattern and not pattern.fullmatch(raw))
    ):
        raise ContentError(f"{where}: {raw!r} is not what belongs here (a number must stand in quotes).")
    return raw


def _year(raw: Any, where: str) -> int | None:
    if raw is not None and (not isinstance(raw, int) or not 2000 <= raw <= 2100):
        raise ContentError(f"{where}: cross_checked is the year of a list.")
    return raw


def read_folder(folder: Path) -> tuple[CountryFile, ...]:
    """Every file of a folder, in the order of their names. Raises ContentError, also where two share a
    country."""
    files = tuple(read_country_file(path) for path in sorted(folder.glob("*.yaml")))
    _no_twins(code for file in files for code in file.countries)
    return files


def _no_twins(codes: Iterable[str]) -> None:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise ContentError(f"Two crisis files speak for {code}.")
        seen.add(code)
