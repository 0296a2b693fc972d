"""`homeport audit verify`: walk the chain of the audit and say whether it holds."""

import argparse
import json

HELP = "Verify that the record of who did what was not changed."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and the head noted earlier."""
    parser.add_argument("action", choices=["verify"])
    parser.add_argument(
        "--head", help="a chain head noted earlier (from the log), which must be in the chain"
    )
    parser.add_argument("--json", action="store_true", help="one machine-readable result on standard output")


def run(arguments: argparse.Namespace) -> int:
    """Print what was found. Exit 1 when the chain does not hold."""
    import django

    django.setup()
    from homeport.audit.selectors import verify_chain

    found = verify_chain(head=arguments.head)
    if arguments.json:
        print(json.dumps({"links": found.links, "head": found.head, "faults": found.faults}))
    else:
        for fault in found.faults:
            print(f"MEND  {fault}")
        print(f"{found.links} links, head {found.head}. " + ("" if found.faults else "The chain holds."))
    return 1 if found.faults else 0
