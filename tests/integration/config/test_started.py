"""What a process that serves pages is when it has started."""

import os
import subprocess
import sys


def test_what_starting_left_is_not_walked_through_again(installation: dict[str, str]) -> None:
    """A full collection leaves it alone, the pages of every room with it: they are read by then."""
    code = (
        "import gc, homeport.config.asgi\n"
        "from django.urls import get_resolver\n"
        "print(gc.get_freeze_count() > 50_000, 'url_patterns' in vars(get_resolver()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **installation},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["True", "True"]
