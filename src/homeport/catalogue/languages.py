"""Which language the texts of a file are in, where the file does not say: by the small words that every sentence needs."""

import re
from collections import Counter
from collections.abc import Iterable

# The commonest small words that few others of these languages share.
_SMALL = {
    "en": "the of and to in is i my that have you with feel for are not be me or it",
    "de": "ich und der die das nicht mich mir zu mit ein eine bin ist oder sich auf den von haben sie",
    "fr": "je de la le les et des que mon ma est pas me pour avec une suis ne ou du dans mes vous",
    "es": "que de la el y en mi me los las con por una no es para su del se mis estar como usted",
    "it": "che di la il non mi per con una sono gli del mio della le è nel lo mia essere ha",
    "pt": "que de não o os as em com uma meu minha do da para me se por sou ser eu mais",
    "nl": "ik de het een van en niet mijn me is dat te met voor op zijn of heb ben om aan",
    "sv": "jag och att det är inte mig en som på för mina med av min har att eller känner",
    "da": "jeg og at det er ikke mig en som på for mine med af min har eller føler",
    "pl": "nie się w na z że jest do mnie mi to jak co lub po mój moje czuję jestem",
    "tr": "ve bir bu için benim ben çok ne de da ile gibi olarak kadar daha bana beni",
}
_WORDS = {language: frozenset(words.split()) for language, words in _SMALL.items()}
_SCRIPTS = {
    "ru": "\u0400-\u04ff", "el": "\u0370-\u03ff", "he": "\u0590-\u05ff", "ar": "\u0600-\u06ff", "hi": "\u0900-\u097f",
    "ja": "\u3040-\u30ff", "ko": "\uac00-\ud7af", "zh": "\u4e00-\u9fff",
}  # fmt: skip
_SHARED_SCRIPT = {
    "ru": {"uk", "bg", "sr", "mk", "be", "kk", "ky", "mn", "tg"},
    "ar": {"fa", "ur", "ps", "ku", "ug", "prs"},
    "hi": {"mr", "ne", "sa"},
    "zh": {"ja", "yue"},
    "he": {"yi"},
    "da": {"no", "nb", "nn", "sv"},
    "sv": {"no", "nb", "nn", "da"},
}


def looks_like(texts: Iterable[str]) -> str:
    """The language that texts seem to be in, "" where they show none. A script names its commonest language."""
    whole = " ".join(texts).lower()
    letters = max(len(re.findall(r"[^\W\d_]", whole)), 1)
    for language, letters_of in _SCRIPTS.items():
        if len(re.findall(f"[{letters_of}]", whole)) > 0.3 * letters:
            return language
    words = re.findall(r"[^\W\d_]+", whole)
    counts = Counter({language: sum(word in small for word in words) for language, small in _WORDS.items()})
    (first, most), (_, second) = counts.most_common(2)
    return first if most >= 4 and most > 1.3 * second and most > 0.12 * len(words) else ""


def may_be(seems: str, told: str) -> bool:
    """Whether texts that seem to be in one language may be in the other that somebody says they are in."""
    return (
        not seems or same_language(seems, told) or told.lower().split("-")[0] in _SHARED_SCRIPT.get(seems, ())
    )


def same_language(one: str, other: str) -> bool:
    """Whether two tags name the same language, whatever their region: "pt" and "pt-br"."""
    return one.lower().replace("_", "-").split("-")[0] == other.lower().replace("_", "-").split("-")[0]
