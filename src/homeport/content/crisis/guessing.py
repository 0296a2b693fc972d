"""Guessing where a person is from what the browser says anyway. A guess: the page always lets it be
changed."""

import re

_LONGEST, _MOST = 1000, 20  # of a header that anyone may send
_TAG = re.compile(r"([a-z]{2,3})(?:-[a-z]{4})?(?:-([a-z]{2}))?(?:-[a-z0-9]+)*", re.IGNORECASE)
_QUALITY = re.compile(r"q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")

# Languages spoken mostly in one country that we hold lines for. Not English, Spanish or Portuguese: they
# tell nothing.
HOME_OF = {
    **{
        "bg": "BG",
        "cs": "CZ",
        "cy": "GB",
        "da": "DK",
        "de": "DE",
        "el": "GR",
        "et": "EE",
        "fi": "FI",
        "fr": "FR",
    },
    **{
        "ga": "IE",
        "hr": "HR",
        "hu": "HU",
        "is": "IS",
        "it": "IT",
        "lb": "LU",
        "lt": "LT",
        "lv": "LV",
        "mi": "NZ",
    },
    **{
        "mt": "MT",
        "nb": "NO",
        "nl": "NL",
        "nn": "NO",
        "no": "NO",
        "pl": "PL",
        "ro": "RO",
        "sk": "SK",
        "sl": "SI",
    },
    "sv": "SE",
}
# Browsers all over the world are set to these; they do not outweigh the place of the practice.
EVERYWHERE = {("en", "US"), ("en", "GB")}


def wanted(accept_language: str) -> list[tuple[str, str]]:
    """(language, country) of an Accept-Language header, best first; the country "" where none is named.

    Reads at most 1,000 characters and 20 entries; what is not a language tag is passed over, never an error.
    """
    entries: list[tuple[float, str, str]] = []
    for part in accept_language[:_LONGEST].split(",")[:_MOST]:
        tag, _, parameter = part.strip().partition(";")
        found = _TAG.fullmatch(tag.strip())
        quality = _quality(parameter)
        if found and quality > 0:
            entries.append((quality, found[1].lower(), (found[2] or "").upper()))
    return [(language, country) for _, language, country in sorted(entries, key=lambda entry: -entry[0])]


def _quality(parameter: str) -> float:
    if not parameter.strip():
        return 1.0
    found = _QUALITY.fullmatch(parameter.strip())
    return float(found[1]) if found else 0.0


def named_country(accept_language: str, known: frozenset[str]) -> tuple[str, str]:
    """(language, country) of the first entry that names a country we know; ("", "") where none does."""
    return next((tag for tag in wanted(accept_language) if tag[1] in known), ("", ""))


def home_of_language(accept_language: str, known: frozenset[str]) -> str:
    """The country we know in which the first telling language is spoken; "" where none tells."""
    homes = (HOME_OF.get(language, "") for language, country in wanted(accept_language) if not country)
    return next((home for home in homes if home in known), "")
