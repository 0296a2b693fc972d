"""Names and sentences of people who do not exist."""

from homeport.directory.concerns import Concern
from homeport.directory.wishes import Weight, Wishes
from homeport.people.offers import Format, Together

FIRST = (
    "Amara", "Noor", "Elias", "Mateo", "Saoirse", "Jun", "Priya", "Tomas", "Leila", "Oskar", "Imani", "Hugo", "Yara",
    "Felix", "Anouk", "Davi", "Mei", "Rowan", "Zofia", "Kofi", "Ines", "Arjun", "Freya", "Malik", "Clara", "Idris",
    "Nadia", "Theo", "Suki", "Bruno", "Wren", "Salma",
)  # fmt: skip
LAST = (
    "Okafor", "Lindqvist", "Moreau", "Tanaka", "Haddad", "Kowalski", "Silva", "Nguyen", "Byrne", "Rossi", "Osei",
    "Petrov", "Mbeki", "Larsen", "Duarte", "Novak", "Chen", "Fraser", "Iyer", "Weiss", "Adeyemi", "Castro", "Holm",
    "Quispe", "Bakker", "Farouk", "Jansen", "Sato", "Tremblay", "Vega",
)  # fmt: skip
STAFF = {
    "therapist": (
        "Tessa Marlow", "Rafael Ito", "Greta Olsen", "Samir Nasser",
        "Joanna Reed", "Kwame Boateng", "Lucia Ferri", "Aidan Walsh",
    ),
    "supervisor": ("Helen Acheson", "Victor Lam"),
    "manager": ("Mona Achterberg",),
    "desk": ("Pavel Dvorak",),
    "biller": ("Odile Perrin",),
    "intake": ("Ruth Abara",),
    "researcher": ("Dr. Nils Evers",),
}  # fmt: skip
JOURNAL = (
    "I waited all evening for a message. When it came I was too tired to be glad.",
    "We argued about the dishes again. It was not about the dishes.",
    "I said what I needed, out loud. My voice shook. It was all right.",
    "Slept badly. Dreamt of the old house and the locked kitchen door.",
    "Six slow breaths before I opened the door. It helped more than I thought.",
    "My sister called. I did not know how much I had missed her.",
    "I wanted to leave the table. I stayed. Nobody noticed, but I did.",
    "Today was a grey day. I went for a walk anyway, ten minutes, no more.",
    "I keep a promise list now. Two kept, one late. I said sorry for the late one.",
    "I thought he was angry. I asked. He was only tired.",
)
NOTES = (
    "Looked at the week together. Named two moments of closeness and what came before each.",
    "Worked on the pause between the feeling and the reply. Practised once in the room.",
    "Early memory of being sent to an aunt in summer. Stayed with the feeling, closed with grounding.",
    "Reviewed the plan. The first goal moved from -1 to 0 in their own words.",
    "A rupture from last time was named and looked at. Both sides of it were said.",
    "Slow session. Much silence, of the good kind. Agreed on one practice for the week.",
    "Talked about safety at home and who to call. Nothing new to report.",
    "Rehearsed asking for comfort without asking for proof.",
)
JOINT_NOTES = (
    "Both told the same evening from their side. Each could say the other's in their own words.",
    "The chase and the retreat came up in the room. We slowed it down and gave it a name.",
    "A promise from last time was kept, and the other saw it.",
    "One spoke, the others gave back what they had heard. Harder than it sounds, and done.",
)
CONCERNS = ("relationships", "trust", "mood", "anxiety", "self_esteem", "abandonment", "grief", "parenting")
BRINGS = (
    "I keep having the same fight, whoever I am with.",
    "Since my mother died I feel far away from everybody.",
    "I check my phone all evening. I am tired of it.",
    "We are polite with each other. That is all that is left.",
    "I want to be a calmer father than mine was.",
)
GOALS = (
    "To say what I need before I am angry.",
    "To sleep through the night again.",
    "To trust somebody without testing them.",
    "To be able to be alone and not feel left.",
)
HOUSEHOLDS = (
    "I live alone, with a cat.",
    "My partner and our two children, 4 and 9.",
    "A shared flat, three of us.",
)
DAYS = ("Nursing, in shifts.", "I teach.", "Looking for work.", "At home with the children.", "Studying.")
QUESTION = (
    "Hello. I get very quiet with people I like, and then they think that I do not like them. Is that something you work"
    " with? And is it all right to come only every second week?"
)
WORRYING = (
    "Some evenings I think that everybody would be better off without me. I have not told anyone.",
    "This week was bad. I do not want to be alive when it is like this.",
)
# Who leaves it to intake whom they begin with: their name, what brings them, what they wish for.
WAITING = (
    (
        "Beata Sand",
        "My mother died in spring and I still lay the table for two.",
        Wishes("CA-ON", Together.INDIVIDUAL, concerns=(Concern.GRIEF,), way=Format.VIDEO),
    ),
    (
        "Dario Kent",
        "We shout in front of the children, and both of us want to stop.",
        Wishes("CA-ON", Together.COUPLE, concerns=(Concern.COUPLE, Concern.TRUST)),
    ),
    (
        "Ilse Marchand",
        "I have not slept properly for weeks, and I cannot go to work any more.",
        Wishes(
            "CA-ON", Together.INDIVIDUAL, concerns=(Concern.MOOD, Concern.ANXIETY), language="fr",
            weights={"language": Weight.NICE},
        ),
    ),
)  # fmt: skip
GROUP = "At ease with people"
GROUP_ABOUT = (
    "Six people, ten evenings. We practise small things in the room: saying no, saying yes, being looked at. Nobody has to"
    " tell their whole story."
)
