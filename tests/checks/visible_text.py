"""What a person reads of a template or of a view: the text inside the translation tags, and the text
outside them."""

import ast
import re

_COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment\b.*?%\}.*?\{%\s*endcomment\s*%\}|<!--.*?-->", re.DOTALL)
_VERBATIM = re.compile(r"<(script|style|svg|code|pre)\b[^>]*>.*?</\1>", re.DOTALL | re.IGNORECASE)
_BLOCK = re.compile(
    r"\{%\s*blocktrans(?:late)?\b([^%]*)%\}(.*?)\{%\s*endblocktrans(?:late)?\s*%\}", re.DOTALL
)
_PLURAL = re.compile(r"\{%\s*plural\s*%\}")
_INLINE = re.compile(r"""\{%\s*trans(?:late)?\s+(?:"([^"]*)"|'([^']*)')[^%]*%\}""")
_VARIABLE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_TAG = re.compile(r"\{%.*?%\}", re.DOTALL)
_SPOKEN = re.compile(
    r"""(?<![\w:-])(?:alt|title|aria-label|aria-
    description|placeholder|label|legend|hint|summary|caption|heading|text)"""
    r"""\s*=\s*(?:"([^"]*)"|'([^']*)')"""
)
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_GETTEXT = {
    "gettext",
    "gettext_lazy",
    "_",
    "pgettext",
    "pgettext_lazy",
    "ngettext",
    "ngettext_lazy",
    "gettext_noop",
}


def translated(template: str) -> list[str]:
    """The texts inside a template's translation tags, in order. A variable inside reads as "it"."""
    bare = _COMMENT.sub("", template)
    found: list[tuple[int, str]] = []
    for block in _BLOCK.finditer(bare):
        found += [(block.start(), _VARIABLE.sub("it", text)) for text in _PLURAL.split(block[2])[:1]]
    found += [(inline.start(), inline[1] or inline[2] or "") for inline in _INLINE.finditer(bare)]
    return [text for _, text in sorted(found) if text.strip()]


def untranslated(template: str) -> list[str]:
    """Words outside the translation tags that a person would read or hear, as they stand."""
    bare = _VERBATIM.sub(" ", _BLOCK.sub(" ", _COMMENT.sub("", template)))
    bare = _VARIABLE.sub(" ", _TAG.sub(" ", bare))
    attributes = [one or two for one, two in _SPOKEN.findall(bare)]
    texts = re.sub(r"<[^<>]*>", "\n", _without_brackets_in_quotes(bare)).split("\n")
    return [text.strip() for text in (*texts, *attributes) if _LETTERS.search(re.sub(r"&\w+;", " ", text))]


def _without_brackets_in_quotes(text: str) -> str:
    """Attribute values emptied, so that a > inside one does not end its tag."""
    return re.sub(r"""=\s*(?:"[^"]*"|'[^']*')""", "=''", text)


def spoken_by(module: str) -> list[str]:
    """The texts that a Python module hands to gettext, in order."""
    found = [
        (node.lineno, argument.value)
        for node in ast.walk(ast.parse(module))
        if isinstance(node, ast.Call) and _called(node) in _GETTEXT
        for argument in _texts(node)
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]
    return [re.sub(r"%\(\w+\)[sd]|\{\w*\}|%[sd]", "it", text) for _, text in sorted(found)]


def _texts(node: ast.Call) -> list[ast.expr]:
    # The first argument of pgettext is a context, which nobody reads.
    return node.args[1:2] if _called(node).startswith("pgettext") else node.args[:1]


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Name):
        return node.func.id
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""
