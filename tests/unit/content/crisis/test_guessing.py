"""The place is guessed from what the browser says anyway, and no header can break it."""

import random

import pytest

from homeport.content import crisis
from homeport.content.crisis.guessing import HOME_OF, wanted


@pytest.mark.parametrize(
    ("header", "practice", "code"),
    [
        # Nothing known of the practice: the browser decides.
        ("fr-CA,fr;q=0.9,en;q=0.8", None, "CA"),
        ("en-NZ", "", "NZ"),
        ("en-US,en;q=0.5", None, "US"),
        ("en;q=0.9, de-DE", None, "DE"),
        ("en-GB;q=0.3, en-IE;q=0.7", None, "IE"),
        ("zh-Hant-TW, en-AU;q=0.3", None, "AU"),
        ("EN-ca", None, "CA"),
        # A language alone tells where it is spoken in one country, and nothing where in many.
        ("de", None, "DE"),
        ("de,de-AT;q=0.9", None, "AT"),
        ("en", None, ""),
        ("es,pt;q=0.8", None, ""),
        ("pt-BR,pt", None, ""),
        # The practice's place holds, unless the browser names another that we know.
        ("", "CA-ON", "CA-ON"),
        ("en-CA", "CA-ON", "CA-ON"),
        ("en-US", "CA-ON", "CA-ON"),
        ("en-GB,en", "CA-ON", "CA-ON"),
        ("fr", "CA-QC", "CA-QC"),
        ("pt-BR", "CA-ON", "CA-ON"),
        ("de-DE,de;q=0.9", "CA-ON", "DE"),
        ("en-US", "GB", "GB"),
        # A practice region that is none is as good as none.
        ("en-IE", "XX-YY", "IE"),
        ("en", "nonsense", ""),
        ("en", "CA-ZZ", "CA"),
    ],
)
def test_a_guess(header: str, practice: str | None, code: str) -> None:
    assert crisis.guess_place(header, practice).code == code


@pytest.mark.parametrize(
    "header",
    [
        "",
        ",,,;;;===",
        "en-US;q=nan",
        "en-US;q=1e9",
        "en-US;q=-1",
        "en-US;q=0",
        "*",
        "*;q=0.5",
        "en_US",
        "a" * 1_000_000,
        "en-" * 100_000,
        ";q=1," * 100_000,
        "\x00\r\nSet-Cookie: x",
        "<script>alert(1)</script>",
        "../../../etc/passwd",
        "ca-😀",
    ],
)
def test_a_hostile_header_gives_the_practice_and_no_error(header: str) -> None:
    assert crisis.guess_place(header, "CA-ON").code == "CA-ON"
    assert crisis.guess_place(header).code == ""


def test_no_header_whatever_breaks_the_page() -> None:
    signs = "aAzZ-_,;=*q.019 \t\n\x00é😀"
    chance = random.Random(20261123)
    known = {"", *(place.country for place in crisis.countries())}
    for _ in range(2000):
        header, practice = ("".join(chance.choices(signs, k=chance.randrange(60))) for _ in range(2))
        assert crisis.guess_place(header, practice).country in known


def test_only_the_first_entries_of_a_long_header_are_read() -> None:
    assert len(wanted(",".join(["en-GB"] * 500))) == 20
    assert wanted("fr;q=0.1," + "x" * 2000 + ",en-CA") == [("fr", "")]


def test_quality_orders_and_equal_quality_keeps_the_order() -> None:
    assert wanted("en;q=0.5, fr-CA, de;q=0.5") == [("fr", "CA"), ("en", ""), ("de", "")]


def test_the_home_of_a_language_is_a_place_we_hold() -> None:
    assert all(crisis.place_for(country).country == country for country in HOME_OF.values())
    assert not {"en", "es", "pt"} & set(HOME_OF)
