"""The public sources on record, and what is known of answers and texts."""

import re

from homeport.catalogue import fingerprints, known_answers
from homeport.catalogue.readers.opening import Supplied
from homeport.catalogue.sources import all_sources, public_source, sources_of
from homeport.content.instruments import all_keys, load_key


def test_every_source_is_whole() -> None:
    for source in all_sources():
        assert load_key(source.instrument).id == source.instrument
        assert re.fullmatch(r"[\w.-]+/[\w.-]+", source.repository)
        assert re.fullmatch(r"[0-9a-f]{40}", source.commit)
        assert source.licence
        assert source.languages
        assert source.files
        assert all(re.fullmatch(r"[0-9a-f]{64}", known) for known in source.files.values())
        assert not any(part in {"", "..", "."} for name in source.files for part in name.split("/"))
        if len(source.files) == 1:
            assert source.path.endswith("/" + next(iter(source.files)))
        recorded = source.recorded()
        assert (recorded.repository, recorded.commit, recorded.sha256) == (
            source.repository,
            source.commit,
            source.sha256,
        )


def test_sources_are_found_by_instrument_and_language() -> None:
    assert [source.path for source in sources_of("depression.phq-9", "es")] == ["activities/PHQ-9"]
    assert len(sources_of("depression.phq-9")) == 3
    assert sources_of("depression.phq-9", "xx") == ()
    assert sources_of("regulation.ders-16") == ()


def test_a_file_of_the_practice_is_no_public_source() -> None:
    assert public_source(Supplied("a.json", {"a.json": b"{}"}, "a.json")) is None
    assert public_source(Supplied("folder", {"a": b"1", "b": b"2"})) is None


def test_fingerprints_belong_to_items_of_keys_and_are_hashes() -> None:
    known = fingerprints._known()
    for name, items in known.items():
        assert set(items) <= set(load_key(name).item_ids)
        for hashes in items.values():
            assert all(re.fullmatch(r"[0-9a-f]{16}", one) for one in hashes)
    assert len(known["attachment.ecr"]) == 36


def test_a_fingerprint_forgives_marks_case_and_spaces_and_nothing_else() -> None:
    first = fingerprints.fingerprint("I don't like  the Café, at all.")
    assert first == fingerprints.fingerprint("i dont LIKE the cafe at all")
    assert first == fingerprints.fingerprint("I don’t like the café — at all!")
    assert first != fingerprints.fingerprint("I do like the café at all")


def test_borrowed_items_are_known_by_the_texts_of_the_lender() -> None:
    for short in ("ecr-12", "ecr-s"):
        assert set(fingerprints.items_by_fingerprint(load_key(short)).values()) == set(
            load_key(short).item_ids
        )


def test_what_is_known_of_answers_fits_the_keys() -> None:
    ids = {key.id for key in all_keys()}
    known = known_answers._known()
    assert set(known["directions"]) <= ids
    assert set(known["directions"].values()) == {"up", "down"}
    assert set(known["lowest"]) <= ids
    assert [answer.value for answer in known_answers.answer_list("http://loinc.org/vs/LL358-3|2.7")] == [
        0,
        1,
        2,
        3,
    ]
    assert known_answers.answer_list("http://loinc.org/vs/LL0-0") == ()
    for kind in known["ranks"].values():
        phrases = [phrase for rank in kind for phrase in rank]
        assert len(set(phrases)) == len(phrases)
        assert all(known_answers.bare(phrase) == phrase for phrase in phrases)
