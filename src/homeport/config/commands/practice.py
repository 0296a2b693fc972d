"""`homeport practice`: the first start by command, and letting somebody in from the machine itself."""

import argparse
import json

from homeport.core.errors import HomeportError

HELP = "Set the practice up, or invite somebody from this machine."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and what each needs."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    first = actions.add_parser("set-up", help="write the practice and its first manager down, once")
    first.add_argument("--name", required=True, help="the practice's name")
    first.add_argument("--place", required=True, help="whose law applies, such as CA-ON")
    first.add_argument("--zone", required=True, help="time zone, such as America/Toronto")
    first.add_argument("--languages", default="en", help="codes with commas between them (default: en)")
    first.add_argument("--crisis-region", help="whose crisis lines are shown (default: the place)")
    first.add_argument("--years", type=int, default=10, help="how long records are kept (default: 10)")
    first.add_argument("--manager", required=True, help="the first manager's name")
    first.add_argument("--manager-email", required=True, help="the address they will sign in with")
    code = actions.add_parser("code", help="show the code that the set-up page asks for")
    ask = actions.add_parser("invite", help="make an invitation and show its link, here alone")
    ask.add_argument("email")
    ask.add_argument("--name", default="", help="their name")
    ask.add_argument(
        "--role", action="append", default=[], help="such as manager; may be given several times"
    )
    for action in (first, code, ask):
        action.add_argument(
            "--json", action="store_true", help="one machine-readable result on standard output"
        )


def run(arguments: argparse.Namespace) -> int:
    """Do it and print where to go on."""
    from homeport.config.preparing import prepare

    prepare()
    actions = {"set-up": _set_up, "code": _code, "invite": _invite}
    said, told = actions[arguments.action](arguments)
    print(json.dumps(told) if arguments.json else said)
    return 0


def _set_up(arguments: argparse.Namespace) -> tuple[str, dict[str, str]]:
    from homeport.core.actor import system
    from homeport.people.services.send_invitation import link_to
    from homeport.people.services.set_up_practice import begin_practice

    practice, invitation, _secret = begin_practice(
        actor=system("homeport practice set-up"),
        name=arguments.name,
        jurisdiction=arguments.place,
        zone=arguments.zone,
        languages=[code.strip() for code in arguments.languages.split(",") if code.strip()],
        crisis_region=arguments.place if arguments.crisis_region is None else arguments.crisis_region,
        retention_years=arguments.years,
        manager_name=arguments.manager,
        manager_email=arguments.manager_email,
    )
    link = link_to(invitation)
    said = f"{practice.name} is set up. {arguments.manager} makes a sign-in here, within a week:\n{link}"
    return said, {"practice": str(practice.pk), "invitation": link}


def _code(_arguments: argparse.Namespace) -> tuple[str, dict[str, str]]:
    from homeport.config.first_start import notice
    from homeport.people.selectors import the_practice
    from homeport.people.services.set_up_practice import SetUpAlready
    from homeport.people.set_up_code import set_up_code

    if the_practice() is not None:
        raise SetUpAlready
    return notice(), {"code": set_up_code()}


def _invite(arguments: argparse.Namespace) -> tuple[str, dict[str, str]]:
    from homeport.core.actor import system
    from homeport.people.models import Role
    from homeport.people.selectors import the_practice
    from homeport.people.services.invite import invite
    from homeport.people.services.send_invitation import link_to

    if the_practice() is None:
        raise HomeportError("There is no practice here yet. Run `homeport practice set-up` first.")
    unknown = set(arguments.role) - set(Role.values)
    if unknown:
        raise HomeportError(f"{min(unknown)!r} is not a role. Use one of {', '.join(Role.values)}.")
    invitation, _secret = invite(
        actor=system("homeport practice invite"),
        email=arguments.email,
        name=arguments.name,
        roles=[Role(role) for role in arguments.role],
    )
    link = link_to(invitation)
    return f"Give {arguments.email} this link; it works once, within a week:\n{link}", {"invitation": link}
