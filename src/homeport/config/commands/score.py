"""`homeport score`: a file of answers in, a file of scores out."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from homeport.config.research import (
    Progress,
    add_file_arguments,
    add_parameters_argument,
    figure,
    give,
    key_for,
    say,
    table,
    tidy_end,
)

if TYPE_CHECKING:
    from homeport.psychometrics.files.score_file import ScoredFile

HELP = "Score a file of answers: one row of means, estimates and standard errors for each row."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to score, and where to."""
    add_file_arguments(parser)
    parser.add_argument(
        "--out", type=Path, required=True, help="the scores: a name ending in .csv or .parquet"
    )
    parser.add_argument(
        "--keep",
        default="",
        metavar="COLUMNS",
        help="columns of FILE to copy along, parted by commas (default: none)",
    )
    parser.add_argument(
        "--list",
        type=int,
        default=20,
        metavar="N",
        help="rows with gaps to name (default: 20); all are counted",
    )
    add_parameters_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    """Score, then say what was found."""
    from homeport.psychometrics.files.layout import Wishes
    from homeport.psychometrics.files.score_file import score_file

    keep = tuple(name.strip() for name in arguments.keep.split(",") if name.strip())
    progress = Progress("Scoring")
    with tidy_end():
        try:
            found = score_file(
                key_for(arguments),
                arguments.file,
                arguments.out,
                Wishes(arguments.format, arguments.order, keep),
                listed=max(arguments.list, 0),
                watch=progress,
            )
        finally:
            progress.clear()
    say(*found.notes, *_gaps(found))
    give(_result(found, arguments.out), _lines(found, arguments.out), as_json=arguments.json)
    return 0


def _gaps(found: "ScoredFile") -> list[str]:
    tally = found.tally
    if not tally.incomplete:
        return []
    seen = ", ".join(f"{value} ({count:,} times)" for value, count in tally.values.most_common(8))
    outside = f", {tally.outside:,} outside the answers: {seen}" if tally.outside else ""
    lines = [
        f"{tally.incomplete:,} of {tally.rows:,} rows have gaps: {tally.missing:,} cells empty{outside}."
    ]
    lines += [f"  {problem}" for problem in tally.problems]
    more = tally.incomplete - len(tally.problems)
    return lines + ([f"  … and {more:,} more rows"] if tally.problems and more else [])


def _result(found: "ScoredFile", out: Path) -> dict[str, Any]:
    layout, tally = found.layout, found.tally
    scales = {
        scale: {
            "scored": each.scored,
            "mean": each.mean,
            "sd": each.sd,
            "alpha": each.alpha,
            "omega": each.omega,
            "sem": each.sem,
            "eap_reliability": each.precision,
            "calibration": each.calibration or None,
        }
        for scale, each in found.scales.items()
    }
    return {
        "instrument": layout.key.reference,
        "format": layout.format,
        "order": layout.order or None,
        "out": str(out),
        "columns": found.columns,
        "rows": tally.rows,
        "scored": found.scored,
        "complete": tally.complete,
        "missing": tally.missing,
        "out_of_range": tally.outside,
        "out_of_range_values": dict(tally.values.most_common()),
        "first_gaps": [
            {"row": problem.row, "missing": problem.missing, "out_of_range": dict(problem.outside)}
            for problem in tally.problems
        ],
        **{f"alpha_{scale.replace('-', '_')}": each.alpha for scale, each in found.scales.items()},
        "scales": scales,
        "notes": found.notes,
    }


def _lines(found: "ScoredFile", out: Path) -> list[str]:
    tally = found.tally
    rows = [["scale", "scored", "mean", "SD", "alpha", "omega", "SEM", "EAP reliability"]]
    for scale, each in found.scales.items():
        figures = (each.mean, each.sd, each.alpha, each.omega, each.sem, each.precision)
        rows.append([scale, f"{each.scored:,}", *map(figure, figures)])
    labels = {each.calibration for each in found.scales.values() if each.calibration}
    return [
        f"{tally.rows:,} rows read, {found.scored:,} scored on every scale, written to {out}",
        *table(rows),
        *(f"Estimates: {label}." for label in sorted(labels)),
    ]
