"""What the commands that bring something in share: their two switches, and how they begin."""

import argparse
import os
import sys


def switches() -> argparse.ArgumentParser:
    """``--json`` and ``--demo``, as a parent for each verb's parser."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--json", action="store_true", help="one machine-readable result on standard output")
    common.add_argument("--demo", action="store_true", help="work on the demo practice's database")
    return common


def begin(arguments: argparse.Namespace) -> None:
    """Turn to the demo's database where it is asked for; before settings are read."""
    if arguments.demo:
        os.environ["HOMEPORT_DEMO"] = "yes"
        os.environ["HOMEPORT_DATA"] = os.environ.get("HOMEPORT_DEMO_DATA", "var/demo")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal without these letters still gets its report
            stream.reconfigure(errors="backslashreplace")
