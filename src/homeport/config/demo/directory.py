"""The demo therapists say who they are: what each offers, and a page in the directory that is up."""

from dataclasses import dataclass, field
from typing import Any

from homeport.core.actor import Actor
from homeport.directory.services.keep_profile import begin_profile, change_profile
from homeport.directory.services.show_profile import publish_profile
from homeport.directory.week import COARSE, as_number
from homeport.people.models import Person, Therapist
from homeport.people.services.change_offer import change_offer

TOWNS = {
    "Toronto": (43.6532, -79.3832),
    "Hamilton": (43.2557, -79.8711),
    "Kingston": (44.2312, -76.4860),
    "Ottawa": (45.4215, -75.6972),
    "Guelph": (43.5448, -80.2482),
}
FIRST_TIME = (
    "We meet for fifty minutes. You tell me as much as you like, and you can ask me anything. At the end we both say whether"
    " we would like to go on. You do not have to decide in the room."
)


@dataclass(frozen=True, slots=True)
class Said:
    """What one of them says."""

    title: str
    greeting: str
    about: str
    town: str
    offer: dict[str, Any]
    rooms: dict[str, int | None]
    page: dict[str, Any] = field(default_factory=dict)


def _offer(
    languages: str,
    formats: str,
    populations: str,
    approaches: str,
    fees: dict[str, int],
    *,
    slides: bool = False,
) -> dict[str, Any]:
    return {
        "languages": languages.split(),
        "formats": formats.split(),
        "populations": populations.split(),
        "approaches": approaches.split(),
        "fees": {kind: dollars * 100 for kind, dollars in fees.items()},
        "currency": "CAD",
        "sliding_scale": slides,
    }


