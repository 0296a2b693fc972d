"""`make bench`: every claim about speed, size and precision, measured. Exit 1 when one does not hold.

    python -m tests.benchmark [WORD ...] [--quick] [--store] [--json]

WORD: only the parts whose name holds it (`python -m tests.benchmark pages`). --quick: a million rows instead of ten, and
no clone. --store: keep this run's ratios as the ones that later runs are held against.

A part is a module beside this one with ``measure()``, which gives one dict a claim: what, value, target, ok (None: shown
or skipped, and ``value`` says why). A value that begins "1.23 x" is a ratio of two times of the same run; it must keep to
its target, and to twice its stored value, so that a slow decline is seen on any machine.
"""

import argparse
import importlib
import inspect
import json
import re
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
BASELINE = HERE / "baseline.json"
SLOWER = 2.0  # times the stored ratio: beyond what two runs on a busy machine differ by
_RATIO = re.compile(r"(\d+(?:\.\d+)?) x\b")
_WIDTHS = (62, 44, 14)


@dataclass(frozen=True)
class Claim:
    """One measured line. verdict: ok, FAILED, SLOWER, or - where nothing is claimed or could be measured."""

    part: str
    what: str
    value: str
    target: str
    verdict: str
    ratio: float | None

    @property
    def failed(self) -> bool:
        """It does not hold."""
        return self.verdict in {"FAILED", "SLOWER"}


def judge(part: str, row: dict[str, Any], baseline: dict[str, float]) -> Claim:
    """A measured row with its verdict. A row without ``ok`` claims nothing."""
    value, what = str(row["value"]), str(row["what"])
    found = _RATIO.match(value)
    ratio = float(found[1]) if found else None
    verdict = {True: "ok", False: "FAILED", None: "-"}[row["ok"]]
    stored = baseline.get(what)
    if verdict == "ok" and ratio is not None and stored is not None and ratio > SLOWER * stored:
        verdict = "SLOWER"
        value += f", stored {stored:.2f} x"
    return Claim(part, what, value, str(row["target"]), verdict, ratio)


def parts(words: Sequence[str], *, quick: bool) -> Iterator[tuple[str, Iterable[dict[str, Any]]]]:
    """The parts that were asked for, each with its rows, still to be measured."""
    for path in sorted(HERE.glob("*.py")):
        name = path.stem
        if name.startswith("__") or (words and not any(word in name for word in words)):
            continue
        if quick and name == "newcomer_run":
            continue
        measure = getattr(importlib.import_module(f"tests.benchmark.{name}"), "measure", None)
        if measure is not None:
            yield (
                name,
                measure(**({"quick": quick} if "quick" in inspect.signature(measure).parameters else {})),
            )


def run(words: Sequence[str], *, quick: bool, baseline: dict[str, float], quiet: bool) -> list[Claim]:
    """Measure, and print each line as it comes. A part that breaks is a claim that failed."""
    claims = []
    for name, rows in parts(words, quick=quick):
        began = time.monotonic()
        if not quiet:
            say(f"\n{name.replace('_', ' ')}")
        try:
            for row in rows:
                claims.append(judge(name, row, baseline))
                if not quiet:
                    say(line(claims[-1]))
        except Exception as error:
            broken = {
                "what": f"{name} ran to its end",
                "value": f"{type(error).__name__}: {error}",
                "target": "yes",
            }
            claims.append(judge(name, {**broken, "ok": False}, baseline))
            if not quiet:
                say(line(claims[-1]))
        if not quiet:
            say(f"  ({time.monotonic() - began:.0f} s)")
    return claims


def line(claim: Claim) -> str:
    """One line of the table."""
    cells = zip((claim.what, claim.value, claim.target), _WIDTHS, strict=True)
    return "  " + "  ".join(cell.ljust(width) for cell, width in cells) + f"  {claim.verdict}"


def stored(path: Path = BASELINE) -> dict[str, float]:
    """The ratios of an earlier run; none where there was none."""
    if not path.exists():
        return {}
    found: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))
    return found


def store(claims: Sequence[Claim], path: Path = BASELINE) -> None:
    """Keep the ratios of claims that hold, beside those of parts that did not run."""
    ratios = {claim.what: claim.ratio for claim in claims if claim.ratio is not None and not claim.failed}
    kept = dict(sorted({**stored(path), **ratios}.items()))
    path.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark", description="Measure every claim.")
    parser.add_argument("words", nargs="*", metavar="WORD", help="only parts whose name holds this")
    parser.add_argument("--quick", action="store_true", help="a million rows instead of ten, and no clone")
    parser.add_argument("--store", action="store_true", help="keep this run's ratios as the baseline")
    parser.add_argument("--json", action="store_true", help="one machine-readable result")
    given = parser.parse_args(argv)
    claims = run(given.words, quick=given.quick, baseline={} if given.store else stored(), quiet=given.json)
    if given.store:
        store(claims)
    failed = [claim for claim in claims if claim.failed]
    if given.json:
        say(json.dumps({"failed": len(failed), "claims": [asdict(claim) for claim in claims]}))
    else:
        held = sum(claim.verdict == "ok" for claim in claims)
        left = len(claims) - held - len(failed)
        say(f"\n{held} claims hold, {len(failed)} do not, {left} are shown or skipped.")
    return 1 if failed or not claims else 0


def say(text: str) -> None:
    """Print at once: some parts take a minute."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
