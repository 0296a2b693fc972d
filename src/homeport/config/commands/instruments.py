"""`homeport instruments`: list the questionnaires, install their published wordings, import files."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from homeport.config.commands.bring_in import begin, switches
from homeport.core.errors import HomeportError

if TYPE_CHECKING:
    from homeport.catalogue.fit import Fit

HELP = "List, install and import questionnaires."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """list, show NAME, install NAME [--from PATH], import FILE."""
    common = switches()
    bringing = argparse.ArgumentParser(add_help=False, parents=[common])
    bringing.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
    bringing.add_argument(
        "--language", default="", metavar="TAG", help="the language to take, such as en or pt-br"
    )
    bringing.add_argument(
        "--order", default="", metavar="NAME", help="which published order the questions are in"
    )
    bringing.add_argument("--form", default="", metavar="NAME", help="which form of a REDCap dictionary")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="list|show|install|import")
    verbs.add_parser("list", parents=[common], help="every instrument, and what is installed")
    show = verbs.add_parser("show", parents=[common], help="one instrument: its key, sources and wordings")
    show.add_argument("name", metavar="NAME")
    install = verbs.add_parser(
        "install", parents=[bringing], help="install a wording from its public source or a file"
    )
    install.add_argument("name", metavar="NAME")
    install.add_argument(
        "--from", dest="path", type=Path, metavar="PATH", help="a file or folder instead of the source"
    )
    importing = verbs.add_parser(
        "import", parents=[bringing], help="import a questionnaire from a file or folder"
    )
    importing.add_argument("path", type=Path, metavar="FILE")
    importing.add_argument(
        "--as", dest="name", default="", metavar="NAME", help="the instrument it is, or local.NAME"
    )


def run(arguments: argparse.Namespace) -> int:
    """Do what the verb asks for. Bad input raises HomeportError with one clear line."""
    begin(arguments)
    verbs = {"list": _list, "show": _show, "install": _bring_in, "import": _bring_in}
    verbs[arguments.verb](arguments)
    return 0


def _say(text: str = "") -> None:
    print(text)


def _bring_in(arguments: argparse.Namespace) -> None:
    from homeport.catalogue.presenters import report, report_lines
    from homeport.catalogue.services.read_supplied import fit_path, fit_public

    choices = {"language": arguments.language, "order": arguments.order}
    if arguments.verb == "install":
        from homeport.content.instruments import resolve

        resolve(arguments.name)  # an unknown name is said before a file is opened
    if arguments.path is None:
        if not arguments.json:
            print("Fetching the published wording ...", file=sys.stderr)
        fit = fit_public(arguments.name, **choices)
    else:
        fit = fit_path(arguments.path, name=arguments.name, form=arguments.form, **choices)
    outcome = "checked" if arguments.dry_run else _install(fit)
    if arguments.json:
        _say(json.dumps(report(fit, outcome)))
    else:
        _say("\n".join(report_lines(fit, outcome)))


def _install(fit: "Fit") -> str:
    from django.conf import settings
    from django.db import DatabaseError

    from homeport.config.preparing import prepare

    prepare()

    from homeport.catalogue.services.install_wording import install_wording

    try:
        return install_wording(fit=fit).outcome
    except DatabaseError as error:
        raise HomeportError(
            f"The database in {settings.DATA} cannot be written to; nothing was changed: {error}."
        ) from error


def _has_tables() -> bool:
    """Whether this installation was ever started: asks, and makes nothing."""
    from django.db import DatabaseError, connection

    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and "memory" not in name and not Path(name).is_file():
        return False
    try:
        return "catalogue_installedwording" in connection.introspection.table_names()
    except DatabaseError:
        return False


def _installed_now() -> list[dict[str, Any]]:
    """What is installed, without laying tables where there are none."""
    import django

    django.setup()
    if not _has_tables():
        return []
    from homeport.catalogue.selectors.installed_wordings import current_wordings

    return current_wordings()


def _list(arguments: argparse.Namespace) -> None:
    from homeport.catalogue.sources import sources_of
    from homeport.content.instruments import all_keys

    rows = _installed_now()
    languages: dict[str, list[str]] = {}
    for row in rows:
        languages.setdefault(row["instrument"], []).append(row["language"])
    known: list[dict[str, Any]] = [
        {
            "id": key.id,
            "title": key.title,
            "items": len(key.items),
            "installed": languages.pop(key.id, []),
            "source": bool(sources_of(key.id)),
            "scored": True,
        }
        for key in all_keys()
    ]
    local = {row["instrument"]: row["title"] for row in rows if row["instrument"] in languages}
    known += [
        {"id": name, "title": title, "installed": languages[name], "source": False, "scored": False}
        for name, title in local.items()
    ]
    if arguments.json:
        _say(json.dumps({"instruments": known}))
        return
    for one in known:
        there = ", ".join(one["installed"]) or _without_wording(one)
        _say(f"{one['id']:<24} {one['title'][:52]:<54} {there}")


def _without_wording(one: dict[str, Any]) -> str:
    if one["id"] == "attachment.homeport":
        return "comes with Homeport"
    return "can be installed" if one["source"] else "needs a file (--from PATH)"


def _show(arguments: argparse.Namespace) -> None:
    from homeport.catalogue.presenters import fact_lines, key_facts, source_facts
    from homeport.content.instruments import load_key

    local = arguments.name.lower().startswith("local.")
    key = None if local else load_key(arguments.name)
    identity = arguments.name.lower() if key is None else key.id
    wordings = _wordings(identity)
    if key is None and not wordings:
        raise HomeportError(f"Nothing called {identity} is installed.")
    facts = {"id": identity, "scored": key is not None, **(key_facts(key) if key else {})}
    facts |= {"sources": source_facts(identity), "wordings": wordings}
    _say(json.dumps(facts) if arguments.json else "\n".join(fact_lines(facts)))


def _wordings(identity: str) -> list[dict[str, Any]]:
    import django

    django.setup()
    if not _has_tables():
        return []
    from homeport.catalogue.selectors.installed_wordings import wordings_of

    return [
        {
            "language": row.language,
            "title": row.title,
            "current": row.replaced_at is None,
            "hash": row.hash,
            "installed_at": row.installed_at.isoformat(timespec="seconds"),
            "from": f"{row.repository} {row.path}".strip(),
            "dropped": [f"{code}: {why}" for code, why in row.dropped],
            "doubts": row.doubts,
        }
        for row in wordings_of(identity)
    ]
