"""The picture in the decision record is the one that the table of transitions gives."""

from pathlib import Path

from homeport.config.state_diagrams import diagram
from homeport.safety.models import Alert

RECORD = Path(__file__).parents[3] / "docs/adr/0014-risk-answers-and-alerts.md"


def test_the_picture_and_the_table_agree() -> None:
    assert f"```mermaid\n{diagram(Alert)}\n```" in RECORD.read_text(encoding="utf-8")


def test_every_state_has_a_row_and_can_be_reached() -> None:
    assert set(Alert.TRANSITIONS) == set(Alert.State)
    reached = {Alert.State.OPEN}
    for _ in Alert.State:
        reached |= {after for state in reached for after in Alert.TRANSITIONS[state]}
    assert reached == set(Alert.State)