SAID = (
    Said(
        "Registered psychotherapist",
        "Being close should not have to be so tiring.",
        "Many people come to me because the same fight, or the same silence, keeps finding them. We slow"
        " it down until it makes sense, to both of you if there are two.\n\nI am warm and direct. I will"
        " ask what you need, and I will tell you when I do not understand.\n\n## You set the pace\n\n-"
        " You can stop at any time.\n- You can tell me when I get it wrong.",
        "Toronto",
        _offer(
            "en",
            "in_person video",
            "adults couples lgbtq",
            "attachment_based eft_couples efit",
            {"individual": 140, "couple": 175},
            slides=True,
        ),
        {"individual": 2, "couple": 2},
        {
            "concerns": ["relationships", "couple", "abandonment", "push_pull", "trust", "separation"],
            "gender": "woman",
            "identities": ["lgbtq"],
            "lowest_fee": 7000,
            "practising_since": 2009,
            "access": ["step_free", "transit"],
            "whereabouts": "Five minutes from King station",
            "times": ["afternoons", "evenings"],
        },
    ),
    Said(
        "Psychologist",
        "Some things happened long ago and are still in the room.",
        "I work with people whom something terrible happened to, once or for years. We begin with what"
        " makes you steady, and we only go as far back as you can come home from.\n\nYou never have to"
        " tell the whole story.",
        "Hamilton",
        _offer(
            "en es",
            "in_person video phone",
            "adults newcomers neurodivergent",
            "trauma_phases attachment_based mindfulness",
            {"individual": 180},
        ),
        {"individual": 1, "group": 4},
        {
            "concerns": ["trauma", "after_abuse", "feelings", "anxiety", "trust"],
            "gender": "man",
            "identities": ["immigrant", "latin"],
            "practising_since": 2014,
            "access": ["step_free", "lift", "quiet"],
            "times": ["mornings", "afternoons"],
        },
    ),
    Said(
        "Social worker",
        "Teens and parents: nobody here is the problem.",
        "When a teen stops talking, or shouts, something between you has torn. I meet each of you alone,"
        " then together, so that the things that hurt can be said and heard.",
        "Ottawa",
        _offer(
            "en fr",
            "video in_person",
            "teens parents families",
            "abft attachment_based",
            {"individual": 120, "family": 160},
            slides=True,
        ),
        {"teen": 3, "family": 2, "parent_child": 0},
        {
            "concerns": ["teen", "family", "parenting", "mood", "social_anxiety", "self_esteem"],
            "gender": "woman",
            "identities": ["parent"],
            "lowest_fee": 5000,
            "practising_since": 2011,
            "access": ["parking", "captions"],
            "times": ["evenings", "weekends"],
        },
    ),
    Said(
        "Registered psychotherapist",
        "You learned to manage alone. You do not have to be good at it here.",
        "I like working with people who find it hard to need anybody. We go slowly. I will not push, and"
        " I will notice when you step back.",
        "Toronto",
        _offer(
            "en ar",
            "in_person video text",
            "adults newcomers",
            "attachment_based efit narrative",
            {"individual": 110},
        ),
        {"individual": 3},
        {
            "concerns": ["closeness", "loneliness", "work", "anxiety", "mood"],
            "gender": "man",
            "faith": "muslim",
            "identities": ["arab", "immigrant"],
            "practising_since": 2017,
            "access": ["transit"],
            "times": ["evenings"],
        },
    ),
    Said(
        "Child and family therapist",
        "Small children tell us with play what they cannot say.",
        "A child and their parent come together, and the floor is full of toys. I help you to see what"
        " your child is asking for, and to find your own way to answer.",
        "Guelph",
        _offer(
            "en",
            "in_person",
            "young_children children parents adoptive_and_foster",
            "child_parent circle_of_security ddp",
            {"family": 150},
        ),
        {"parent_child": 2, "family": 1},
        {
            "concerns": ["parenting", "baby", "foster_adoption", "family"],
            "gender": "woman",
            "identities": ["adopted"],
            "practising_since": 2006,
            "access": ["step_free", "parking", "children"],
            "times": ["mornings", "weekends"],
        },
    ),
    Said(
        "Psychologist",
        "Grief has no timetable. Neither do we.",
        "I sit with people who have lost somebody, or something that they had counted on. Often there is"
        " more than one loss. We make room for each of them.",
        "Kingston",
        _offer(
            "en",
            "video phone in_person",
            "adults older_adults",
            "attachment_based narrative mindfulness",
            {"individual": 150},
            slides=True,
        ),
        {"individual": 2, "group": 2},
        {
            "concerns": ["grief", "loneliness", "mood", "separation"],
            "gender": "man",
            "faith": "christian",
            "identities": ["black", "parent"],
            "lowest_fee": 6000,
            "practising_since": 2003,
            "access": ["lift", "toilet"],
            "times": ["mornings", "afternoons", "evenings"],
        },
    ),
    Said(
        "Couple and family therapist",
        "Two people, one dance. Let us look at the steps.",
        "I work with couples who love each other and cannot find each other. I meet each of you alone"
        " first; it is the same for everyone. Then we look at the pattern, which is the real opponent.",
        "Toronto",
        _offer(
            "en it fr",
            "in_person video",
            "couples adults families",
            "eft_couples attachment_based",
            {"couple": 190, "family": 190},
        ),
        {"couple": 1, "family": 1},
        {
            "concerns": ["couple", "trust", "relationships", "separation", "family"],
            "gender": "woman",
            "practising_since": 2012,
            "access": ["step_free", "lift", "transit"],
            "times": ["evenings"],
        },
    ),
    Said(
        "Registered psychotherapist",
        "The voice in your head was not born there.",
        "People often come to me tired of how hard they are on themselves. We find out whose voice it"
        " was first, and we practise another one.\n\nI also lead a small group on feeling at ease with"
        " people.",
        "Ottawa",
        _offer(
            "en",
            "video phone text",
            "adults lgbtq neurodivergent",
            "inner_child mindfulness attachment_based group",
            {"individual": 95, "group": 45},
        ),
        {"individual": 0, "group": 5},
        {
            "concerns": ["self_esteem", "social_anxiety", "loneliness", "feelings", "mood"],
            "gender": "non_binary",
            "identities": ["trans", "neurodivergent"],
            "practising_since": 2019,
            "access": ["captions"],
            "times": ["afternoons", "weekends"],
        },
    ),
)


def fill_directory(therapists: list[Person]) -> None:
    """Each says what they offer and who they are, and puts it up."""
    for person, said in zip(therapists, SAID, strict=True):
        by = Actor("person", user_id=person.user_id, person_id=person.pk, via="demo")
        therapist = Therapist.objects.get(person=person)
        change_offer(actor=by, therapist=therapist, version=therapist.version, changes=said.offer)
        profile = begin_profile(actor=by, therapist=therapist)
        page = dict(said.page)
        north, east = TOWNS[said.town]
        times = [slot for name in page.pop("times") for slot in COARSE[name]]
        changes = {
            "title": said.title, "greeting": said.greeting, "about": said.about, "first_time": FIRST_TIME,
            "town": said.town, "region": "CA-ON", "latitude": north, "longitude": east, "usual": as_number(times), **page,
        }  # fmt: skip
        change_profile(actor=by, profile=profile, version=profile.version, changes=changes, places=said.rooms)
        publish_profile(actor=by, profile=profile, version=profile.version)
