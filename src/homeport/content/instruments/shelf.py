"""Finding and loading packaged keys by name."""

from dataclasses import dataclass

from homeport.content.instruments.schema import Key
from homeport.content.instruments.wording import Wording


@dataclass(frozen=True, slots=True)
class GoldenVector:
    """Answers and the scores they must give. ``origin`` says where the expected numbers come from.

    ``answers`` are raw, by item id; None is a missing answer. ``scores`` are by scale id; None means no score is due.
    ``outcomes`` are by algorithm name.
    """

    name: str
    format: str
    answers: dict[str, int | None]
    scores: dict[str, float | None]
    outcomes: dict[str, str]
    origin: str


def resolve(name: str) -> str:
    """The id a name stands for: an id or an unambiguous alias, in any case.

    Raises ContentError for an unknown name (near ones are named) and for an ambiguous one, with the choices.
    """
    raise NotImplementedError


def load_key(name: str, version: int | None = None) -> Key:
    """The key with this id or alias; the newest version unless one is asked for. Raises ContentError."""
    raise NotImplementedError


def key_versions(name: str) -> tuple[int, ...]:
    """The packaged versions of a key, ascending. Raises ContentError."""
    raise NotImplementedError


def all_keys() -> tuple[Key, ...]:
    """The newest version of every packaged key, by id."""
    raise NotImplementedError


def golden_vectors(key: Key) -> tuple[GoldenVector, ...]:
    """The golden vectors beside a key; () where there are none."""
    raise NotImplementedError


def own_wording(language: str = "en") -> Wording:
    """The packaged wording of ``attachment.homeport`` for the slot "partner" is rendered by ``bank.render``; this
    gives its instruction, templates and option labels in a language. Raises ContentError."""
    raise NotImplementedError
