"""Files of made-up answers: people drawn from the model, as a researcher would have them on disk."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from homeport.content.instruments import load_key
from homeport.psychometrics.keys import item_bank

ECR_NAMES = [f"Q{number}" for number in range(1, 37)]


def drawn_answers(name: str, people: int, *, response_format: str = "", seed: int = 1) -> NDArray[np.int8]:
    """Raw answers to every question of a calibrated key, (people, items in the order of their numbers)."""
    key, chance = load_key(name), np.random.default_rng(seed)
    raw = np.zeros((people, len(key.items)), dtype=np.int8)
    place = {item: column for column, item in enumerate(key.item_ids)}
    for scale in key.scales:
        bank = item_bank(key, scale.id, response_format)
        assert bank is not None
        below = np.cumsum(bank.probabilities(chance.standard_normal(people)), axis=2)[:, :, :-1]
        keyed = (chance.random((people, len(bank), 1)) > below).sum(axis=2)
        turned = np.where(np.array(bank.reversed), bank.categories - 1 - keyed, keyed) + bank.low
        raw[:, [place[item] for item in bank.items]] = turned
    return raw


def ecr_answers(people: int, seed: int = 1) -> NDArray[np.int8]:
    """Raw answers to the ECR from 1 to 5, (people, 36), in the order of the questions."""
    return drawn_answers("attachment.ecr", people, response_format="five", seed=seed)


def write_table(
    path: Path,
    names: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    delimiter: str = ",",
    encoding: str = "utf-8",
) -> Path:
    """Write a CSV file as most programs do."""
    with path.open("w", newline="", encoding=encoding) as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(rows)
    return path


def ecr_file(path: Path, people: int = 60, seed: int = 1) -> Path:
    """A file Q1 to Q36 of five-point answers without gaps."""
    return write_table(path, ECR_NAMES, ecr_answers(people, seed).tolist())


def read_table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
