"""What somebody at the machine is told while there is no practice yet."""

from django.conf import settings
from django.urls import reverse


def notice() -> str:
    """Where to set the practice up, and with which code; empty once there is one, and in the demo."""
    from homeport.people.selectors import the_practice
    from homeport.people.set_up_code import set_up_code

    if settings.DEMO or the_practice() is not None:
        return ""
    return (
        f"There is no practice here yet. Set it up at {settings.ADDRESS}{reverse('set-up')}\n"
        f"with the code {set_up_code()}, or by `homeport practice set-up`."
    )
