"""Words that a guardian writes about a child: of danger to the child, and of ordinary days."""

import pytest

from homeport.safety.crisis_of_another import read_words_about_another, speaks_of_danger_to_another
from homeport.safety.crisis_text import Danger

DANGER = {
    "She says she wants to die.": Danger.SUICIDE,
    "He says nobody would miss him if he were gone.": Danger.SUICIDE,
    "She says everybody would be better off without her.": Danger.SUICIDE,
    "He hurts himself when he is angry.": Danger.SELF_HARM,
    "My daughter cuts herself.": Danger.SELF_HARM,
    "He scratches himself until it bleeds.": Danger.SELF_HARM,
    "His father beats him.": Danger.ABUSE,
    "Her stepfather hits her.": Danger.ABUSE,
    "My ex hits him with a belt.": Danger.ABUSE,
    "She is afraid of her father.": Danger.ABUSE,
    "My partner hits me in front of him.": Danger.ABUSE,
    "Her uncle touches her.": Danger.CHILD,
}
CALM = (
    "He cries when I leave. She likes school.",
    "He fights with his brother and bites.",
    "She hates going to bed. His father lives in Ottawa and they see him on Sundays.",
    "She gets angry and throws toys.",
    "He misses his grandfather, who died last year.",
    "Her father left us. She wakes up at night and comes to our bed.",
    "They lost their home in the war.",
    "He hits other children at school.",
    "Her mother combs her hair. Their teacher likes him.",
    "",
)


@pytest.mark.parametrize(("text", "kind"), DANGER.items())
def test_danger_to_the_child_is_found(text: str, kind: Danger) -> None:
    assert kind in read_words_about_another(text).kinds
    assert speaks_of_danger_to_another(text)


@pytest.mark.parametrize("text", CALM)
def test_ordinary_days_raise_nothing(text: str) -> None:
    assert not read_words_about_another(text), read_words_about_another(text).kinds
