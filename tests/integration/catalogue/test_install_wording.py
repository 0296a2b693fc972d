"""Keeping a wording: all of it or nothing, once, never changed."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from homeport.catalogue.fit import Fit
from homeport.catalogue.models import InstalledWording
from homeport.catalogue.selectors.installed_wordings import installed_wording, wording_by_hash, wording_of
from homeport.catalogue.services import install_wording as service
from homeport.catalogue.services.install_wording import install_wording
from homeport.content.instruments import load_key, misfits
from homeport.core.errors import HomeportError

pytestmark = pytest.mark.django_db
MakeFit = Callable[..., Fit]


def test_a_wording_is_kept_word_for_word(fit: MakeFit) -> None:
    fitted = fit()
    done = install_wording(fit=fitted)
    assert done.outcome == "installed"
    row = InstalledWording.objects.get()
    kept = wording_of(row)
    assert kept == fitted.wording
    assert kept.hash == row.hash == fitted.wording.hash
    assert list(kept.items) == list(load_key("ecr").item_ids)
    assert misfits(kept, load_key("ecr")) == ()
    assert (row.path, row.repository, row.kind, row.keyed) == ("form.json", "", "fhir", True)
    assert row.doubts == list(fitted.doubts)
    assert row.kept[0] == ["q01", "q1"]


def test_the_same_again_changes_nothing(
    fit: MakeFit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = install_wording(fit=fit())
    with django_assert_num_queries(3):  # a savepoint, one reading, its release
        again = install_wording(fit=fit())
    assert again.outcome == "unchanged"
    assert again.row == first.row
    assert InstalledWording.objects.count() == 1


def test_other_words_replace_and_the_old_stay_readable(fit: MakeFit) -> None:
    old, new = fit(), fit(word="wind")
    install_wording(fit=old)
    moment = datetime(2026, 5, 1, 12, tzinfo=UTC)
    with time_machine.travel(moment, tick=False):
        done = install_wording(fit=new)
    assert done.outcome == "replaced"
    assert installed_wording("attachment.ecr", "en") == new.wording
    assert wording_by_hash(old.wording.hash) == old.wording
    assert InstalledWording.objects.get(hash=old.wording.hash).replaced_at == moment
    assert InstalledWording.objects.filter(replaced_at__isnull=True).count() == 1


def test_an_earlier_wording_comes_back_without_a_second_row(fit: MakeFit) -> None:
    old, new = fit(), fit(word="wind")
    for fitted in (old, new):
        install_wording(fit=fitted)
    assert install_wording(fit=old).outcome == "restored"
    assert installed_wording("attachment.ecr", "en") == old.wording
    assert InstalledWording.objects.count() == 2


def test_languages_and_instruments_stand_beside_each_other(fit: MakeFit) -> None:
    assert install_wording(fit=fit()).outcome == "installed"
    assert install_wording(fit=fit(language="nl")).outcome == "installed"
    assert install_wording(fit=fit("resilience.brs", AGREE)).outcome == "installed"
    assert InstalledWording.objects.filter(replaced_at__isnull=True).count() == 3


AGREE = ["strongly disagree", "disagree", "neutral", "agree", "strongly agree"]


def test_a_failure_halfway_leaves_what_was_there(fit: MakeFit, monkeypatch: pytest.MonkeyPatch) -> None:
    old = fit()
    install_wording(fit=old)

    def failing(_: object) -> dict[str, object]:
        raise RuntimeError("made up")

    monkeypatch.setattr(service, "content_of", failing)
    with pytest.raises(RuntimeError, match="made up"):
        install_wording(fit=fit(word="wind"))
    row = InstalledWording.objects.get()
    assert (row.hash, row.replaced_at) == (old.wording.hash, None)


def test_two_at_the_same_moment_end_in_a_sentence(fit: MakeFit, monkeypatch: pytest.MonkeyPatch) -> None:
    def clashing(_: object) -> None:
        raise IntegrityError("made up")

    monkeypatch.setattr(service, "_install", clashing)
    with pytest.raises(HomeportError, match="somebody else"):
        install_wording(fit=fit())


@pytest.mark.parametrize("field", ["content", "hash", "instrument", "language", "doubts", "installed_at"])
def test_the_database_itself_refuses_to_change_a_wording(fit: MakeFit, field: str) -> None:
    row = install_wording(fit=fit()).row
    changed = {"content": {}, "doubts": ["none"], "installed_at": datetime(2020, 1, 1, tzinfo=UTC)}.get(
        field, "x"
    )
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        InstalledWording.objects.filter(pk=row.pk).update(**{field: changed})
    assert InstalledWording.objects.get() == row


def test_the_database_holds_one_current_wording_a_language(fit: MakeFit) -> None:
    row = install_wording(fit=fit()).row
    install_wording(fit=fit(word="wind"))
    with pytest.raises(IntegrityError), transaction.atomic():
        InstalledWording.objects.filter(pk=row.pk).update(replaced_at=None)
