"""How hard a text is to read: the Flesch-Kincaid grade.

Grade = 0.39 words/sentences + 11.8 syllables/words - 15.59 (Kincaid, Fishburne, Rogers & Chissom 1975,
Derivation of new readability formulas for Navy enlisted personnel, Research Branch Report 8-75).
English only.
"""

import html
import re
from dataclasses import dataclass

from homeport.content.syllables import syllables


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text is made of. ``grade`` is a school year (United States), 0 for a text without words."""

    words: int
    sentences: int
    syllables: int

    @property
    def grade(self) -> float:
        """Flesch-Kincaid grade; can fall below 0 for very plain words."""
        if not self.words:
            return 0.0
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59


_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_UNSEEN = re.compile(
    r"<!--.*?-->|<(script|style|template|svg)\b.*?</\1>|```.*?```", re.DOTALL | re.IGNORECASE
)
_BLOCK_TAG = re.compile(
    r"</?(?:p|div|li|ul|ol|h[1-6]|td|th|tr|table|br|dt|dd|dl|section|article|header|footer|nav|main|aside|figure|"
    r"figcaption|blockquote|button|label|legend|summary|details|option|title|caption|fieldset|form)\b[^>]*>",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_LINE_MARK = re.compile(r"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+|\d+[.)][ \t]+)", re.MULTILINE)
_STARTS_BLOCK = re.compile(r"^[ \t]*(?:#{1,6}[ \t]|>|[-*+][ \t]|\d+[.)][ \t])")
_EMPHASIS = re.compile(r"[*`~]+|(?<!\w)_+|_+(?!\w)")
_ABBREVIATION = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|Prof|St|vs|No|e\.g|i\.e|etc|approx|[A-Z])\.(?=\s+\S)")
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def _unmarked(text: str) -> str:
    return " ".join(_EMPHASIS.sub("", text).split())


def plain(text: str) -> str:
    """The words a reader sees: HTML and Markdown marks gone, one paragraph, heading or list entry a line."""
    text = _FRONT_MATTER.sub("", text.replace("\r\n", "\n"))
    text = _UNSEEN.sub(" ", text)
    text = _TAG.sub(" ", _BLOCK_TAG.sub("\n\n", text))
    text = _LINK.sub(r"\1", html.unescape(text))
    blocks: list[str] = []
    fresh = True
    for line in text.split("\n"):
        if not line.strip() or set(line.strip()) <= set("-=|: *_"):
            fresh = True
            continue
        if line.lstrip().startswith("|"):
            words = "; ".join(_unmarked(cell) for cell in line.split("|") if cell.strip())
            fresh = True  # a row of a table is a block, whatever stands before it
        else:
            words = _unmarked(_LINE_MARK.sub("", line))
        if fresh or _STARTS_BLOCK.match(line):
            blocks.append(words)
        else:
            blocks[-1] += " " + words
        fresh = line.lstrip().startswith("#")
    return "\n".join(block for block in blocks if block)


def measure(text: str) -> Reading:
    """Count words, sentences and syllables of a text, which may carry Markdown or HTML marks.

    A heading or list entry without a full stop counts as a sentence. Numerals are not counted as words.
    """
    bare = _ABBREVIATION.sub(lambda found: found.group().replace(".", ""), plain(text))
    sentences = [words for part in _END.split(bare) if (words := _WORD.findall(part))]
    every = [word for words in sentences for word in words]
    return Reading(len(every), len(sentences), sum(map(syllables, every)))


def grade(text: str) -> float:
    """Flesch-Kincaid grade of a text, which may carry Markdown or HTML marks; 0.0 if there are no words."""
    return measure(text).grade
