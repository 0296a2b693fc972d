"""Bytes to characters, and characters to words that are fit to be shown."""

import html
import re
import unicodedata

from homeport.catalogue.readers.instrument import NotAnInstrument, Remarks

_MARKS = [
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
]
_TAG = re.compile(r"<(?=[A-Za-z/!?])[^<>]*>")
_NEW_LINE = re.compile(r"<(?:br|/p|/div|/li|/tr|/h[1-6])\b[^<>]*>", re.IGNORECASE)
_UNSEEN = ("script", "style", "template", "noscript", "iframe", "object", "svg")
# Joiners that Persian, Hindi and others cannot be written without.
_NEEDED = {"\u200c", "\u200d"}
LONGEST_RAW = 60_000


def decode(data: bytes, remarks: Remarks) -> str:
    """The characters of a text file: by its byte-order mark, else UTF-8, else UTF-16 by its zeros, else Windows-1252.

    Raises NotAnInstrument for bytes that are no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding)
    zeros = data[:4096].count(0)
    if zeros:
        odd, even = data[1:4096:2].count(0), data[0:4096:2].count(0)
        if max(odd, even) < 0.3 * len(data[:4096]) / 2 or min(odd, even) > 0.1 * max(odd, even):
            raise NotAnInstrument("This is not a text file: it holds zero bytes.")
        return _decoded(data, "utf-16-le" if odd > even else "utf-16-be")
    try:
        return _no_zeros(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    remarks.doubt("The file is not in UTF-8; it was read as Windows-1252. Check letters with accents.")
    return _decoded(data, "cp1252")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return _no_zeros(data.decode(encoding))
    except UnicodeDecodeError:
        raise NotAnInstrument("This is not a text file in any encoding known here.") from None


def _no_zeros(text: str) -> str:
    if "\x00" in text:
        raise NotAnInstrument("This is not a text file: it holds zero bytes.")
    return text


def words(raw: object, remarks: Remarks, longest: int) -> str:
    """A text of the file as plain words on one line: no markup, no control or direction characters, single spaces.

    Anything that is no text gives "". Raises NotAnInstrument for a text longer than ``longest`` or with half a character.
    """
    if not isinstance(raw, str):
        return ""
    if len(raw) > LONGEST_RAW:
        raise NotAnInstrument(f"One of its texts has {len(raw):,} characters: this is not a questionnaire.")
    bare = without_markup(raw)
    if bare is not raw:
        remarks.marked_up += 1
    text = " ".join(_visible(html.unescape(bare)).split())
    if len(text) > longest:
        raise NotAnInstrument(f"A text is longer than {longest:,} characters: “{text[:40]}…”.")
    return text


def without_markup(raw: str) -> str:
    """The same text without HTML tags; the very same object where there are none."""
    if _TAG.search(raw) is None:
        return raw
    return _TAG.sub("", _NEW_LINE.sub(" ", without_unseen(raw)))


def without_unseen(raw: str) -> str:
    """HTML without comments, scripts, styles and the like. An unclosed one runs to the end."""
    raw = _cut(raw, re.compile("<!--"), "-->")
    for name in _UNSEEN:
        raw = _cut(raw, re.compile(rf"<{name}\b", re.IGNORECASE), f"</{name}")
    return raw


def _cut(raw: str, opening: re.Pattern[str], closing: str) -> str:
    if opening.search(raw) is None:
        return raw
    lowered = raw.lower() if len(raw.lower()) == len(raw) else raw
    parts, at = [], 0
    while (found := opening.search(raw, at)) is not None:
        parts.append(raw[at : found.start()])
        end = lowered.find(closing, found.end())
        if end < 0:
            return "".join(parts)
        at = end + len(closing)
        if closing != "-->":
            at = raw.find(">", at) + 1 or len(raw)
    return "".join([*parts, raw[at:]])


def _visible(text: str) -> str:
    seen = []
    for character in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(character)
        if kind == "Cs":
            raise NotAnInstrument("One of its texts holds half a character (a lone surrogate).")
        if kind in {"Cc", "Zl", "Zp"}:
            seen.append(" ")
        elif kind not in {"Cf", "Co", "Cn"} or character in _NEEDED:
            seen.append(character)
    return "".join(seen)


def whole_number(raw: object) -> int | None:
    """A whole number between -9999 and 9999, written as a number or as text ("2", "2.0", " 2 "); else None."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, str):
        if re.fullmatch(r"\s*[+-]?\d{1,4}(?:\.0{1,9})?\s*", raw, re.ASCII) is None:
            return None
        raw = float(raw)
    if isinstance(raw, float):
        return int(raw) if abs(raw) < 10_000 and raw.is_integer() else None  # false for NaN as well
    return raw if isinstance(raw, int) and abs(raw) < 10_000 else None
