"""A made-up wording for the ECR key: sentences of Homeport's own bank, never the published ones."""

from homeport.catalogue.fit import Fit
from homeport.catalogue.services.install_wording import install_wording
from homeport.content.instruments import Wording, WordingSource, load_key
from homeport.content.instruments.bank import bank_key, own_wording

LABELS = {
    1: "Disagree a lot",
    2: "Disagree a little",
    3: "Neither agree nor disagree",
    4: "Agree a little",
    5: "Agree a lot",
}


def made_up_wording(note: str = "") -> Wording:
    """Thirty-six of our own sentences about a partner, keyed the same way as the items they stand in for."""
    key, bank, words = load_key("attachment.ecr"), bank_key(), own_wording("partner")
    kinds: dict[tuple[str, bool], list[str]] = {}
    for own in bank.items:
        kinds.setdefault((own.scales[0], own.reversed), []).append(words.items[own.id])
    spare = iter([f"A made-up line, number {number}." for number in range(1, 37)])
    items = {}
    for item in key.items:
        kind = kinds[item.scales[0], item.reversed]
        items[item.id] = (kind.pop(0) if kind else next(spare)) + note
    return Wording(
        instrument=key.id,
        key_version=key.version,
        language="en",
        format="five",
        instruction="Think of your partner. How far do you agree with each line?",
        items=items,
        options={"five": LABELS},
        item_options={},
        source=WordingSource("", "", "made-up.json", "0" * 64, "made up"),
    )


def install_made_up_ecr(note: str = "") -> Wording:
    """Install it through the catalogue's own service."""
    wording = made_up_wording(note)
    key = load_key("attachment.ecr")
    install_wording(
        fit=Fit(
            wording=wording,
            key=key,
            title=key.title,
            kind="made-up",
            languages=("en",),
            kept=(),
            dropped=(),
            doubts=(),
            recognised=0,
        )
    )
    return wording
