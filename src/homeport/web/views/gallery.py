"""The gallery: every component in its states, for those who build pages and those who check them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

PAIRS = (
    ("ink", "paper"), ("ink-2", "paper"), ("ink-3", "paper"), ("ink", "card"), ("ink-2", "sand"),
    ("on-sea", "sea"), ("sea-deep", "sea-soft"), ("sun-ink", "sun-soft"), ("coral", "coral-soft"), ("moss", "moss-soft"),
    ("plum", "plum-soft"), ("sky-ink", "sky"), ("on-deep", "deep"),
)  # fmt: skip
EMBLEMS = (
    "harbour", "lighthouse", "boat", "moon", "birds", "path", "rings", "house", "rain", "bridge", "sprout", "book",
    "anchor",
)  # fmt: skip
ICONS = (
    "phone",
    "chat-bubble-left-right",
    "map-pin",
    "magnifying-glass",
    "lock-closed",
    "printer",
    "arrow-down-tray",
)


@csrf_exempt  # for everybody: it acts for nobody, so there is nothing to guard
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in its states."""
    answers = [
        ("1", _("Not like me at all")),
        ("2", _("A little like me")),
        ("3", _("Somewhat like me")),
        ("4", _("A lot like me")),
        ("5", _("Exactly like me")),
    ]
    context = {
        "pairs": PAIRS,
        "emblems": EMBLEMS,
        "icons": ICONS,
        "answers": answers,
        "who": [
            ("partner", _("My partner"), _("Now, or the last one you had")),
            ("friend", _("A close friend"), ""),
        ],
        "errors": [
            ("g-name-wrong", _("Write a first name, or leave it out")),
            ("g-who-wrong", _("Choose one person")),
        ],
        "crumbs": [(_("Library"), "/library/"), (_("How we attach"), "/library/#shelf-understanding")],
        "table_head": [_("Area"), _("Out of 100")],
        "table_rows": [[_("Secure"), "40"], [_("Anxious"), "58"], [_("Fearful"), "1"], [_("Avoidant"), "1"]],
    }
    return render(request, "web/gallery.html", context)
