"""`homeport simulate`: what the adaptive test would have asked these people, and how close it would have come."""

import argparse
from typing import TYPE_CHECKING, Any

from homeport.config.research import (
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
    from homeport.psychometrics.files.simulate_file import SimulatedFile

HELP = "Replay real answers through the adaptive test, beside the best fixed form of the same length."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """When the test stops and how it chooses."""
    add_file_arguments(parser)
    parser.add_argument("--se", type=float, default=0.32, help="stop at this standard error (default: 0.32)")
    parser.add_argument(
        "--exposure",
        type=int,
        default=1,
        metavar="K",
        help="choose by chance among the K best questions (default: 1, always the best)",
    )
    parser.add_argument(
        "--max-items", type=int, metavar="N", help="questions a scale at most (default: all of them)"
    )
    parser.add_argument(
        "--seed", type=int, default=0, help="decides every choice left to chance (default: 0)"
    )
    add_parameters_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    """Replay, then say what was found. There is never a stall rule here: each test runs to its precision."""
    from homeport.core.errors import HomeportError
    from homeport.psychometrics import AdaptiveRules
    from homeport.psychometrics.files.layout import Wishes
    from homeport.psychometrics.files.simulate_file import simulate_file

    if not 0 <= arguments.seed < 2**64:
        raise HomeportError("A seed is a whole number from 0 to 2^64 - 1.")
    rules = AdaptiveRules(
        se=arguments.se, exposure=arguments.exposure, max_items=arguments.max_items, stall=None
    )
    with tidy_end():
        found = simulate_file(
            key_for(arguments),
            arguments.file,
            rules,
            Wishes(arguments.format, arguments.order),
            seed=arguments.seed,
        )
    tally = found.everyone.tally
    say(*found.everyone.layout.notes)
    if tally.incomplete:
        say(f"{tally.incomplete:,} of {tally.rows:,} rows have gaps and are left out of the replay.")
    give(_result(found, arguments.seed), _lines(found), as_json=arguments.json)
    return 0


def _result(found: "SimulatedFile", seed: int) -> dict[str, Any]:
    summary, rules, layout = found.summary, found.test.rules, found.everyone.layout
    by_scale = {
        "r": summary.r,
        "r_fixed": summary.r_fixed,
        "rmse": summary.rmse,
        "items_median": summary.items_median,
        "se_median": found.se_median,
    }
    return {
        "instrument": layout.key.reference,
        "format": layout.format,
        "rows": found.everyone.tally.rows,
        "respondents": summary.respondents,
        "se": rules.se,
        "exposure": rules.exposure,
        "max_items": rules.max_items,
        "seed": seed,
        "items_full": found.items_full,
        "items_median_total": summary.items_median_total,
        "items_mean_total": summary.items_mean_total,
        "se_reached_share": summary.se_reached_share,
        **{
            f"{name}_{scale.replace('-', '_')}": value
            for name, values in by_scale.items()
            for scale, value in values.items()
        },
        "stopped": found.stopped,
        "notes": layout.notes,
    }


def _lines(found: "SimulatedFile") -> list[str]:
    summary, rules = found.summary, found.test.rules
    rows = [["scale", "items, median", "SE, median", "r", "RMSE", "r of the fixed form as long"]]
    for scale, r in summary.r.items():
        rows.append(
            [
                scale,
                figure(summary.items_median[scale], 1),
                figure(found.se_median[scale]),
                figure(r),
                figure(summary.rmse[scale]),
                figure(summary.r_fixed[scale]),
            ]
        )
    chosen = f", chosen among the {rules.exposure} best" if rules.exposure > 1 else ""
    return [
        f"{summary.respondents:,} people replayed to a standard error of {rules.se:g}{chosen}",
        f"Questions in all: median {summary.items_median_total:g}, mean {summary.items_mean_total:.1f}, "
        f"instead of {found.items_full}",
        f"Precise on every scale: {summary.se_reached_share:.1%}",
        *table(rows),
        "r and RMSE: against the estimate from all answers.",
    ]
