"""The language that texts seem to be in."""

import pytest

from homeport.catalogue.languages import looks_like, may_be, same_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I like the sea and the wind when it is cold, but not the rain that you have in the north.", "en"),
        ("Ich mag das Meer und den Wind nicht, wenn es mir zu kalt ist oder der Regen auf mich fällt.", "de"),
        ("Je ne suis pas bien avec le vent et la pluie, mais la mer est pour moi une joie.", "fr"),
        ("No me gusta la lluvia en el mar, pero el viento que viene por las tardes es para mí.", "es"),
        ("Ik hou niet van de regen op het water, maar de wind is voor mij een vreugde om te voelen.", "nl"),
        ("Не люблю дождь и холодный ветер на море", "ru"),
        ("我喜欢大海和风", "zh"),
        ("海と風が好きです", "ja"),
        ("Rain? Wind? Sea?", ""),
        ("", ""),
    ],
)
def test_it_is_told_by_small_words_or_script(text: str, language: str) -> None:
    assert looks_like([text]) == language


def test_regions_and_scripts_are_allowed_for() -> None:
    assert same_language("pt-BR", "pt")
    assert not same_language("pt", "pl")
    assert may_be("ru", "uk")
    assert may_be("", "xx")
    assert may_be("en", "en-gb")
    assert not may_be("ru", "en")
