"""`homeport texts`: a practice's own texts to sign, beside those that come with Homeport."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from homeport.config.commands.bring_in import begin, switches
from homeport.core.errors import HomeportError

if TYPE_CHECKING:
    from homeport.cases.text_file import TextFile

HELP = "Take in, look at and give up the practice's own texts to sign."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """list, show KIND, install PATH, give-up KIND."""
    common = switches()
    which = argparse.ArgumentParser(add_help=False, parents=[common])
    which.add_argument("kind", metavar="KIND", help="such as treatment; `homeport texts list` names them")
    which.add_argument("--place", default="*", help="such as CA-ON, or * for everywhere (default: *)")
    which.add_argument("--language", default="en", metavar="CODE", help="such as fr (default: en)")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="list|show|install|give-up")
    verbs.add_parser("list", parents=[common], help="the kinds, and the practice's own texts")
    verbs.add_parser(
        "show", parents=[which], help="the text that holds, as a file to begin a version of one's own with"
    )
    install = verbs.add_parser(
        "install", parents=[common], help="take in a Markdown file, or every .md of a folder"
    )
    install.add_argument("path", type=Path, metavar="PATH")
    install.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
    verbs.add_parser("give-up", parents=[which], help="let Homeport's own text hold again")


def run(arguments: argparse.Namespace) -> int:
    """Do what the verb asks for. Bad input raises HomeportError with one clear line."""
    begin(arguments)
    from homeport.config.preparing import prepare

    prepare()
    verbs = {"list": _list, "show": _show, "install": _install, "give-up": _give_up}
    said, told = verbs[arguments.verb](arguments)
    print(json.dumps(told) if arguments.json else said)
    return 0


def _list(_arguments: argparse.Namespace) -> tuple[str, dict[str, Any]]:
    from homeport.cases.texts import KINDS, own_texts

    rows = [
        {
            "kind": row.kind, "place": row.place, "language": row.language, "version": row.version, "title": row.title,
            "asks_again": row.asks_again, "hash": row.hash, "installed_at": row.installed_at.isoformat(timespec="seconds"),
        }
        for row in own_texts()
    ]  # fmt: skip
    lines = [f"Kinds: {', '.join(KINDS)}"]
    lines += [
        f"{row['kind']:<36} {row['place']:<6} {row['language']:<3} version {row['version']:<4} {row['title']}"
        for row in rows
    ]
    if not rows:
        lines.append("The practice has no texts of its own; those that come with Homeport hold.")
    return "\n".join(lines), {"kinds": list(KINDS), "texts": rows}


def _show(arguments: argparse.Namespace) -> tuple[str, dict[str, Any]]:
    from homeport.cases.text_file import as_file
    from homeport.cases.texts import KINDS, own_texts

    if arguments.kind not in KINDS:
        raise HomeportError(f"{arguments.kind!r} is no kind of text; use one of {', '.join(KINDS)}.")
    text = own_texts().holding(arguments.kind, arguments.place, arguments.language).text
    own = text.id.startswith("practice:")
    written = as_file(text, arguments.kind, arguments.place, version=text.version + 1 if own else 1)
    return written, {"own": own, "version": text.version, "hash": text.hash, "file": written}


def _install(arguments: argparse.Namespace) -> tuple[str, dict[str, Any]]:
    from homeport.cases.services.install_text import install_texts
    from homeport.cases.text_file import read_text_files
    from homeport.core.actor import system

    texts = read_text_files(arguments.path)
    done = install_texts(actor=system("homeport texts install"), texts=texts, dry_run=arguments.dry_run)
    told = [
        _told(text, "checked" if arguments.dry_run else each.outcome, each.row.asks_again)
        for text, each in zip(texts, done, strict=True)
    ]
    return "\n".join(line for each in told for line in _lines(each)), {"texts": told}


def _lines(one: dict[str, Any]) -> list[str]:
    which = f"{one['kind']} for {one['place']} in {one['language']}, version {one['version']}"
    again = "" if one["outcome"] == "unchanged" else _again(one["asks_again"])
    return [
        f"{one['file']}: {one['outcome']}, {which}.{again}",
        *(f"  Look at this: {doubt}" for doubt in one["doubts"]),
    ]


def _told(text: "TextFile", outcome: str, asks_again: bool) -> dict[str, Any]:
    return {
        "file": text.name, "outcome": outcome, "kind": text.kind, "place": text.place, "language": text.language,
        "version": text.version, "hash": text.hash, "asks_again": asks_again, "doubts": list(text.doubts),
    }  # fmt: skip


def _again(asks: bool) -> str:
    return " Whoever signed earlier words is asked again." if asks else " Nobody who signed is asked again."


def _give_up(arguments: argparse.Namespace) -> tuple[str, dict[str, Any]]:
    from homeport.cases.services.install_text import give_up_text
    from homeport.core.actor import system

    which = {"kind": arguments.kind, "place": arguments.place, "language": arguments.language}
    give_up_text(actor=system("homeport texts give-up"), **which)
    said = (
        f"Given up: {arguments.kind} for {arguments.place} in {arguments.language}. "
        "Homeport's own text holds there again. What was signed can still be read."
    )
    return said, which
