"""`homeport demo`: the demo practice, on this machine alone and in a database of its own."""

import argparse
import os

from homeport.config.commands.serve import port

LOOPBACK = "localhost,127.0.0.1,[::1]"
NOT_TAKEN = (
    "HOMEPORT_SECRET_KEY", "HOMEPORT_KEYS", "HOMEPORT_KEY_FILE", "HOMEPORT_KEY_PROGRAM", "HOMEPORT_DATABASE_URL",
    "HOMEPORT_KEYS_DATABASE_URL",
)  # fmt: skip
HELP = "Run the demo practice on this machine, in a database of its own."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen; the address is always loopback."""
    parser.add_argument("--port", type=port, default=8000, help="port to listen on (default: 8000)")


def run(arguments: argparse.Namespace) -> int:
    """Serve the demo."""
    os.environ["HOMEPORT_DEMO"] = "yes"
    # Nothing of a real installation reaches the demo, whatever this shell's environment or a settings file names.
    os.environ |= {
        "HOMEPORT_HOSTS": LOOPBACK,
        "HOMEPORT_HTTPS": "no",
        "HOMEPORT_MAIL_URL": "console:",
        "HOMEPORT_TEXTS": "console:",
    }
    os.environ |= dict.fromkeys(NOT_TAKEN, "")
    os.environ["HOMEPORT_DATA"] = os.environ.get("HOMEPORT_DEMO_DATA", "var/demo")
    os.environ.setdefault("HOMEPORT_PRACTICE_NAME", "Harbour Street Practice")
    os.environ |= {
        "HOMEPORT_PORT": str(arguments.port),
        "HOMEPORT_ADDRESS": f"http://localhost:{arguments.port}",
    }
    from homeport.config.preparing import prepare
    from homeport.config.running import Site

    prepare(static=True)
    check_alone()
    fill()
    return Site(host="127.0.0.1", port=arguments.port, worker=True).run()


def check_alone() -> None:
    """Raise ``HomeportError`` where the folder holds a practice of real people."""
    from homeport.config.demo.alone import check_practice

    check_practice()


def fill() -> None:
    """Make the practice and its half year, where there is none yet."""
    from homeport.config.demo.fill import fill_demo

    fill_demo()
