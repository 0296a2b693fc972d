"""What a loader refuses becomes a fault, and the next loader still runs."""

import pytest
from tests.checks import content_loads
from tests.checks.finding import ROOT, Outcome

from homeport.content import articles, instruments
from homeport.core.errors import ContentError


def test_a_refusal_and_a_finding_are_both_faults() -> None:
    def refuses() -> list[str]:
        raise ContentError("a.md has no body.")

    outcome = Outcome()
    content_loads.gather(outcome, refuses)
    content_loads.gather(outcome, lambda: ["x: no golden vector"])
    assert outcome.faults == ["a.md has no body.", "x: no golden vector"]


def test_missing_content_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instruments, "all_keys", tuple)
    monkeypatch.setattr(articles, "all_articles", lambda _language: ())
    faults = content_loads.check(ROOT).faults
    assert "no instrument is packaged" in faults
    assert "no article is packaged" in faults
