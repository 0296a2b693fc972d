"""The third-party files beside the checkout, each with what is wrong with it. Skipped where they are not there."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from homeport.catalogue.fingerprints import items_by_fingerprint
from homeport.catalogue.readers.opening import open_supplied
from homeport.catalogue.services.read_supplied import fit_path
from homeport.catalogue.sources import all_sources, public_source
from homeport.content.instruments import load_key

pytestmark = pytest.mark.django_db
Told = Callable[..., dict[str, Any]]


@pytest.fixture
def files(shared: Path) -> Path:
    return shared / "instruments"


def dropped(result: dict[str, Any]) -> set[str]:
    return {one["item"] for one in result["dropped"]}


def doubted(result: dict[str, Any], words: str) -> bool:
    return any(words in doubt for doubt in result["doubts"])


def test_the_ecr_codebook_says_minus_one_for_missing_where_the_data_have_zero(
    told: Told, files: Path
) -> None:
    result = told("import", files / "ecr" / "codebook.html")
    assert (result["id"], result["items"], result["format"], result["recognised"]) == (
        "attachment.ecr",
        36,
        "five",
        36,
    )
    assert doubted(result, "-1 means a missed answer; in the data beside it that is 0")
    assert dropped(result) == {"age", "gender", "country"}
    assert result["source"]["repository"] == "haghish/openpsychometrics"


def test_the_rses_codebook_is_in_the_second_order(told: Told, files: Path) -> None:
    result = told("import", files / "rses" / "codebook.txt")
    assert (result["id"], result["items"], result["format"], result["recognised"]) == (
        "self.rses",
        10,
        "one",
        10,
    )
    assert {"item": "worth", "from": "Q1"} in result["kept"]
    assert {"item": "satisfied", "from": "Q7"} in result["kept"]
    assert dropped(result) == {"answer 0", "gender", "age", "source", "country"}


def test_the_maas_is_described_as_another_and_allows_another_range(told: Told, files: Path) -> None:
    result = told("import", files / "reproschema" / "MAAS")
    assert (result["id"], result["items"]) == ("mindfulness.maas", 15)
    assert doubted(result, "the description is another's")
    assert doubted(result, "allow 0 to 3 but offer other answers")


def test_the_phq_9_has_a_tenth_question(told: Told, files: Path) -> None:
    for path in (files / "reproschema" / "PHQ-9", files / "reproschema" / "PHQ-9" / "PHQ9_schema"):
        result = told("import", path)
        assert (result["id"], result["items"]) == ("depression.phq-9", 9)
        assert {"phq9_10", "phq9_total_score", "phq9_category"} <= dropped(result)
        assert doubted(result, "phq9_10")
    assert len(result["languages"]) > 20


def test_the_phq_9_is_there_in_other_languages(told: Told, files: Path) -> None:
    result = told("import", files / "reproschema" / "PHQ-9", "--language", "es")
    assert (result["id"], result["language"], result["items"]) == ("depression.phq-9", "es", 9)


@pytest.mark.parametrize("language", ["uk", "fi", "ar", "zh-cn", "zn-ch"])
def test_a_language_that_is_there_by_half_is_refused(
    command: Callable[..., tuple[int, str, str]], files: Path, language: str
) -> None:
    code, _, err = command("import", files / "reproschema" / "PHQ-9", "--language", language)
    assert (code, err.count("\n")) == (1, 1)


@pytest.mark.parametrize("name", ["phq-9.json", "lforms-phq9.json"])
def test_the_fhir_phq_9s_fit(told: Told, files: Path, name: str) -> None:
    result = told("import", files / "fhir" / name)
    assert (result["id"], result["items"], len(result["dropped"])) == ("depression.phq-9", 9, 2)
    assert doubted(result, "LL358-3") == (name == "phq-9.json")


def test_the_gad_7_has_an_eighth_question(told: Told, files: Path) -> None:
    result = told("import", files / "fhir" / "gad-7.json")
    assert (result["id"], result["items"]) == ("anxiety.gad-7", 7)
    assert {"gad7.difficulty", "gad7.totalScore"} <= dropped(result)
    assert doubted(result, "gad7.difficulty")


def test_the_teen_form_is_the_phq_a_and_not_the_phq_9(told: Told, files: Path) -> None:
    result = told("import", files / "fhir" / "phq-9-teen.json")
    assert (result["id"], result["items"]) == ("depression.phq-a", 13)
    assert {"item": "mood", "from": "phq9t.matrix.q1"} in result["kept"]
    assert {"item": "suicide-attempt", "from": "phq9t.suicide-lifetime"} in result["kept"]


def test_the_audit_c_has_two_answers_worth_nothing(told: Told, files: Path) -> None:
    result = told("import", files / "fhir" / "audit-c.json")
    assert (result["id"], result["items"]) == ("alcohol.audit-c", 3)
    assert doubted(result, "2 answers worth 0")


@pytest.mark.parametrize(
    ("path", "name", "items"),
    [
        ("fhir/isi.json", "local.isi", 7),
        ("fhir/phq-2.json", "local.phq2", 2),
        ("redcap/erq/erq_datadict.csv", "local.erq", 10),
        ("redcap/erq/erq_s1_r1_e1.zip", "local.erq-s1-r1-e1", 10),
        ("redcap/phq8/phq8_datadict.csv", "local.phq8", 8),
        ("redcap/phq8/phq8_s1_r1_e1.zip", "local.phq8-s1-r1-e1", 8),
    ],
)
def test_what_has_no_key_is_kept_without_scores(
    told: Told, files: Path, path: str, name: str, items: int
) -> None:
    result = told("import", files / path)
    assert (result["id"], result["items"], result["scored"]) == (name, items, False)


def test_every_source_on_record_is_the_file_beside_us(files: Path) -> None:
    found = {}
    for path in [*files.rglob("*.json"), *files.rglob("codebook.*"), *(files / "reproschema").iterdir()]:
        source = public_source(open_supplied(path))
        if source is not None:
            found[source.path] = source
            assert fit_path(path, language="en").wording.instrument == source.instrument
    assert set(found) == {source.path for source in all_sources()}


def test_every_fingerprint_is_that_of_a_file_beside_us(files: Path) -> None:
    for path, name, count in (
        ("ecr/codebook.html", "ecr", 36),
        ("rses/codebook.txt", "rses", 10),
        ("fhir/gad-7.json", "gad-7", 7),
        ("fhir/phq-9-teen.json", "phq-a", 13),
        ("fhir/audit-c.json", "audit-c", 3),
        ("reproschema/MAAS", "maas-15", 15),
        ("reproschema/PHQ-9", "phq-9", 9),
    ):
        assert fit_path(files / path).recognised == count == len(items_by_fingerprint(load_key(name)))


def test_the_ecr_is_not_taken_for_the_ecr_r(
    command: Callable[..., tuple[int, str, str]], files: Path
) -> None:
    code, _, err = command("install", "ecr-r", "--from", files / "ecr" / "codebook.html")
    assert code == 1
    assert "36 of its 36 texts are those of attachment.ecr" in err


def test_items_that_changed_places_are_known_by_their_text(files: Path, told: Told, tmp_path: Path) -> None:
    page = (files / "ecr" / "codebook.html").read_text()
    texts = re.findall(r'"([^"]+)" rated', page)
    swapped = page.replace(texts[0], "SWAP").replace(texts[1], texts[0]).replace("SWAP", texts[1])
    path = tmp_path / "codebook.html"
    path.write_text(swapped)
    result = told("import", path)
    assert result["kept"][:2] == [{"item": "q01", "from": "Q2"}, {"item": "q02", "from": "Q1"}]
    assert doubted(result, "another order than the published one")


def test_a_reordered_copy_with_strange_texts_is_refused(
    files: Path, command: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    page = (files / "ecr" / "codebook.html").read_text()
    texts = re.findall(r'"([^"]+)" rated', page)
    strange = page.replace(texts[35], "A made-up sentence").replace(texts[0], "SWAP")
    path = tmp_path / "codebook.html"
    path.write_text(strange.replace(texts[1], texts[0]).replace("SWAP", texts[1]))
    code, _, err = command("import", path)
    assert code == 1
    assert "Question 1 reads as q02, where ECR has q01." in err
