"""A kind of clinical row that could tell of others is refused before it keeps anything."""

from typing import Any

import pytest
from django.core.checks import run_checks
from django.db import models
from django.test.utils import isolate_apps

from homeport.access import checks
from homeport.access.checks import NO_PLACE, TELLS, check_clinical_rows
from homeport.core.clinical import ClinicalRow
from homeport.core.materials import Material

UNIQUE = models.UniqueConstraint


def a_kind(
    *, material: Any = Material.JOURNAL_ENTRY, constraints: tuple[Any, ...] = (), **fields: Any
) -> Any:
    with isolate_apps("homeport.exercises"):
        meta = type("Meta", (), {"app_label": "exercises", "constraints": list(constraints)})
        named = {} if material is None else {"material": material}
        return type("Some", (ClinicalRow,), {"Meta": meta, "__module__": __name__, **named, **fields})


def test_ours_are_in_order() -> None:
    assert [fault.id for fault in run_checks() if str(fault.id).startswith("access.")] == []
    assert check_clinical_rows() == []


@pytest.mark.parametrize(
    ("kind", "fault"),
    [
        ({"material": None}, NO_PLACE),
        ({"material": "gossip"}, NO_PLACE),
        ({"number": models.IntegerField(unique=True)}, TELLS),
        ({"constraints": (UNIQUE(fields=["case_id", "subject_id"], name="one_each"),)}, TELLS),
        ({"constraints": (UNIQUE(models.F("case_id"), name="one_a_case"),)}, TELLS),
        ({"constraints": (UNIQUE(fields=["case_id", "author_id"], name="one_of_each_author"),)}, None),
        ({}, None),
    ],
)
def test_what_is_refused(kind: dict[str, Any], fault: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    made = a_kind(**kind)
    monkeypatch.setattr(checks, "clinical_models", lambda: [made])
    assert [found.id for found in check_clinical_rows()] == ([fault] if fault else [])
