"""The three places where distance feels safer."""

from django.utils.translation import gettext_lazy as _

from homeport.web.visitor.texts.shape import PlaceText

OWN_FEET = PlaceText(
    headline=_("On your own two feet"),
    lead=_(
        "With %(who)s you count mostly on yourself. You do not worry much about losing them, and you keep "
        "your feelings in."
    ),
    strength=_("You stay calm when others cannot, and you know how to look after yourself."),
    closeness=_("When someone comes very close it can feel like too much. You may make a joke, or get busy."),
    conflict=_(
        "You would rather end the talk than go on with it. That can look cold, even when you do care."
    ),
    distance=_(
        "Time apart feels like fresh air. When you do miss someone, it may show up late, or as a bad mood."
    ),
    stress=_("You carry it alone. To ask for help may feel weak, or may just not come to mind."),
    helps=(
        _("Notice the moment when you pull away. What came just before it?"),
        _(
            "Stay two minutes longer in a talk that you want to leave. Then take your break, and say when "
            "you will be back."
        ),
        _("Once a day, put a plain word to how you feel: tired, sad, glad, cross."),
        _("Let someone do one small thing for you."),
        _("To need nobody may have been a wise answer once. You may not need it everywhere now."),
    ),
    articles=("avoidant-attachment", "healthier-habits", "what-happens-in-therapy"),
)

GUARD_WITH_WORRY = PlaceText(
    headline=_("Keeping a distance, and not always calm about it"),
    lead=_(
        "With %(who)s you mostly keep your guard up. Under it there is some worry that you may be let down "
        "or left."
    ),
    strength=_("You are careful with your trust, and you see a lot from where you stand."),
    closeness=_("Closeness draws you in and tires you. You may step back just when it gets good."),
    conflict=_("You may go cool on the outside and stay busy with it inside, long after."),
    distance=_("You ask for room, and then wonder if they still want you there."),
    stress=_("You try to cope alone, and for a while it works. Then it may all come out at once."),
    helps=(
        _("Tell someone you trust one true thing about how you are. One is enough."),
        _("When you step back, leave a sign that you will return."),
        _("Look for the worry behind the wall. It often says what you need."),
        _("Go slowly. Trust that grows slowly is real trust."),
        _("A therapist will not mind the wall. You can look at it side by side."),
    ),
    articles=("avoidant-attachment", "fearful-attachment", "what-happens-in-therapy"),
)

LONGING_ON_GUARD = PlaceText(
    headline=_("Longing to be close, and on guard"),
    lead=_(
        "With %(who)s you want to be close and fear it at the same time. To come near feels risky, and so "
        "does being left."
    ),
    strength=_(
        "You have kept on hoping, even after hard things. You may sense a mood before anyone has said a word."
    ),
    closeness=_(
        "You may come close, feel too easy to hurt, and need to get away. It can look hot and cold. Inside "
        "it is one wish: "
        "to be safe."
    ),
    conflict=_(
        "A raised voice or a cold look can wake an old fear. You may fight, freeze or run before you can "
        "think."
    ),
    distance=_("To be left hurts, and to be held too tight scares you. The right distance keeps moving."),
    stress=_("Under strain you may feel far too much, or nothing at all."),
    helps=(
        _(
            "Safety comes first. If someone hurts or scares you, it is right to be on guard. “Help now” is "
            "on every page."
        ),
        _("Learn two or three ways to calm your body. Use one before you decide anything big."),
        _("Pick one steady person, and go slowly with them."),
        _("Be kind to the part of you that wants to run. It may have had a good reason once."),
        _("If you were hurt before, that may be part of it. Therapy that goes at your speed can help."),
    ),
    articles=("fearful-attachment", "attachment-wounds-and-trauma", "what-happens-in-therapy"),
)
