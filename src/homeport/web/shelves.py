"""How the library's sections are named and drawn. The articles themselves know only the section's key."""

from django.utils.translation import gettext as _

# The order on the page too: from "what is this" to "what helps".
EMBLEMS = {
    "understanding": "harbour",
    "wounds": "rain",
    "therapy": "path",
    "everyday": "house",
    "youth": "sprout",
}
ARTICLE_EMBLEMS = {
    "attachment-theory": "lighthouse",
    "styles-are-not-boxes": "birds",
    "secure-attachment": "harbour",
    "anxious-attachment": "boat",
    "avoidant-attachment": "anchor",
    "fearful-attachment": "moon",
    "push-pull": "rings",
    "how-attachment-shapes-us": "sprout",
    "causes-and-risk-factors": "path",
    "what-happens-in-therapy": "lighthouse",
    "the-therapies": "birds",
    "eft-and-injury-repair": "bridge",
    "abft-for-teens-and-parents": "sprout",
    "circle-of-security-and-ddp": "rings",
    "mindfulness-inner-child-narrative": "book",
    "trauma-informed-care": "harbour",
    "formats-of-therapy": "house",
    "online-or-in-person": "moon",
    "choosing-a-therapist": "path",
    "does-it-help": "book",
    "is-this-the-right-therapist": "boat",
    "when-attachment-therapy-is-the-wrong-name": "rain",
    "emotional-vulnerability-and-grief": "sprout",
    "relationships-that-hurt": "lighthouse",
    "caring-for-yourself": "harbour",
    "healthier-habits": "birds",
    "work-and-colleagues": "bridge",
    "what-a-chatbot-cannot-be": "moon",
    "what-social-media-cannot-be": "anchor",
    "youth-feeling-close": "rings",
    "youth-when-home-is-hard": "lighthouse",
    "youth-friends-and-fights": "birds",
    "youth-talking-to-someone": "bridge",
}


def section_title(key: str) -> str:
    """The words a section is headed by; a new section reads as its key until it is named here."""
    titles = {
        "understanding": _("How we attach"),
        "wounds": _("Old hurts"),
        "therapy": _("What therapy is like"),
        "everyday": _("Day to day"),
        "youth": _("Under 16"),
    }
    return titles.get(key, key.replace("-", " ").capitalize())


def emblem_for(section: str, slug: str = "") -> str:
    """The name of the small drawing beside an article or a section."""
    return ARTICLE_EMBLEMS.get(slug) or EMBLEMS.get(section, "harbour")


def place_of(section: str) -> int:
    """Where a section stands in the library: as listed above, unnamed ones last."""
    order = list(EMBLEMS)
    return order.index(section) if section in order else len(order)
