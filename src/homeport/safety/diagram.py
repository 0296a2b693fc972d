"""The picture of an alert's states, made from its table of transitions: a test holds the one in the docs equal to it."""

from homeport.safety.models import Alert


def alert_states() -> str:
    """A Mermaid state diagram."""
    lines = ["stateDiagram-v2", f"    [*] --> {Alert.State.OPEN}"]
    lines += sorted(
        f"    {state} --> {following}" for state, after in Alert.TRANSITIONS.items() for following in after
    )
    return "\n".join([*lines, f"    {Alert.State.CLOSED} --> [*]"])
