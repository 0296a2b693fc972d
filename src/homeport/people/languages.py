"""The languages people speak, by code: those Django knows by name, and some that it does not."""

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext, gettext_noop

# Spoken or signed in practices, and missing from a list made for the languages of user interfaces.
OTHERS = {
    "am": gettext_noop("Amharic"),
    "ase": gettext_noop("American Sign Language"),
    "bfi": gettext_noop("British Sign Language"),
    "cr": gettext_noop("Cree"),
    "fcs": gettext_noop("Quebec Sign Language"),
    "gsg": gettext_noop("German Sign Language"),
    "ha": gettext_noop("Hausa"),
    "iu": gettext_noop("Inuktitut"),
    "mi": gettext_noop("Māori"),
    "oj": gettext_noop("Ojibwe"),
    "prs": gettext_noop("Dari"),
    "ps": gettext_noop("Pashto"),
    "so": gettext_noop("Somali"),
    "ti": gettext_noop("Tigrinya"),
    "tl": gettext_noop("Tagalog"),
    "yo": gettext_noop("Yoruba"),
    "yue": gettext_noop("Cantonese"),
    "zh": gettext_noop("Mandarin Chinese"),
    "zu": gettext_noop("Zulu"),
}

_KNOWN = {
    code: str(entry["name"]) for code, entry in LANG_INFO.items() if "-" not in code and "name" in entry
}
NAMES = {**_KNOWN, **OTHERS}


def languages() -> list[tuple[str, str]]:
    """(code, name) of every language there is to choose from, by its name in the language of the page."""
    named = [(code, gettext(name)) for code, name in NAMES.items()]
    return sorted(named, key=lambda entry: entry[1].casefold())


def is_language(code: str) -> bool:
    """Whether there is a language of this code."""
    return code in NAMES


def language_name(code: str) -> str:
    """The name of a language in the language of the page; its code where we know no name."""
    return gettext(NAMES[code]) if code in NAMES else code


def language_code(typed: str) -> str | None:
    """The code of a language that somebody wrote by its name, in the language of the page, in English or in itself."""
    wanted = typed.strip().casefold()
    for code, name in NAMES.items():
        own = str(LANG_INFO.get(code, {}).get("name_local", name))
        if wanted in {code, name.casefold(), gettext(name).casefold(), own.casefold()}:
            return code
    return None


def written_language(code: str) -> str:
    """The language that we write to somebody in: theirs, where our pages and letters are translated into it."""
    return code if code in dict(settings.LANGUAGES) else str(settings.LANGUAGE_CODE)
