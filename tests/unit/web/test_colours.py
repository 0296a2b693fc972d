"""The contrast of every colour pair the styles use, by light and by dark (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest

import homeport.web
from homeport.web.views.gallery import PAIRS

CORE = (Path(homeport.web.__file__).parent / "static/web/css/core.css").read_text(encoding="utf-8")
TEXT = [
    *PAIRS,
    *(("ink", ground) for ground in ("sand", "sea-soft", "sun-soft", "coral-soft", "moss-soft", "sky", "plum-soft")),
    *(("ink-2", ground) for ground in ("card", "sea-soft", "coral-soft", "sky", "moss-soft", "plum-soft")),
    *(("sea-deep", ground) for ground in ("paper", "card", "sand", "sky", "sun-soft", "coral-soft")),
    *(("coral", ground) for ground in ("paper", "card")),
    *(("on-coral", "coral"), ("on-sea", "sea-deep"), ("paper", "ink"), ("on-deep-2", "deep"), ("sun", "deep")),
    *(("sun-ink", "card"), ("sky-ink", "paper"), ("paper", "sea-deep")),
]  # fmt: skip
SHAPES = [
    *(("edge", ground) for ground in ("paper", "card")),
    *(("focus", ground) for ground in ("paper", "card", "sand", "coral-soft")),
    *(("sea", ground) for ground in ("paper", "card", "sea-soft", "line")),
    *(("coral", ground) for ground in ("paper", "card", "coral-soft")),
]  # fmt: skip


def tokens(scheme: str) -> dict[str, str]:
    """The colour tokens of a scheme: what dark does not name stays as in light."""
    light, dark = CORE.split("@media (prefers-color-scheme: dark)", 1)
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    if scheme == "dark":
        found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark.split("@layer base {", 1)[0]))
    return found


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_measure_knows_black_from_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_words_can_be_read(text: str, ground: str, scheme: str) -> None:
    colours = tokens(scheme)
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_shapes_can_be_seen(shape: str, ground: str, scheme: str) -> None:
    colours = tokens(scheme)
    assert contrast(colours[shape], colours[ground]) >= 3


def test_the_two_schemes_name_the_same_colours() -> None:
    assert tokens("light").keys() == tokens("dark").keys()
    assert sum(tokens("light")[name] != tokens("dark")[name] for name in tokens("light")) > 25
