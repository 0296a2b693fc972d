"""That the demo, where a click signs anybody in as anybody, is for this machine and for made-up people alone."""

from django.conf import settings

from homeport.core.errors import HomeportError

HERE = frozenset({"localhost", "127.0.0.1", "[::1]"})
# No mail reaches this name, and nobody real signs in with it (RFC 2606).
MADE_UP = "@demo.example"


def check_reach() -> None:
    """Raise ``HomeportError`` where others than this machine could reach the demo."""
    if settings.HTTPS or not HERE.issuperset(settings.ALLOWED_HOSTS):
        raise HomeportError(
            "The demo practice is served to this machine alone: run `homeport demo`, and leave HOMEPORT_DEMO out."
        )


def check_practice() -> None:
    """Raise ``HomeportError`` where the folder holds the practice of real people."""
    from homeport.accounts.models import User
    from homeport.people.models import Practice

    if Practice.objects.exists() and not User.objects.filter(email__endswith=MADE_UP).exists():
        raise HomeportError(
            f"{settings.DATA} holds a practice that is not the demo. Name another folder in HOMEPORT_DEMO_DATA."
        )
