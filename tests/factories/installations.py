"""The environment of an installation of its own, for processes that a test starts."""

import os
from pathlib import Path


def embedded(data: Path) -> dict[str, str]:
    """One on the embedded database in the folder ``data``, whatever database the tests themselves run on."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HOMEPORT_")}
    return {**kept, "DJANGO_SETTINGS_MODULE": "homeport.config.settings", "HOMEPORT_DATA": str(data)}


def beside_the_layout(stderr: str) -> list[str]:
    """The lines that a command wrote to stderr, without those that say that it lays out the tables."""
    return [line for line in stderr.splitlines() if not line.startswith("Laying out the database of ")]
