"""Whom a visitor may think of while answering."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from homeport.web.visitor.words import Words


@dataclass(frozen=True, slots=True)
class Relationship:
    """One kind of relationship. ``id`` is the item bank's slot; the texts fit into sentences of ours.

    ``choice``: the line beside the box. ``who``: "With {who} you ...". ``title``: a heading, a label on the
    map.
    """

    id: str
    choice: Words
    hint: Words | str
    who: Words
    title: Words


ALL: tuple[Relationship, ...] = (
    Relationship(
        "partner", _("My partner"), _("Now, or the last one you had"), _("your partner"), _("Your partner")
    ),
    Relationship(
        "mother", _("My mother"), _("Or whoever was a mother to you"), _("your mother"), _("Your mother")
    ),
    Relationship(
        "father", _("My father"), _("Or whoever was a father to you"), _("your father"), _("Your father")
    ),
    Relationship(
        "friend", _("A close friend"), _("Pick one and keep them in mind"), _("your friend"), _("Your friend")
    ),
    Relationship(
        "colleague",
        _("Someone at work"),
        _("Pick one and keep them in mind"),
        _("your colleague"),
        _("Your colleague"),
    ),
    Relationship("step-parent", _("My stepparent"), "", _("your stepparent"), _("Your stepparent")),
    Relationship(
        "foster-parent", _("My foster parent"), "", _("your foster parent"), _("Your foster parent")
    ),
    Relationship("grandparent", _("My grandparent"), "", _("your grandparent"), _("Your grandparent")),
    Relationship(
        "people-in-general",
        _("People in general"),
        _("How you are with most people"),
        _("other people"),
        _("People in general"),
    ),
)
_BY_ID = {relationship.id: relationship for relationship in ALL}


def relationship(identifier: str) -> Relationship:
    """The relationship with this id. Raises KeyError."""
    return _BY_ID[identifier]


def known(identifier: str) -> bool:
    """Whether there is such a relationship."""
    return identifier in _BY_ID


def in_order(chosen: set[str]) -> tuple[str, ...]:
    """The chosen ids in the order in which they are asked; unknown ones are left out."""
    return tuple(each.id for each in ALL if each.id in chosen)
