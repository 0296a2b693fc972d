"""What is said around every result: what it does not say, how sure it is, what is different at 16 or 17."""

from django.utils.translation import gettext_lazy as _

NOT_SAID = (
    _("It does not say what is wrong with you. It is not a diagnosis, and this is not an illness."),
    _("It does not say why. Your past, your luck and the person you thought of all play a part."),
    _("It does not say who is to blame. It shows one side, yours, on one day."),
    _("It does not say that it will stay so. People move on this map, with time, practice and good company."),
    _(
        "It does not say if a relationship is good for you. If someone scares or hurts you, being on guard is "
        "your good sense."
    ),
)
NOT_SAID_YOUNG = (
    _("It does not say what is wrong with you. Nothing here is an illness."),
    _("It does not say who you are. You are still growing, and so is the way you are close to people."),
    _("It does not say who is to blame. It shows your side, on one day."),
    _("It does not say if someone is good for you. If someone scares or hurts you, tell a person you trust."),
)
YOUNG_INTRO = _(
    "At your age this moves a lot, so take it as a picture of now. You do not have to fit it, and you do "
    "not have to show "
    "it to anyone."
)
YOUNG_READS = ("youth-talking-to-someone", "youth-friends-and-fights", "youth-when-home-is-hard")

BETWEEN = _(
    "No area holds 80 in 100, so we do not pick one for you. This is the most common result. It is good to "
    "know: near a border "
    "you have more than one way to be close, and a small step can change the view."
)
MOSTLY = _("One area holds 80 in 100 or more. The rest is how unsure a short set of questions has to be.")
AREAS_NOT_KINDS = _(
    "These are areas on a map, not kinds of people. Many live near a border, and people move."
)

COMPARED = _(
    "Counted in 100 people who chose to answer the same questions online. The lines between the areas run through that "
    "group's average."
)
PROVISIONAL = _("These numbers are provisional: they may still change a little.")

SURE_CALIBRATED = _("The dot is our best guess. Your true place could be anywhere in the shaded patch.")
SURE_SKETCH = _(
    "The dot is the middle of your answers. The patch is wide where your answers pulled in different ways."
)
CORNER_NAMES = _(
    "Books have names for the four corners: secure (close and calm), anxious (close and worried), avoidant "
    "(apart and "
    "calm), fearful (apart and worried). These questions cannot tell how likely each is, so we do not put a "
    "name on you."
)

PUSH_PULL = _(
    "Worry and distance both came out raised, and some of your answers pull against each other. Some people "
    "call this "
    "push-pull: you want to be close, and you need to get away. It is a way to stay safe that may "
    "have made sense once."
)
DIFFERENT = _(
    "You are not the same with everyone. That is common and good to know: how you are close depends on the "
    "other person too, "
    "so it can change."
)
ALIKE = _(
    "We cannot tell these places apart: what sets them off from each other is within the margins. There may be a difference "
    "that a few questions are too few to show."
)
APART = _(
    "You were not asked the same questions about each, so they stand on maps of their own. Read each for itself: places on "
    "two maps cannot be compared."
)
