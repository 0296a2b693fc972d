"""Every place has an emergency number or says that we do not know it; the known traps stay shut."""

import pytest

from homeport.content import crisis
from homeport.content.crisis import KIND_LABELS, CrisisLine, CrisisPlace
from homeport.content.crisis.schema import ORDER
from homeport.content.reading import grade
from homeport.core.clock import today

PLACES = crisis.places()
EVERY_LINE = {line.id: line for place in PLACES for line in (*place.emergency, *place.lines)}
_EU = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
EU_STATES = _EU.split()

every_place = pytest.mark.parametrize("place", PLACES, ids=lambda place: place.code)
every_line = pytest.mark.parametrize("line", EVERY_LINE.values(), ids=lambda line: line.id)


@every_place
def test_a_place_has_an_emergency_number(place: CrisisPlace) -> None:
    assert place.emergency_known
    assert all(link.kind == "call" and link.digits for line in place.emergency for link in line.links)


def test_the_rest_of_the_world_says_that_we_do_not_know() -> None:
    for country in ("BR", "", "ZZ", "../..", "CA-ON", "<b>"):
        nowhere = crisis.place_for(country)
        assert not nowhere.emergency_known
        assert (nowhere.country, nowhere.name, nowhere.code, nowhere.lines) == ("", "", "", ())
        assert nowhere.gaps == ("Suicide and crisis", "Violence and abuse", "Children and teenagers")
        assert nowhere.directory_url == "https://findahelpline.com/"


@pytest.mark.parametrize(
    ("country", "numbers"),
    [
        ("CA", {"911"}),
        ("US", {"911"}),
        ("GB", {"999"}),
        ("IE", {"112", "999"}),
        ("AU", {"000"}),
        ("NZ", {"111"}),
        *((state, {"112"}) for state in EU_STATES if state != "IE"),
    ],
)
def test_the_emergency_number_is_the_known_one(country: str, numbers: set[str]) -> None:
    assert {link.digits for line in crisis.place_for(country).emergency for link in line.links} == numbers


def test_a_region_has_its_own_lines_and_those_of_the_country() -> None:
    ontario, alberta, canada = (crisis.place_for("CA", region) for region in ("ON", "AB", None))
    assert (ontario.code, ontario.name) == ("CA-ON", "Ontario, Canada")
    assert {line.id for line in ontario.lines} >= {"ca-988", "ca-on-awhl", "ca-on-legal-aid"}
    assert not {line.id for line in alberta.lines} & {"ca-on-awhl", "ca-on-legal-aid", "ca-qc-appelle"}
    assert {line.id for line in canada.lines} == {
        line.id for place in PLACES if place.country == "CA" for line in place.lines
    }
    assert crisis.place_for("ca", " on ") == ontario
    assert crisis.place_for("CA", "ZZ") == canada
    assert crisis.place_by_code("CA-ON") == ontario
    assert ("ON", "Ontario") in canada.regions


@every_place
def test_lines_come_in_the_order_of_need(place: CrisisPlace) -> None:
    kinds = [ORDER.index(line.kind) for line in place.lines]
    assert kinds == sorted(kinds)


def test_what_a_place_lacks_is_said() -> None:
    assert crisis.place_for("CA", "NS").gaps == ("Violence and abuse",)
    assert crisis.place_for("CA", "ON").gaps == ()
    assert crisis.place_for("IE").gaps == ("Children and teenagers",)
    assert "Suicide and crisis" in crisis.place_for("AT").gaps


# The two traps of the source articles.


def test_legal_aid_ontario_is_legal_help_in_ontario_and_nothing_else() -> None:
    (line,) = (line for line in EVERY_LINE.values() if any(k.digits == "18006688258" for k in line.links))
    assert (line.name, line.kind, line.regions) == ("Legal Aid Ontario", "legal", ("ON",))
    assert line.label == "Legal help (not a crisis line)"
    assert not line.crisis
    assert not line.always_open
    assert crisis.place_for("CA", "ON").lines[-1] is line


def test_988_has_its_present_name_and_takes_texts() -> None:
    line = EVERY_LINE["ca-988"]
    assert line.name == "9-8-8: Suicide Crisis Helpline"
    assert [(link.kind, link.href) for link in line.links] == [("call", "tel:988"), ("text", "sms:988")]
    assert (line.languages, line.always_open) == (("en", "fr"), True)
    assert not [each.name for each in EVERY_LINE.values() if "Suicide Prevention Service" in each.name]


@every_line
def test_only_legal_lines_are_no_crisis_lines(line: CrisisLine) -> None:
    assert line.crisis == (line.kind != "legal")
    assert line.crisis or "not a crisis line" in line.label
    assert ("legal" in line.name.lower()) <= (line.kind == "legal")


@every_line
def test_links_dial_digits_only(line: CrisisLine) -> None:
    assert line.links
    for link in line.links:
        if link.kind == "call":
            assert link.href == f"tel:{link.digits}"
            assert link.digits.isascii()
        elif link.kind == "text":
            assert link.href == f"sms:{link.digits}" + (f"?&body={link.words[0]}" if link.words else "")
        else:
            assert link.href == f"https://{link.shown}/"
            assert link.digits == ""


def test_a_text_message_is_prepared_with_its_word() -> None:
    text = next(link for link in EVERY_LINE["ca-kids-help-phone"].links if link.kind == "text")
    assert (text.shown, text.words, text.href) == ("686868", ("CONNECT", "TALK"), "sms:686868?&body=CONNECT")


@every_line
def test_a_line_says_in_plain_words_whom_it_is_for(line: CrisisLine) -> None:
    assert line.for_whom.endswith(".")
    assert grade(line.for_whom) <= 8
    assert not line.note or grade(line.note) <= 8


@every_line
def test_what_was_not_checked_at_its_source_is_provisional(line: CrisisLine) -> None:
    assert line.provisional == (line.verified_on is None)
    assert line.provisional == line.mark.provisional
    assert line.verified_on is None or line.verified_on <= today()


def test_a_number_can_be_less_sure_than_its_line() -> None:
    line = EVERY_LINE["ca-kids-help-phone"]
    assert not line.provisional
    assert {link.kind: link.provisional for link in line.links} == {"call": True, "text": False}


def test_every_kind_has_a_label_of_its_own() -> None:
    assert len(set(KIND_LABELS.values())) == len(KIND_LABELS)
    assert ORDER[0] == "emergency"
    assert ORDER[-1] == "legal"


def test_places_can_be_chosen_from_a_list() -> None:
    codes = [place.code for place in PLACES]
    assert len(set(codes)) == len(codes)
    assert {place.country for place in crisis.countries()} >= {*EU_STATES, "CA", "US", "GB", "AU", "NZ", "CH"}
    assert codes.index("CA") < codes.index("CA-AB") < codes.index("CA-YT") < codes.index("US")
