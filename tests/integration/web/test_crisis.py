"""Help now, for wherever someone is."""

import re

import pytest
from django.test import Client
from pytest_django import Settings

from homeport.content.crisis import places


def page_of(client: Client, address: str, **headers: str) -> str:
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def heading(page: str) -> str:
    found = re.search(r"<h1>(.*)</h1>", page)
    assert found
    return found[1]


@pytest.mark.parametrize("place", places(), ids=lambda place: place.code)
def test_every_place_shows_all_its_lines_the_emergency_number_first(client: Client, place: object) -> None:
    page = page_of(client, f"/help/?country={place.country}&region={place.region}")  # type: ignore[attr-defined]
    main = page[page.index("<main") :]
    links = re.findall(r'href="((?:tel|sms):[^"]*)"', main)
    assert links[0] == place.emergency[0].links[0].href  # type: ignore[attr-defined]
    for line in place.lines:  # type: ignore[attr-defined]
        for channel in line.links:
            assert channel.href.replace("&", "&amp;") in main
    provisional = sum(line.provisional for line in (*place.emergency, *place.lines))  # type: ignore[attr-defined]
    assert main.count(">Not checked yet<") + main.count("Not checked at its source yet.") == provisional


def test_the_place_is_guessed_and_said_to_be_a_guess(client: Client) -> None:
    page = page_of(client, "/help/", **{"accept-language": "fr-CA"})
    assert heading(page) == "Help now in Canada"
    assert "We guessed where you are." in page


def test_the_practices_region_decides_where_the_browser_says_little(
    client: Client, settings: Settings
) -> None:
    settings.CRISIS_REGION = "CA-ON"
    assert heading(page_of(client, "/help/", **{"accept-language": "en-US"})) == "Help now in Ontario, Canada"


def test_a_chosen_place_wins_and_stays_chosen_in_the_form(client: Client) -> None:
    page = page_of(client, "/help/?country=CA&region=AB", **{"accept-language": "en-GB"})
    assert heading(page) == "Help now in Alberta, Canada"
    assert '<option value="AB" selected>' in page
    assert "We guessed" not in page
    assert "place.js" not in page


@pytest.mark.parametrize(
    "query", ["country=", "country=ZZ", "country=<b>&region=<i>", "country=" + "x" * 999, "region=ON"]
)
def test_an_unknown_place_says_so_and_shows_where_to_look(client: Client, query: str) -> None:
    page = page_of(client, f"/help/?{query}")
    assert heading(page) == "Help now"
    assert "We do not know the emergency number where you are" in page
    assert "findahelpline.com" in page
    assert re.search(r'<details class="fold place" open>', page)
    assert "<b>" not in page


def test_legal_help_is_labelled_as_what_it_is(client: Client) -> None:
    page = page_of(client, "/help/?country=CA&region=ON")
    legal = page[page.index('id="legal"') :]
    assert legal.startswith('id="legal">Legal help (not a crisis line)</h2>')
    assert "Legal Aid Ontario" in legal
    assert "Legal Aid Ontario" not in page[: page.index('id="legal"')]
    assert "Canada Suicide Prevention Service" not in page


def test_the_day_a_number_was_checked_is_shown(client: Client) -> None:
    page = page_of(client, "/help/?country=CA")
    assert '<time datetime="2026-11-23">23 November 2026</time>' in page


def test_the_table_of_zones_is_the_same_for_everybody(client: Client) -> None:
    response = client.get("/help/zones.json", headers={"accept-language": "fr-CA"})
    table = response.json()
    assert table["zones"]["America/Edmonton"] == "CA-AB"
    assert table["names"]["CA-AB"] == "Alberta, Canada"
    assert set(table["zones"].values()) == set(table["names"])
    assert all(table["names"].values())
    assert response.headers["Cache-Control"] == "public, max-age=86400"
    assert response.content == client.get("/help/zones.json").content
