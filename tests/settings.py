"""The product's own settings, with a data folder of the tests' own: they never touch an installation."""

import os
import tempfile
from pathlib import Path

for name in [
    name for name in os.environ if name.startswith("HOMEPORT_") and not name.startswith("HOMEPORT_TEST_")
]:
    del os.environ[name]
os.environ["HOMEPORT_DATA"] = str(Path(tempfile.gettempdir(), f"homeport-tests-{os.getuid()}"))

from homeport.config.settings import *  # noqa: E402, F403
