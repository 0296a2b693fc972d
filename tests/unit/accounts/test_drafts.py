"""What of a posted form is kept, and how it is shown."""

from django.test import RequestFactory

from homeport.accounts.drafts import Typed, fields_of, typed

request = RequestFactory()


def test_everything_that_was_typed_is_kept_in_its_order() -> None:
    sent = {"entry": "It was a long day.\nThen it rained.", "mood": ["1", "4"], "empty": ""}
    assert fields_of(request.post("/", sent)) == [
        ("entry", "It was a long day.\nThen it rained."),
        ("mood", "1"),
        ("mood", "4"),
        ("empty", ""),
    ]


def test_secrets_and_the_forms_own_token_are_not() -> None:
    sent = {
        "csrfmiddlewaretoken": "x",
        "password1": "hunter2",
        "Old-Password": "a",
        "code": "123456",
        "entry": "words",
    }
    assert fields_of(request.post("/", sent)) == [("entry", "words")]


def test_a_form_without_words_is_not_kept() -> None:
    assert fields_of(request.post("/", {"csrfmiddlewaretoken": "x", "entry": "  "})) == []
    assert fields_of(request.post("/", {"password": "hunter2"})) == []


def test_what_cannot_be_read_is_nothing() -> None:
    broken = request.generic("POST", "/", b"--x\r\nbroken", content_type="multipart/form-data; boundary=y")
    assert fields_of(broken) == []
    assert fields_of(request.generic("POST", "/", b'{"a": 1}', content_type="application/json")) == []


def test_what_the_form_added_by_itself_is_sent_on_but_not_shown() -> None:
    fields = [
        ("version", "3"),
        ("case", "0f8fad5b-d9cb-469f-a165-70867728950e"),
        ("share", "on"),
        ("day", "2026-11-23"),
        ("today-entry_text", "I slept."),
    ]
    assert [(field.label, field.value) for field in typed(fields) if field.is_shown] == [
        ("Entry text", "I slept.")
    ]
    assert [field.name for field in typed(fields)] == [name for name, _ in fields]
    assert Typed("entry", "2026 was long").is_shown
