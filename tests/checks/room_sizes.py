"""Small rooms: what is over the measure is printed; what is far over it fails."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.checks.finding import Outcome, files_of

# What we aim for, and the ceiling.
MODULE, FUNCTION, TEMPLATE = (300, 400), (40, 60), (150, 200)
# A module of tests is a list of cases, read one at a time.
TESTS = (300, 550)


def check(root: Path) -> Outcome:
    """Modules, functions and templates that are too long."""
    outcome = Outcome()
    for path in files_of(root, ".py", ".html"):
        name = path.relative_to(root).as_posix()
        text = path.read_text(encoding="utf-8")
        lines = text.count("\n")
        if path.suffix == ".html":
            _weigh(outcome, f"{name}: {lines} lines", lines, TEMPLATE)
            continue
        if "/migrations/" in name:
            continue  # as Django writes them, and nobody reads on from one to the next
        _weigh(outcome, f"{name}: {lines} lines", lines, TESTS if name.startswith("tests/") else MODULE)
        for function, length in functions(text):
            _weigh(outcome, f"{name}: {function}() has {length} lines", length, FUNCTION)
    return outcome


def functions(text: str) -> Iterator[tuple[str, int]]:
    """(name, lines) of every function and method of a module, without its decorators."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def _weigh(outcome: Outcome, text: str, size: int, measure: tuple[int, int]) -> None:
    aim, ceiling = measure
    if size > ceiling:
        outcome.faults.append(f"{text} (ceiling {ceiling})")
    elif size > aim:
        outcome.notes.append(f"{text} (aim {aim})")
