"""How hard our words are to read: grade 8 at most for a page, 6 for young people and for questions
(English)."""

from collections.abc import Iterable
from pathlib import Path

from tests.checks.finding import Outcome, files_of
from tests.checks.template_rules import FOR_BUILDERS, templates
from tests.checks.visible_text import spoken_by, translated

from homeport.content import articles, crisis
from homeport.content.instruments import bank
from homeport.content.reading import measure

PAGE, YOUNG, QUESTION = 8.0, 6.0, 6.0
ENOUGH = 60  # words below which a grade says nothing
WEB = "src/homeport/web"


def check(root: Path) -> Outcome:
    """Every text for clients and visitors that is harder than its measure."""
    outcome = Outcome()
    for name, text, highest in (*content(), *pages(root), *views(root)):
        weigh(outcome, name, text, highest)
    return outcome


def weigh(outcome: Outcome, name: str, text: str, highest: float) -> None:
    """Add a fault where a text of enough words is too hard, a note where it is close to it."""
    found = measure(text)
    if found.words < ENOUGH:
        return
    if found.grade > highest:
        outcome.faults.append(f"{name}: grade {found.grade:.1f}, at most {highest:.0f}")
    elif found.grade > highest - 0.5:
        outcome.notes.append(f"{name}: grade {found.grade:.1f}, close to {highest:.0f}")


def content() -> Iterable[tuple[str, str, float]]:
    """(name, text, highest grade) of articles, questions and crisis lines."""
    for article in articles.all_articles("en"):
        text = f"{article.title}\n\n{article.summary}\n\n{article.body_markdown}"
        yield f"article {article.slug}", text, YOUNG if article.audience == "youth" else PAGE
    for slot in bank.slot_labels("en"):
        wording = bank.own_wording(slot, "en")
        yield f"questions about {slot}", "\n\n".join([wording.instruction, *wording.items.values()]), QUESTION
    words = {
        x.id: f"{x.for_whom}\n\n{x.note}"
        for place in crisis.places()
        for x in (*place.emergency, *place.lines)
    }
    yield "crisis lines", "\n\n".join(words.values()), PAGE


def pages(root: Path) -> Iterable[tuple[str, str, float]]:
    """(name, text, highest grade) of each template."""
    for path in templates(root):
        if path.name not in FOR_BUILDERS:
            text = "\n\n".join(translated(path.read_text(encoding="utf-8")))
            yield path.relative_to(root).as_posix(), text, _highest(path)


def views(root: Path) -> Iterable[tuple[str, str, float]]:
    """(name, text, highest grade) of what each module of the web says through gettext."""
    for path in files_of(root / WEB, ".py") if (root / WEB).is_dir() else []:
        text = "\n\n".join(spoken_by(path.read_text(encoding="utf-8")))
        yield path.relative_to(root).as_posix(), text, _highest(path)


def _highest(path: Path) -> float:
    return YOUNG if "youth" in path.stem else PAGE
