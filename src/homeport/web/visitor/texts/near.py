"""The three places where closeness comes easily."""

from django.utils.translation import gettext_lazy as _

from homeport.web.visitor.texts.shape import PlaceText

AT_EASE = PlaceText(
    headline=_("At ease, close or apart"),
    lead=_(
        "With %(who)s you can be close without much worry, and apart without much fear. When something goes "
        "wrong, you "
        "mostly trust that it can be put right."
    ),
    strength=_("You can lean on someone, and let someone lean on you. That is a good place to come back to."),
    closeness=_(
        "Being close feels fine. You can say what you need and hear what they need, and stay yourself."
    ),
    conflict=_(
        "A quarrel hurts, but it does not feel like the end. You can stay in the talk, and say or hear a "
        "sorry."
    ),
    distance=_(
        "When they are busy or away, you may miss them, and you get on with your day. You expect them back."
    ),
    stress=_("On a hard day you can turn to them, or calm yourself first. Both ways are open to you."),
    helps=(
        _("Keep up the small things. Ask how their day was, and tell them about yours."),
        _("Say thank you for what works. It is easy to forget when all goes well."),
        _("When trust takes a knock, talk about it early. Ease can be lost, and it can be won back."),
        _("Lend your calm to others. Steady people help those around them feel safe."),
    ),
    articles=("secure-attachment", "healthier-habits", "how-attachment-shapes-us"),
)

EASE_WITH_WORRY = PlaceText(
    headline=_("Close, and sometimes worried about it"),
    lead=_("With %(who)s you are at ease with closeness. Now and then you worry that it may not last."),
    strength=_("You notice early when something is off between you, and you care enough to reach out."),
    closeness=_(
        "Closeness feels good, and you look for it. At times you want a little more of it than you get."
    ),
    conflict=_("You would rather talk now than wait. Once you know where you stand, you settle."),
    distance=_("A late reply can weigh on you. Most days you can think of a kind reason for it."),
    stress=_("When you are tired or under strain, small signs can look bigger than they are."),
    helps=(
        _("When a worry comes, wait ten minutes and breathe slowly before you write or call."),
        _("Ask for what you need in plain words: “Can you let me know when you get home?”"),
        _("Write down three signs from this week that they care. Read them when doubt comes."),
        _("Keep some things that are yours alone: a friend, a walk, a skill."),
    ),
    articles=("anxious-attachment", "secure-attachment", "healthier-habits"),
)

WORRY = PlaceText(
    headline=_("Close, and often afraid of losing it"),
    lead=_(
        "With %(who)s you want to be close, and you open up. The fear that they may leave, or not care "
        "enough, comes often."
    ),
    strength=_("You bring warmth. You say when you miss someone, and you do not give up on people easily."),
    closeness=_(
        "Closeness calms you, but the calm may not last. You may look for signs that they still care."
    ),
    conflict=_("In a quarrel the fear gets loud. You may hold on, ask again, or say more than you meant to."),
    distance=_("A late or short reply can feel like an answer to the question “Do I still matter?”"),
    stress=_("Under strain your mind may go to the worst first. Then it is hard to think of much else."),
    helps=(
        _("Give it a name: “This is the old alarm.” An alarm is loud even when there is no fire."),
        _(
            "Calm the body first. Feel your feet on the floor and let a long breath out. Then choose what "
            "to do."
        ),
        _("Ask once, clearly, and let the answer count."),
        _("Find more than one place of comfort, so that no one person has to be all of it."),
        _("In therapy you can find out where the alarm was set, and how to turn it down."),
    ),
    articles=("anxious-attachment", "caring-for-yourself", "what-happens-in-therapy"),
)
