"""Against the third-party files beside the checkout: no wording of theirs is ours, and the keys fit their data."""

import csv
import html
import json
import re
from pathlib import Path

import numpy as np
import pytest

from homeport.content.instruments import Key, load_key
from homeport.content.instruments.bank import bank_key, render
from homeport.content.instruments.shelf import folder

ECR_TEXT = re.compile(r'"([A-Z][^"]{10,200})" rated')


SMALL = re.compile(
    "someone|i|an?|the|to|of|and|or|that|in|on|when|if|my|me|it|is|am|are|be|for|so|with|not|do|as|at"
)


def published(shared: Path) -> dict[str, str]:
    """Item texts of the published instruments that are at hand, by where they stand."""
    root = shared / "instruments"
    ecr = html.unescape(
        re.sub(r"<[^>]+>", " ", (root / "ecr/codebook.html").read_text(encoding="utf-8", errors="replace"))
    )
    texts = {f"ecr {number}": text for number, text in enumerate(ECR_TEXT.findall(ecr), start=1)}
    rses = (root / "rses/codebook.txt").read_text(encoding="utf-8", errors="replace")
    texts |= {
        f"rses {number}": text for number, text in re.findall(r"^Q(\d+)\.\s*(\S.*)$", rses, re.MULTILINE)
    }
    for file in sorted((root / "reproschema").rglob("items/*")):
        question = json.loads(file.read_text(encoding="utf-8")).get("question", "")
        texts[file.name] = question["en"] if isinstance(question, dict) else str(question)
    return {name: text for name, text in texts.items() if len(text.split()) >= 4}


def words(text: str) -> list[str]:
    """Lower-case words; the one spoken of is the same word for every relationship."""
    plain = re.sub(r"(?:romantic )?partners?'?s?|him/her|my mother|others", "someone", text.lower())
    return re.findall(r"[a-z]+", plain)


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    """Every run of so many words."""
    found = words(text)
    return {tuple(found[place : place + length]) for place in range(len(found) - length + 1)}


def test_the_files_at_hand_were_read(shared: Path) -> None:
    texts = published(shared)
    assert sum(name.startswith("ecr") for name in texts) == 36
    assert sum(name.startswith("rses") for name in texts) == 10


def test_no_published_wording_is_in_our_files(shared: Path) -> None:
    ours = [entry for name in ("keys", "golden") for entry in folder(name).iterdir()]
    said = set().union(*(runs(entry.read_text(encoding="utf-8"), 5) for entry in ours))
    for name, text in published(shared).items():
        assert not runs(text, 5) & said, name


def test_no_question_of_ours_is_a_near_copy(shared: Path) -> None:
    """No run of five words in common with a published item, and at most a third of the telling words."""
    theirs = published(shared)
    for item in bank_key().items:
        slot = "partner"
        mine = render(item, slot)
        for name, text in theirs.items():
            assert not runs(mine, 5) & runs(text, 5), (item.id, name)
            one, other = telling(mine), telling(text)
            assert len(one & other) / max(len(one | other), 1) <= 0.34, (item.id, name)


def telling(text: str) -> set[str]:
    """The words that carry the meaning."""
    return {word for word in words(text) if not SMALL.fullmatch(word)}


def alpha(answers: np.ndarray, key: Key, scale: str, response_format: str) -> float:
    """Cronbach's alpha of complete answers (people, items in the scale's order)."""
    ids = key.scale(scale).items
    turned = np.array(
        [
            [
                key.answers_for(item, response_format).reverse(0) if key.item(item).reversed else 0
                for item in ids
            ],
            [-1 if key.item(item).reversed else 1 for item in ids],
        ]
    )
    keyed = turned[0] + turned[1] * answers
    count = len(ids)
    return float(count / (count - 1) * (1 - keyed.var(axis=0, ddof=1).sum() / keyed.sum(axis=1).var(ddof=1)))


def columns(file: Path, numbers: list[int], low: int, high: int, *, tabs: bool = False) -> np.ndarray:
    """Complete answers in columns Q<number>, the first 8,000 rows."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t" if tabs else ",")
        read = [
            [int(row[f"Q{number}"]) for number in numbers] for row, _ in zip(rows, range(8000), strict=False)
        ]
    answers = np.array(read)
    return answers[((answers >= low) & (answers <= high)).all(axis=1)]


@pytest.mark.parametrize(("scale", "expected"), [("anxiety", 0.916), ("avoidance", 0.938)])
def test_the_ecr_key_gives_the_known_reliability(shared: Path, scale: str, expected: float) -> None:
    """A wrong reversal or a swapped scale drops alpha by more than the tolerance."""
    key = load_key("ecr")
    numbers = [key.item(item).number for item in key.scale(scale).items]
    answers = columns(shared / "data/ecr/responses.csv", numbers, 1, 5)
    assert alpha(answers, key, scale, "five") == pytest.approx(expected, abs=0.004)


def test_the_rses_key_gives_the_known_reliability_in_the_order_of_the_data(shared: Path) -> None:
    key = load_key("rses")
    order = next(order for order in key.orders if order.name == "worth-first")
    numbers = [order.items.index(item) + 1 for item in key.scale("self-esteem").items]
    answers = columns(shared / "data/rses/responses.csv", numbers, 1, 4, tabs=True)
    assert alpha(answers, key, "self-esteem", "one") == pytest.approx(0.913, abs=0.006)


@pytest.mark.parametrize(
    ("key_id", "scale", "source"),
    [
        ("attachment.ecr", "anxiety", "anxiety"),
        ("attachment.ecr", "avoidance", "avoidance"),
        ("self.rses", "self-esteem", "rses"),
    ],
)
def test_parameters_are_those_of_the_calibration(shared: Path, key_id: str, scale: str, source: str) -> None:
    file = shared / "facts/calibration/ecr36_rses_grm_params.json"
    told = json.loads(file.read_text(encoding="utf-8"))[source]
    key = load_key(key_id)
    (calibration,) = [calibration for calibration in key.calibrations if calibration.scale == scale]
    order = key.orders[-1].items if source == "rses" else key.item_ids
    assert [entry.item for entry in calibration.items] == [order[number - 1] for number in told["items"]]
    assert [entry.a for entry in calibration.items] == told["a"]
    assert [list(entry.b) for entry in calibration.items] == told["b"]
    assert (calibration.n, calibration.marginal_reliability) == (told["N"], told["marginal_reliability"])
