"""`homeport calibrate`: item parameters from a file of answers."""

import argparse
import hashlib
import importlib.metadata
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from homeport.config.research import add_file_arguments, figure, give, key_for, say, table, tidy_end

if TYPE_CHECKING:
    from homeport.psychometrics.files.calibrate_file import CalibratedFile, CalibratedScale

HELP = "Fit item parameters (graded response model) to a file of answers."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to fit, whom to compare, where to write."""
    add_file_arguments(parser)
    parser.add_argument("--out", type=Path, help="write the parameters, with where they come from, as YAML")
    parser.add_argument(
        "--scale", action="append", default=[], metavar="ID", help="fit this scale alone; may be repeated"
    )
    parser.add_argument(
        "--dif", default="", metavar="COLUMN", help="look for questions that work differently in two groups"
    )
    parser.add_argument(
        "--groups", default="", metavar="A,B", help="the two groups of that column (default: the two largest)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Fit, write, then say what was found."""
    from homeport.core.errors import HomeportError
    from homeport.psychometrics.files.calibrate_file import calibrate_file
    from homeport.psychometrics.files.layout import Wishes
    from homeport.psychometrics.files.replacing import check_apart

    groups = tuple(name.strip() for name in arguments.groups.split(",") if name.strip())
    if groups and not arguments.dif:
        raise HomeportError("--groups needs --dif COLUMN: the column that holds them.")
    if arguments.out is not None:
        check_apart(arguments.file, arguments.out)
        if not arguments.out.parent.is_dir():
            raise HomeportError(f"The folder {arguments.out.parent} does not exist.")
    with tidy_end():
        found = calibrate_file(
            key_for(arguments),
            arguments.file,
            Wishes(arguments.format, arguments.order),
            scales=tuple(arguments.scale),
            group=arguments.dif,
            groups=groups,
            watch=_say_what_is_fitted,
        )
        if arguments.out is not None:
            _write(found, arguments.file, arguments.out)
    say(*found.notes)
    give(_result(found, arguments.out), _lines(found, arguments.out), as_json=arguments.json)
    return 0


def _say_what_is_fitted(scale: str, rows: int) -> None:
    """For whoever waits at a terminal: a fit says nothing until it is done."""
    if sys.stderr.isatty():
        say(f"Fitting {scale} to {rows:,} rows ...")


def _write(found: "CalibratedFile", file: Path, out: Path) -> None:
    from homeport import __version__
    from homeport.core.clock import today
    from homeport.psychometrics.files.parameters import parameters_text
    from homeport.psychometrics.files.replacing import replacing

    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    people = max(each.fit.people for each in found.scales.values())
    text = parameters_text(
        found,
        sample=f"{file.name}, {found.everyone.tally.rows} rows, SHA-256 {digest}",
        source=(
            f"homeport calibrate {__version__} on {today().isoformat()}, mirt {importlib.metadata.version('mirt')}; "
            "marginal maximum likelihood, 61 nodes, theta standard normal"
        ),
        label=f"own calibration, {people} people, {today().isoformat()}",
    )
    with replacing(out) as draft:
        draft.write_text(text, encoding="utf-8")


def _result(found: "CalibratedFile", out: Path | None) -> dict[str, Any]:
    everyone = found.everyone
    return {
        "instrument": everyone.layout.key.reference,
        "format": everyone.layout.format,
        "rows": everyone.tally.rows,
        "out": None if out is None else str(out),
        "scales": {scale: _scale(each) for scale, each in found.scales.items()},
        "notes": found.notes,
    }


def _scale(each: "CalibratedScale") -> dict[str, Any]:
    fit = each.fit
    items = [
        {"item": item, "a": float(a), "a_se": float(a_se), "b": _finite(b), "b_se": _finite(b_se)}
        for item, a, a_se, b, b_se in zip(
            fit.bank.items, fit.bank.a, fit.a_se, fit.bank.b, fit.b_se, strict=True
        )
    ]
    return {
        "people": fit.people,
        "converged": fit.converged,
        "iterations": fit.iterations,
        "log_likelihood": fit.log_likelihood,
        "alpha": each.alpha,
        "marginal_reliability": each.reliability,
        "items": items,
        "dif": _dif(each),
    }


def _dif(each: "CalibratedScale") -> dict[str, Any] | None:
    found = each.difference
    if found is None:
        return None
    items = [
        {
            "item": wald.item,
            "effect": wald.effect,
            "p": wald.p,
            "size": wald.size,
            "r2_change": logistic.whole,
            "r2_size": logistic.size,
            "flagged": wald.flagged or logistic.size != "negligible",
        }
        for wald, logistic in zip(found.wald, found.logistic, strict=True)
    ]
    return {"groups": found.groups, "people": found.people, "items": items}


def _finite(values: Any) -> list[float]:
    return [float(value) for value in values if abs(float(value)) < float("inf")]


def _lines(found: "CalibratedFile", out: Path | None) -> list[str]:
    lines = []
    for scale, each in found.scales.items():
        lines += [
            f"{scale}: {each.fit.people:,} people, {each.fit.iterations} rounds, alpha {figure(each.alpha)}, "
            f"reliability of the estimates {figure(each.reliability)}"
        ]
        rows = [["item", "a", "SE", "b"]]
        for item, a, a_se, b in zip(
            each.fit.bank.items, each.fit.bank.a, each.fit.a_se, each.fit.bank.b, strict=True
        ):
            rows.append([item, figure(a), figure(a_se), "  ".join(figure(value) for value in _finite(b))])
        lines += table(rows)
        lines += _dif_lines(each)
    return lines + ([f"Written to {out}"] if out else [])


def _dif_lines(each: "CalibratedScale") -> list[str]:
    dif = _dif(each)
    if dif is None:
        return []
    first, second = dif["groups"]
    flagged = [item for item in dif["items"] if item["flagged"]]
    head = f"{len(flagged)} of {len(dif['items'])} questions work differently in {first!r} and {second!r}"
    rows = [["item", "harder for the second by", "size", "R2 change", "size"]]
    rows += [
        [item["item"], figure(item["effect"]), item["size"], figure(item["r2_change"]), item["r2_size"]]
        for item in flagged
    ]
    return [head, *(table(rows) if flagged else [])]
