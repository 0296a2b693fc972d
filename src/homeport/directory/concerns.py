"""What brings people, in plain words: the list that visitors choose from and that therapists say they know.

It follows the articles of the library, so that whoever read one finds its subject here. Two of them are not like the
others: who is being hurt, and who thinks of dying, is first of all led to people who can be reached now. Such a choice is
private to whoever made it (:func:`shared`): it is in nothing that a partner, a parent or a child could ever see.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _


class Concern(models.TextChoices):
    """One thing that brings people. The value is kept and searched, the label is shown."""

    RELATIONSHIPS = "relationships", _("Trouble in close relationships")
    COUPLE = "couple", _("Trouble between us as a couple")
    ABANDONMENT = "abandonment", _("Fear of being left")
    CLOSENESS = "closeness", _("Hard to let people close")
    PUSH_PULL = "push_pull", _("Wanting closeness, then running from it")
    TRUST = "trust", _("Hard to trust, or trust was broken")
    MOOD = "mood", _("Low mood")
    ANXIETY = "anxiety", _("Worry and fear")
    SOCIAL_ANXIETY = "social_anxiety", _("Fear of being with people")
    FEELINGS = "feelings", _("Feelings that are too much, or far away")
    SELF_ESTEEM = "self_esteem", _("Thinking little of myself")
    GRIEF = "grief", _("Grief and loss")
    LONELINESS = "loneliness", _("Loneliness")
    TRAUMA = "trauma", _("Things that hurt me long ago")
    AFTER_ABUSE = "after_abuse", _("Healing after a relationship that hurt")
    PARENTING = "parenting", _("Being a parent")
    BABY = "baby", _("A new baby, or one on the way")
    FAMILY = "family", _("Conflict in the family")
    TEEN = "teen", _("A teen who struggles")
    FOSTER_ADOPTION = "foster_adoption", _("Foster care and adoption")
    SEPARATION = "separation", _("A breakup, separation or divorce")
    WORK = "work", _("Trouble with people at work")
    VIOLENCE = "violence", _("Someone hurts me, scares me or controls me")
    DARK_THOUGHTS = "dark_thoughts", _("Thoughts of hurting myself, or of not living")


# Chosen anywhere, these open the private safety path beside whatever else is shown.
SAFETY_FIRST = frozenset({Concern.VIOLENCE, Concern.DARK_THOUGHTS})


class Group(NamedTuple):
    """Concerns that are shown together, under a heading."""

    title: Any
    concerns: tuple[Concern, ...]


C = Concern
GROUPS = (
    Group(
        _("Me and others"),
        (C.RELATIONSHIPS, C.COUPLE, C.ABANDONMENT, C.CLOSENESS, C.PUSH_PULL, C.TRUST, C.SEPARATION, C.WORK),
    ),
    Group(
        _("How I feel"),
        (C.MOOD, C.ANXIETY, C.SOCIAL_ANXIETY, C.FEELINGS, C.SELF_ESTEEM, C.GRIEF, C.LONELINESS),
    ),
    Group(_("What happened"), (C.TRAUMA, C.AFTER_ABUSE, C.VIOLENCE, C.DARK_THOUGHTS)),
    Group(_("Children and family"), (C.PARENTING, C.BABY, C.FAMILY, C.TEEN, C.FOSTER_ADOPTION)),
)

# Where to read about it: the slug of an article in the library.
ARTICLES = {
    C.RELATIONSHIPS: "how-attachment-shapes-us",
    C.COUPLE: "eft-and-injury-repair",
    C.ABANDONMENT: "anxious-attachment",
    C.CLOSENESS: "avoidant-attachment",
    C.PUSH_PULL: "push-pull",
    C.TRUST: "attachment-wounds-and-trauma",
    C.MOOD: "caring-for-yourself",
    C.ANXIETY: "mindfulness-inner-child-narrative",
    C.SOCIAL_ANXIETY: "youth-feeling-close",
    C.FEELINGS: "emotional-vulnerability-and-grief",
    C.SELF_ESTEEM: "healthier-habits",
    C.GRIEF: "emotional-vulnerability-and-grief",
    C.LONELINESS: "caring-for-yourself",
    C.TRAUMA: "attachment-wounds-and-trauma",
    C.AFTER_ABUSE: "relationships-that-hurt",
    C.PARENTING: "circle-of-security-and-ddp",
    C.BABY: "causes-and-risk-factors",
    C.FAMILY: "formats-of-therapy",
    C.TEEN: "abft-for-teens-and-parents",
    C.FOSTER_ADOPTION: "circle-of-security-and-ddp",
    C.SEPARATION: "healthier-habits",
    C.WORK: "work-and-colleagues",
    C.VIOLENCE: "relationships-that-hurt",
    C.DARK_THOUGHTS: "caring-for-yourself",
}

# What a therapist is asked for in the place of these: somebody who is hurt now needs one who knows such hurt.
_KNOWN_AS = {C.VIOLENCE: (C.AFTER_ABUSE, C.TRAUMA), C.DARK_THOUGHTS: (C.MOOD,)}

# What therapists can say that they work with: whom violence happens to is never a label on a page.
OFFERED = tuple(concern for concern in Concern if concern not in SAFETY_FIRST)


def asked_for(concerns: Iterable[Concern]) -> tuple[Concern, ...]:
    """What is looked for on therapists' pages, each once, for what somebody chose."""
    wanted = [known for concern in concerns for known in _KNOWN_AS.get(concern, (concern,))]
    return tuple(dict.fromkeys(wanted))


def opens_safety_path(concerns: Iterable[Concern]) -> bool:
    """Whether one of them leads to help now, beside the list."""
    return not SAFETY_FIRST.isdisjoint(concerns)
