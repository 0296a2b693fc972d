"""`homeport worker`: run the work that requests left for later."""

import argparse
import os
import threading

from homeport.config.running import STARTED_BY, on_stop

HELP = "Run jobs until stopped. `homeport serve` starts one by itself."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None: everything is a setting."""


def run(_arguments: argparse.Namespace) -> int:
    """Work until SIGTERM, Ctrl-C, or the end of the site that started us."""
    parent = int(os.environ.pop(STARTED_BY, os.getppid()))
    os.environ.setdefault("HOMEPORT_DATABASE_ROLE", "worker")
    from homeport.config.preparing import prepare

    prepare()
    from homeport.outbox.worker import work

    stop = threading.Event()
    on_stop(stop)
    work(stop, orphaned=lambda: os.getppid() != parent)
    return 0
