"""The three places half-way between closeness and distance."""

from django.utils.translation import gettext_lazy as _

from homeport.web.visitor.texts.shape import PlaceText

OWN_SPACE = PlaceText(
    headline=_("Steady, and fond of your own space"),
    lead=_("With %(who)s you feel steady and do not worry much. You let them in, up to a point."),
    strength=_("You keep a clear head, and you give other people room too."),
    closeness=_(
        "You like to be close in your own time. Some feelings you keep in, even when sharing might help."
    ),
    conflict=_("You may go quiet, or look for a quick way to fix it. Later, when it is calm, you can talk."),
    distance=_("Time apart is fine with you. The other person may need a word more often than you do."),
    stress=_("Your first move is to sort it out alone. Asking for help comes second."),
    helps=(
        _("Share one small thing a day that you would keep to yourself."),
        _("When you need space, say so, and say when you will be back: “I need an hour. Then let us talk.”"),
        _("Ask for help with something small, and see what happens."),
        _("When someone comes to you upset, you do not have to fix it. Stay and listen."),
    ),
    articles=("avoidant-attachment", "secure-attachment", "healthier-habits"),
)

MIDDLE = PlaceText(
    headline=_("Near the middle of the map"),
    lead=_(
        "With %(who)s you are near the middle: a bit of worry, a bit of distance, and a good share of ease "
        "as well."
    ),
    strength=_(
        "You have more than one way to deal with things, and you can move in any direction from here."
    ),
    closeness=_(
        "You want to be close, and you want your own space. Which of the two is stronger may change with "
        "the day."
    ),
    conflict=_(
        "Sometimes you press to talk and sometimes you draw back. What the other person does can tip it."
    ),
    distance=_("Some gaps do not trouble you. Others do, most of all when you are not sure what they mean."),
    stress=_(
        "When things get hard you may try alone first and then look for someone. Or the other way round."
    ),
    helps=(
        _("Notice which way you lean today, towards worry or towards distance. To name it is half the work."),
        _("Ask yourself what you need right now: a kind word, quiet, company or time. Then ask for that."),
        _("Think of someone with whom it goes well. What do you do there that you could do here?"),
        _("Answer again in some months. From the middle, small changes show."),
    ),
    articles=("styles-are-not-boxes", "secure-attachment", "healthier-habits"),
)

LONGING_UNSURE = PlaceText(
    headline=_("Wanting to be close, and not sure it is safe"),
    lead=_(
        "With %(who)s you long to be close, and often fear losing it. Part of you also holds back, in case "
        "it hurts."
    ),
    strength=_(
        "You feel things deeply, and you know what it is like to be unsure. That can make you a kind "
        "listener."
    ),
    closeness=_("You reach out, and then wonder if you have shown too much."),
    conflict=_("You may push for an answer, and pull back when it comes. Both are ways to keep safe."),
    distance=_("Silence is hard. You may tell yourself that you do not care, while you care a lot."),
    stress=_("Under strain the two pulls get stronger: come here, and keep away."),
    helps=(
        _("Speak of the two pulls on a calm day: “When I go quiet, I still want you near.”"),
        _("Take small steps. Share a little, see that it is safe, and share a little more."),
        _("If a talk gets too loud, take a break. Agree on when you will go on."),
        _("Look for people who are steady, even if steady feels dull at first."),
        _("A therapist can be a safe person to practise with, at your own speed."),
    ),
    articles=("anxious-attachment", "push-pull", "what-happens-in-therapy"),
)
