"""What happens in a group whose members do not know each other, in a walk.

Who is in it, how many they are, who joins, leaves, waits for a place or does not come this time: nobody who takes part reads
any of it. There are more places than people, so that a place of hers is nobody else's.
"""

from collections.abc import Callable

from django.urls import reverse
from tests.permissions.noninterference.times import joint_time
from tests.permissions.noninterference.worlds import PLACES, World

from homeport.scheduling.models import Group


def _leaves(who: str) -> Callable[[World, str, int], None]:
    """By oneself, or as who leads it says."""

    def do(world: World, _words: str, which: int) -> None:
        if which % 3 == 2:
            path = reverse("group-end", args=[world.group, world.person(who).pk])
            world.browsers["therapist"].post(path)
        else:
            world.browsers[who].post(f"/groups/{world.group}/leave/")

    return do


def _comes(who: str) -> Callable[[World, str, int], None]:
    """Takes a place, is given one, or waits for one."""

    def do(world: World, words: str, which: int) -> None:
        world.browsers[who].get("/groups/")
        if which % 3 == 0:
            world.browsers[who].post(f"/groups/{world.group}/join/", {"called": words})
        elif which % 3 == 1:
            fields = {"person": world.person(who).pk}
            world.browsers["therapist"].post(reverse("group-place", args=[world.group]), fields)
        else:
            world.browsers[who].post(f"/groups/{world.group}/wait/")

    return do


def _stays_away(who: str) -> Callable[[World, str, int], None]:
    def do(world: World, _words: str, which: int) -> None:
        row = joint_time(world, which)
        if row is not None:
            fields = {"version": row.version, "late": "on", "scope": "one"}
            world.browsers[who].post(f"/appointments/{row.pk}/cancel/", fields)

    return do


def _looked_after(world: World, _words: str, _which: int) -> None:
    """Who leads it looks who is there and who waits."""
    for path in (reverse("groups-led"), reverse("group", args=[world.group])):
        world.browsers["therapist"].get(path)


def _changed(world: World, words: str, which: int) -> None:
    """It gets another name, other words, more places; that its members are not named stays."""
    version = Group.objects.get(pk=world.group).version
    fields = {"name": words, "about": words, "places": PLACES + which, "is_open": "on", "version": version}
    world.browsers["therapist"].post(reverse("group", args=[world.group]), fields)


PRIVATE_GROUPS: dict[str, Callable[[World, str, int], None]] = {
    "Ana leaves the group": _leaves("ana"),
    "Ana comes to the group": _comes("ana"),
    "Ana does not come this time": _stays_away("ana"),
    "the group is looked after": _looked_after,
}
SHARED_GROUPS: dict[str, Callable[[World, str, int], None]] = {
    "Ben leaves the group": _leaves("ben"),
    "Ben comes to the group": _comes("ben"),
    "Ben does not come this time": _stays_away("ben"),
    "the group is changed": _changed,
}
