"""The environment of an installation of its own, for processes that a test starts."""

import os
from pathlib import Path


def embedded(data: Path) -> dict[str, str]:
    """One on the embedded database in the folder ``data``, whatever database the tests themselves run on."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HOMEPORT_")}
    return {**kept, "DJANGO_SETTINGS_MODULE": "homeport.config.settings", "HOMEPORT_DATA": str(data)}
