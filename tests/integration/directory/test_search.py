"""Who is found, by which wish; who never is."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from tests.factories.directory import HAMILTON, OTTAWA, TORONTO, a_profile, free_on
from tests.factories.people import SYSTEM, acting
from tests.factories.queries import at_most, exactly

from homeport.core.clock import now, today
from homeport.directory.concerns import Concern
from homeport.directory.selectors import PAGE, Found, profile_shown, search
from homeport.directory.wishes import Near, Weight, Wishes
from homeport.outbox.services.run_job import run_next_job
from homeport.people.models import Licence, Person, Role, Therapist
from homeport.people.offers import Faith, Format, Gender, Identity, Population, Together
from homeport.people.services.change_person import change_person
from homeport.people.services.hold_role import take_role

pytestmark = pytest.mark.django_db


def found(where: str = "CA-ON", **wishes: Any) -> list[str]:
    """The names found, in the order of the alphabet."""
    return sorted(names(search(Wishes(where, **wishes))))


def names(found: Found) -> list[str]:
    return [profile.therapist.person.name for profile in found.profiles]


def test_whoever_is_licensed_there_takes_people_and_has_room_is_found() -> None:
    a_profile("Thea Stone")
    a_profile("Quinn Roy", licensed_in="CA-QC")
    assert found() == ["Thea Stone"]
    assert found("CA-QC") == ["Quinn Roy"]
    assert found("CA-BC") == []
    assert found("*") == []


def test_a_licence_of_the_whole_country_counts_in_its_regions_but_not_where_regions_give_them() -> None:
    a_profile("Una", licensed_in="GB")
    a_profile("Carl", licensed_in="CA")
    assert found("GB-SCT") == ["Una"]
    assert found("CA-ON") == []


def test_time_alone_hides_whoever_s_licence_runs_out() -> None:
    profile = a_profile("Thea Stone")
    last = Licence.objects.get(therapist=profile.therapist).expires_on
    with time_machine.travel(last, tick=False):
        assert found() == ["Thea Stone"]
        assert profile_shown(profile.slug) is not None
    with time_machine.travel(last + timedelta(days=1), tick=False):
        assert found() == []
        assert profile_shown(profile.slug) is None


def test_a_licence_that_nobody_verified_shows_nobody() -> None:
    profile = a_profile("Thea Stone")
    Licence.objects.update(verified_at=None, verified_by=None)
    assert found() == []
    assert profile_shown(profile.slug) is None


def test_a_page_that_is_not_up_and_a_therapist_who_left_are_not_found() -> None:
    a_profile("Una", published=False)
    left = a_profile("Thea Stone")
    assert found() == ["Thea Stone"]
    take_role(actor=SYSTEM, person=left.therapist.person, role=Role.THERAPIST)
    assert found() == []
    assert profile_shown(left.slug) is None


def test_who_takes_nobody_or_has_no_room_in_the_format_is_not_found_but_has_a_page() -> None:
    full = a_profile("Full", places={"individual": 0, "couple": 1})
    shut = a_profile("Shut")
    Therapist.objects.filter(pk=shut.therapist_id).update(taking_clients=False)
    assert found(format=Together.INDIVIDUAL) == []
    assert found(format=Together.COUPLE) == ["Full"]
    assert found() == ["Full"]
    assert profile_shown(full.slug)
    assert profile_shown(shut.slug)


def test_each_wish_finds_whoever_meets_it_and_nobody_else() -> None:
    a_profile("Plain", offer={"fees": {"individual": 20000}}, usual=1 << 14)
    wished = a_profile(
        "Wished",
        offer={"languages": ["en", "fr"], "formats": ["phone"], "populations": ["adults", "lgbtq"]},
        concerns=["grief", "mood"], gender="woman", identities=["adopted"], faith="muslim", usual=0,
    )  # fmt: skip
    free_on(wished, 4, begins=17, ends=21, kind="first_call", way="phone")
    asked: dict[str, Any] = {
        "concerns": (Concern.GRIEF, Concern.TEEN),
        "way": Format.PHONE,
        "language": "fr",
        "most_fee": 15000,
        "times": frozenset({"fri-evening"}),
        "gender": Gender.WOMAN,
        "identities": (Identity.ADOPTED, Identity.TRANS),
        "faith": Faith.MUSLIM,
        "populations": (Population.LGBTQ,),
        "words": "grief",
    }
    for name, wish in asked.items():
        zone = {"zone": "America/Toronto"} if name == "times" else {}
        assert found(**{name: wish}, **zone) == ["Wished"], name
    assert found(**asked, zone="America/Toronto") == ["Wished"]


def test_a_code_that_begins_like_another_is_not_it() -> None:
    a_profile("Thea", offer={"languages": ["es"]}, concerns=["social_anxiety"])
    assert found(language="e") == []
    assert found(concerns=(Concern.ANXIETY,)) == []


def test_distance_is_by_the_globe_and_only_for_who_meets_in_a_room() -> None:
    a_profile("Toronto")
    a_profile("Hamilton", town="Hamilton", latitude=HAMILTON[0], longitude=HAMILTON[1])
    a_profile("Ottawa", town="Ottawa", latitude=OTTAWA[0], longitude=OTTAWA[1])
    a_profile("Screen", offer={"formats": ["video"]})

    def near(km: int) -> Near:
        return Near("Toronto", km, *TORONTO)

    assert found(near=near(10)) == ["Toronto"]
    assert found(near=near(59)) == ["Toronto"]  # they are 59.4 km apart
    assert found(near=near(60)) == ["Hamilton", "Toronto"]
    assert found(near=near(400)) == ["Hamilton", "Ottawa", "Toronto"]
    assert found(near=near(10), way=Format.VIDEO) == ["Hamilton", "Ottawa", "Screen", "Toronto"]
    assert found(near=Near("Ottawa")) == ["Ottawa"]


def test_a_fee_may_be_less_for_who_asks() -> None:
    a_profile("Dear", offer={"fees": {"individual": 20000}})
    a_profile("Slides", offer={"fees": {"individual": 20000}, "sliding_scale": True}, lowest_fee=6000)
    a_profile("Cheap", offer={"fees": {"individual": 5000}})
    assert found(most_fee=5999) == ["Cheap"]
    assert found(most_fee=6000) == ["Cheap", "Slides"]
    assert found(most_fee=9000, format=Together.COUPLE) == []


def test_times_are_on_the_clock_of_whoever_looks() -> None:
    free_on(a_profile("Thea"), 0, begins=17, ends=21, kind="first_call")  # Monday evening in Toronto
    vancouver = {"zone": "America/Vancouver"}
    assert found(times=frozenset({"mon-afternoon"}), **vancouver) == ["Thea"]  # 14 to 18 there
    assert found(times=frozenset({"mon-morning"}), **vancouver) == []
    assert found(times=frozenset({"tue-morning"}), zone="Asia/Tokyo") == ["Thea"]


def test_words_are_found_in_what_was_written_in_names_and_in_ways_of_working() -> None:
    a_profile("Zoë Fontaine", about="I know **mourning** parents. *Jardins* of memory.")
    a_profile("Thea", offer={"approaches": ["mindfulness"]}, about="A garden.")
    assert found(words="mourn") == ["Zoë Fontaine"]
    assert found(words="jardin of memories") == ["Zoë Fontaine"]
    assert found(words="fontaine") == ["Zoë Fontaine"]
    assert found(words="mindful") == ["Thea"]
    assert found(words="mindful mourn") == []
    assert found(words="'\"*) OR 1=1 -- & | !") == []


@pytest.mark.parametrize("written", ["Zoë", "zoe", "ZOË", "zo", "Müller-Dağ", "muller", "dag zoe", "MÜLLER"])
def test_a_name_is_found_with_and_without_its_accents(written: str) -> None:
    a_profile("Zoë Müller-Dağ")
    a_profile("Thea Stone")
    assert found(words=written) == ["Zoë Müller-Dağ"]


def test_a_new_name_is_found_and_the_old_one_is_not() -> None:
    person = a_profile("Thea Stone").therapist.person
    person.refresh_from_db()
    change_person(actor=acting(person), person=person, version=person.version, changes={"name": "Thea Brook"})
    while run_next_job():
        pass
    assert found(words="brook") == ["Thea Brook"]
    assert found(words="stone") == []


def test_words_are_found_no_more_when_they_were_changed() -> None:
    from homeport.directory.services.keep_profile import change_profile

    profile = a_profile("Thea", about="I know mourning.")
    profile = type(profile).objects.get(pk=profile.pk)
    by = acting(profile.therapist.person)
    change_profile(actor=by, profile=profile, version=profile.version, changes={"about": "Joy."}, places={})
    assert found(words="mourning") == []
    assert found(words="joy") == ["Thea"]


def test_violence_is_looked_for_as_what_heals() -> None:
    a_profile("Knows", concerns=["after_abuse"])
    a_profile("Other", concerns=["work"])
    wishes = Wishes("CA-ON", concerns=(Concern.VIOLENCE,))
    assert names(search(wishes)) == ["Knows"]
    assert wishes.opens_safety_path


def test_nobody_fits_and_it_is_said_what_giving_up_one_wish_would_bring() -> None:
    for number in range(4):
        a_profile(f"Day {number}")
    free_on(a_profile("Evening", offer={"languages": ["fr"]}), 0, begins=17, ends=21, kind="first_call")
    wishes = Wishes(
        "CA-ON", language="en", times=frozenset({"mon-evening"}), zone="America/Toronto", way=Format.VIDEO
    )
    answer = search(wishes)
    assert answer.total == 0
    assert [(one.name, one.brings) for one in answer.loosen] == [("times", 4), ("language", 1)]
    for one in answer.loosen:
        assert search(wishes.without(one.name)).total == one.brings


def test_what_would_not_help_alone_is_not_offered() -> None:
    a_profile("Thea")
    assert search(Wishes("CA-ON", language="fr", gender=Gender.MAN)).loosen == ()
    assert search(Wishes("CA-BC")).loosen == ()


def test_a_wish_that_is_no_must_moves_up_and_hides_nobody() -> None:
    a_profile("Plain")
    a_profile("Wished", faith="sikh")
    wishes = Wishes("CA-ON", faith=Faith.SIKH, weights={"faith": Weight.NICE})
    assert names(search(wishes)) == ["Wished", "Plain"]


def test_who_knows_more_of_what_brings_somebody_comes_first() -> None:
    a_profile("One", concerns=["grief"])
    a_profile("Both", concerns=["grief", "mood"])
    assert names(search(Wishes("CA-ON", concerns=(Concern.GRIEF, Concern.MOOD)))) == ["Both", "One"]


def test_the_order_is_another_one_each_day_and_the_same_all_day() -> None:
    for number in range(PAGE):
        a_profile(f"Person {number:02}")
    orders = []
    for day in range(3):
        with time_machine.travel(now() + timedelta(days=day), tick=False):
            orders.append(names(search(Wishes("CA-ON"))))
            assert names(search(Wishes("CA-ON"))) == orders[-1]
    assert len({tuple(order) for order in orders}) > 1


def test_pages_hold_everybody_once() -> None:
    for number in range(PAGE + 2):
        a_profile(f"Person {number:02}")
    first, second = search(Wishes("CA-ON")), search(Wishes("CA-ON"), page=2)
    assert (first.total, first.pages, len(first.profiles), len(second.profiles)) == (PAGE + 2, 2, PAGE, 2)
    assert len({*names(first), *names(second)}) == PAGE + 2
    assert search(Wishes("CA-ON"), page=99).page == 1


@pytest.mark.parametrize("people", [2, 9])
def test_the_number_of_queries_does_not_grow_with_the_people(people: int) -> None:
    for number in range(people):
        a_profile(f"Person {number}")
    with exactly(3):
        search(Wishes("CA-ON", concerns=(Concern.RELATIONSHIPS,), way=Format.VIDEO, words="listen"))
    free_on(a_profile("Free"), 0, begins=9, ends=12, kind="first_call")
    with exactly(3):
        search(Wishes("CA-ON", times=frozenset({"mon-morning"}), zone="America/Toronto"))
    with exactly(2):  # nobody: the page, and what would help
        search(Wishes("CA-ON", faith=Faith.SIKH, gender=Gender.MAN))
    with at_most(3):
        profile_shown("person-0")


def test_a_licence_verified_again_shows_its_holder_again() -> None:
    profile = a_profile("Thea Stone")
    Licence.objects.update(expires_on=today() - timedelta(days=1))
    assert found() == []
    Licence.objects.filter(therapist=profile.therapist).update(expires_on=today())
    assert found() == ["Thea Stone"]
    assert Person.objects.filter(name="Thea Stone").exists()
