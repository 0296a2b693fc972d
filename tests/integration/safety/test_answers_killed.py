"""The server is killed while people answer: every answer has its alert, and no alert is there twice."""

import os

from tests.benchmark.risk_answers import NOT_ONE, killed


def test_no_answer_is_without_its_alert_and_none_has_two() -> None:
    vendor = "postgresql" if os.environ.get("HOMEPORT_TEST_DATABASE") == "postgresql" else "sqlite"
    found = killed(vendor, 12)
    assert found["answers"] == found["alerts"] == found["audited"] == 12
    assert not any(found[name] for name in NOT_ONE), found
    assert found["kills"] > 0
