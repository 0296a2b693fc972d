"""`make bench` can fail: on a limit, on a decline, on a part that breaks, and on nothing measured."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.benchmark import __main__ as bench
from tests.benchmark.public_pages import Answer, Site


def row(value: str, ok: bool | None = True) -> dict[str, Any]:
    return {"what": "a step", "value": value, "target": "<= 2 x", "ok": ok}


@pytest.mark.parametrize(
    ("value", "ok", "stored", "verdict"),
    [
        ("1.20 x (1 s / 2 s)", True, {}, "ok"),
        ("1.20 x bare page", True, {"a step": 1.0}, "ok"),
        ("2.10 x bare page", True, {"a step": 1.0}, "SLOWER"),
        ("2.60 x bare page", False, {"a step": 1.0}, "FAILED"),
        ("9.00 x bare page", None, {"a step": 1.0}, "-"),
        ("15.0", True, {"a step": 1.0}, "ok"),
        ("skipped: no shared data", None, {}, "-"),
    ],
)
def test_verdicts(value: str, ok: bool | None, stored: dict[str, float], verdict: str) -> None:
    claim = bench.judge("steps", row(value, ok), stored)
    assert claim.verdict == verdict
    assert claim.failed == (verdict in {"FAILED", "SLOWER"})


def measured(monkeypatch: pytest.MonkeyPatch, rows: Iterator[dict[str, Any]] | None) -> None:
    found = [] if rows is None else [("steps", rows)]
    monkeypatch.setattr(bench, "parts", lambda words, quick: iter(found))


def test_the_exit_code(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    measured(monkeypatch, iter([row("1.0 x", True), row("seen", None)]))
    assert bench.main([]) == 0
    assert "1 claims hold, 0 do not, 1 are shown or skipped" in capsys.readouterr().out
    measured(monkeypatch, iter([row("1.0 x", True), row("3.0 x", False)]))
    assert bench.main([]) == 1
    measured(monkeypatch, None)
    assert bench.main([]) == 1


def test_a_part_that_breaks_is_a_claim_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Iterator[dict[str, Any]]:
        yield row("1.0 x")
        raise RuntimeError("no server")

    measured(monkeypatch, broken())
    claims = bench.run([], quick=True, baseline={}, quiet=True)
    assert [claim.verdict for claim in claims] == ["ok", "FAILED"]
    assert "no server" in claims[1].value


def test_stored_ratios_are_kept_beside_those_of_other_parts(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    bench.store([bench.judge("a", {**row("1.5 x"), "what": "one"}, {})], path)
    bench.store(
        [bench.judge("a", {**row("2.5 x"), "what": "two"}, {}), bench.judge("a", row("9 x", False), {})], path
    )
    assert bench.stored(path) == {"one": 1.5, "two": 2.5}
    assert bench.stored(tmp_path / "none.json") == {}


def test_every_part_measures() -> None:
    names = [name for name, _ in bench.parts([], quick=False)]
    assert {"file_scoring", "newcomer_run", "psychometrics_targets", "public_pages", "question_page"} <= set(
        names
    )
    assert "bare_scoring" not in names
    assert [name for name, _ in bench.parts(["pages"], quick=False)] == ["public_pages"]


def test_a_page_weighs_all_that_it_names_and_strangers_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = {
        "/a.css": Answer(
            "text/css", 100, '@import "b.css"; x { background: url(img/c.png) } y { fill: url(#d) }'
        ),
        "/b.css": Answer("text/css", 20, 'z { src: url("data:font/woff2;x") }'),
        "/img/c.png": Answer("image/png", 3, ""),
        "/m.js": Answer("text/javascript", 1000, 'import { f } from "./n.js"; import("/o.js")'),
        "/n.js": Answer("text/javascript", 200, ""),
        "/o.js": Answer("text/javascript", 30, ""),
    }
    site = Site("http://localhost")
    monkeypatch.setattr(site, "ask", lambda path, form=None: parts[path])
    text = (
        '<link rel="stylesheet" href="/a.css"><script src="/m.js"></script><a href="https://elsewhere.example/">x</a>'
        '<img src="https://tracker.example/p.gif"><svg><use href="#here"/></svg>'
    )
    page = site.weigh("/", Answer("text/html", 5000, text))
    assert site.pages["/"] == 5000 + 100 + 20 + 3 + 1000 + 200 + 30
    assert site.strangers == {"https://tracker.example/p.gif"}
    assert page.links == ["https://elsewhere.example/"]


def test_the_clone_is_left_out_of_a_quick_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench.importlib, "import_module", lambda name: SimpleNamespace(measure=lambda: []))
    assert "newcomer_run" not in [name for name, _ in bench.parts([], quick=True)]
