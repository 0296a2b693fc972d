"""Over HTTPS the cookies are bound to this host and to encryption."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SHOWN = """
import json
from django.conf import settings
names = [name for name in dir(settings) if name.startswith(("SESSION_COOKIE", "CSRF_COOKIE", "SECURE_", "SESSION_LONG"))]
print(json.dumps({name: getattr(settings, name) for name in names}, default=str))
"""


def settings_with(tmp_path: Path, **environment: str) -> dict[str, object]:
    """The settings of an installation with this environment."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("HOMEPORT_")}
    own = {
        "HOMEPORT_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "homeport.config.settings",
        **environment,
    }
    done = subprocess.run(
        [sys.executable, "-c", SHOWN], env={**clean, **own}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ValueError(done.stderr)
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_over_https(tmp_path: Path) -> None:
    found = settings_with(tmp_path, HOMEPORT_HTTPS="yes")
    assert found["SESSION_COOKIE_NAME"] == "__Host-session"
    assert found["CSRF_COOKIE_NAME"] == "__Host-form"
    # What the prefix asks for: browsers refuse the cookie otherwise.
    for kind in ("SESSION", "CSRF"):
        assert found[f"{kind}_COOKIE_SECURE"] is True
        assert found[f"{kind}_COOKIE_HTTPONLY"] is True
        assert found[f"{kind}_COOKIE_PATH"] == "/"
        assert found[f"{kind}_COOKIE_DOMAIN"] is None
        assert found[f"{kind}_COOKIE_SAMESITE"] == "Lax"


def test_how_long_a_session_lasts_is_a_setting_within_reason(tmp_path: Path) -> None:
    found = settings_with(tmp_path, HOMEPORT_IDLE_MINUTES="15", HOMEPORT_SESSION_HOURS="8")
    assert (found["SESSION_COOKIE_AGE"], found["SESSION_LONGEST_SECONDS"]) == (900, 28_800)
    for wrong in ("0", "4", "721", "soon", "-5"):
        with pytest.raises(ValueError, match="HOMEPORT_IDLE_MINUTES"):
            settings_with(tmp_path, HOMEPORT_IDLE_MINUTES=wrong)
