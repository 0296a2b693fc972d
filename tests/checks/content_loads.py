"""All packaged content can be read: instruments with their golden vectors, articles in every language,
crisis lines."""

from collections.abc import Callable
from pathlib import Path

from tests.checks.finding import Outcome

from homeport.content import articles, crisis, instruments
from homeport.core import clock
from homeport.core.errors import HomeportError


def check(root: Path) -> Outcome:
    """What the loaders refuse. ``root`` is not looked at: content is read as the package reads it."""
    del root
    outcome = Outcome()
    for load in (_instruments, _articles, _crisis):
        gather(outcome, load)
    return outcome


def gather(outcome: Outcome, load: Callable[[], list[str]]) -> None:
    """Add what a loader finds or refuses; the next one runs in any case."""
    try:
        outcome.faults.extend(load())
    except HomeportError as error:
        outcome.faults.append(str(error))


def _instruments() -> list[str]:
    keys = instruments.all_keys()
    bare = [f"{key.id}: no golden vector" for key in keys if not instruments.golden_vectors(key)]
    return bare if keys else ["no instrument is packaged"]


def _articles() -> list[str]:
    faults = [] if articles.all_articles("en") else ["no article is packaged"]
    for language in articles.languages():
        library = articles.library(language)
        for article in library.articles:
            faults += [f"{article.slug}: there is no article {slug!r}" for slug in library.missing(article)]
            if article.reviewed_date > clock.today():
                faults.append(f"{article.slug}: reviewed in the future")
    return faults


def _crisis() -> list[str]:
    faults = [f"{place.code}: no emergency number" for place in crisis.places() if not place.emergency_known]
    lines = {line.id: line for place in crisis.places() for line in (*place.emergency, *place.lines)}
    return faults + [
        f"{line.id}: verified in the future"
        for line in lines.values()
        if line.verified_on and line.verified_on > clock.today()
    ]
