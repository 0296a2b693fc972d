"""Whether a wording fits its key, and its hash."""

from dataclasses import replace

import pytest

from homeport.content.instruments import Wording, WordingSource, load_key, misfits

KEY = load_key("csi-4")
DEGREE = {value: f"degree {value}" for value in range(6)}
GLOBAL = {value: f"global {value}" for value in range(7)}
WORDING = Wording(
    instrument="relationship.csi-4",
    key_version=1,
    language="en",
    format="degree",
    instruction="Choose one.",
    items={item: f"Text of {item}" for item in KEY.item_ids},
    options={"degree": DEGREE, "global": GLOBAL},
    item_options={},
    source=WordingSource("", "", "file.json", "0" * 64, "none stated"),
)


def test_a_wording_with_every_item_and_option_fits() -> None:
    assert misfits(WORDING, KEY) == ()
    assert WORDING.labels_for(KEY, "q1")[6] == "global 6"
    assert WORDING.labels_for(KEY, "q2")[5] == "degree 5"


def test_an_item_may_have_labels_of_its_own() -> None:
    wording = replace(WORDING, item_options={"q2": dict.fromkeys(range(6), "x")})
    assert misfits(wording, KEY) == ()
    assert wording.labels_for(KEY, "q2")[0] == "x"


ITEMS = dict(WORDING.items)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"instrument": "relationship.csi-16"}, "It is for relationship.csi-16 version 1, the key is relationship.csi-4@1."),
        ({"key_version": 2}, "It is for relationship.csi-4 version 2, the key is relationship.csi-4@1."),
        ({"format": "seven"}, "Its response format 'seven' is not one of degree."),
        ({"items": {**ITEMS, "q2": " "}}, "Item q2 has no text."),
        ({"items": {item: ITEMS[item] for item in ("q1", "q2", "q3")}}, "Item q4 has no text."),
        ({"items": {**ITEMS, "q5": "more"}}, "Item q5 is not in the key."),
        ({"item_options": {"q9": DEGREE}}, "Item q9 has options but is not in the key."),
        ({"options": {"degree": DEGREE}}, "The options of the answer scale global are missing."),
        (
            {"options": {"degree": DEGREE, "global": DEGREE}},
            "Item q1 offers 0, 1, 2, 3, 4, 5; the key has 0, 1, 2, 3, 4, 5, 6.",
        ),
        ({"item_options": {"q2": {}}}, "Item q2 offers nothing; the key has 0, 1, 2, 3, 4, 5."),
        ({"item_options": {"q2": {**DEGREE, 3: ""}}}, "Item q2 has an empty label."),
    ],
)  # fmt: skip
def test_every_difference_is_a_sentence(change: dict[str, object], message: str) -> None:
    assert message in misfits(replace(WORDING, **change), KEY)  # type: ignore[arg-type]


def test_the_hash_is_of_what_a_person_reads() -> None:
    assert len(WORDING.hash) == 64
    elsewhere = replace(WORDING, source=WordingSource("github x", "abc", "p", "1" * 64, "MIT"))
    assert elsewhere.hash == WORDING.hash
    for change in (
        {"items": {**ITEMS, "q1": "another"}},
        {"instruction": "Choose two."},
        {"language": "fr"},
        {"item_options": {"q2": DEGREE}},
        {"options": {"degree": {**DEGREE, 0: "none"}, "global": GLOBAL}},
    ):
        assert replace(WORDING, **change).hash != WORDING.hash  # type: ignore[arg-type]
