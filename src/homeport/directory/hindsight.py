"""What matters to know of somebody's life, and what went wrong in an earlier therapy: plain choices, and what follows.

Both change what is looked for and how much it counts, by the two tables here and by nothing else. They are shown on the
page, so that whoever says something can see what it does.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.db import models
from django.utils.translation import gettext_lazy as _

from homeport.directory.concerns import Concern
from homeport.directory.wishes import Weight, Wishes


class History(models.TextChoices):
    """Something in a life that a therapist should be used to."""

    HURT_AS_CHILD = "hurt_as_child", _("I was hurt or left alone as a child")
    LOST_SOMEONE = "lost_someone", _("I lost someone close")
    IN_CARE = "in_care", _("I was adopted, or in foster care")
    HURT_BY_PARTNER = "hurt_by_partner", _("A partner hurt me")
    LEFT_HOME = "left_home", _("I left my country or my home")
    HOSPITAL = "hospital", _("I was in hospital because of how I felt")
    DRINK_DRUGS = "drink_drugs", _("Drink or drugs are part of it")


class Before(models.TextChoices):
    """Something that went wrong in an earlier therapy."""

    NOT_HEARD = "not_heard", _("I did not feel heard")
    NO_PLAN = "no_plan", _("I did not know where it was going")
    TOO_MUCH = "too_much", _("It went too fast or too deep")
    NOT_MY_WORLD = "not_my_world", _("They did not know my world")
    TOO_DEAR = "too_dear", _("I could not pay for it any more")
    TIMES = "times", _("The times did not work")
    TOO_FAR = "too_far", _("It was too far away")
    ENDED = "ended", _("It ended all at once")


# Who lived through this is served by somebody who knows that.
LOOKS_FOR: Mapping[History, tuple[Concern, ...]] = {
    History.HURT_AS_CHILD: (Concern.TRAUMA,),
    History.LOST_SOMEONE: (Concern.GRIEF,),
    History.IN_CARE: (Concern.FOSTER_ADOPTION,),
    History.HURT_BY_PARTNER: (Concern.AFTER_ABUSE,),
}
# What went wrong once makes these wishes count one step more.
COUNTS_MORE: Mapping[Before, tuple[str, ...]] = {
    Before.NOT_MY_WORLD: ("identities", "faith", "populations", "language"),
    Before.TOO_DEAR: ("most_fee",),
    Before.TIMES: ("times",),
    Before.TOO_FAR: ("near",),
}


def in_hindsight(wishes: Wishes, history: Iterable[History], before: Iterable[Before]) -> Wishes:
    """The wishes with what follows from both. A wish never becomes a must by it: nobody is taken off the list."""
    concerns = dict.fromkeys(
        [*wishes.concerns, *(each for life in history for each in LOOKS_FOR.get(life, ()))]
    )
    weights = dict(wishes.weights)
    for gone in before:
        for name in COUNTS_MORE.get(gone, ()):
            if wishes.weight(name) is Weight.NICE:
                weights[name] = Weight.MATTERS
    return replace(wishes, concerns=tuple(concerns), weights=weights)
