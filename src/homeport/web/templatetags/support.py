"""The crisis lines of a place, inside a page that somebody must not have to leave."""

from typing import Any

from django import template

from homeport.content.crisis import place_by_code
from homeport.core.clock import today
from homeport.people.known import known
from homeport.web.lines import emergency_lines, groups

register = template.Library()
# Of each place the first few are enough here; all of them are one tap away.
LINES = 3


@register.simple_tag
def support_lines(place: str = "") -> dict[str, Any]:
    """``emergency`` and the first ``lines`` of where somebody is; of the practice's own region where we know no better."""
    found = place_by_code(place) if place else None
    if found is None or not found.country:
        found = place_by_code(known().crisis_region)
    lines = [line for group in groups(found, today()) for line in group.lines if line.line.crisis]
    return {"emergency": emergency_lines(found, today()), "lines": lines[:LINES], "place": found}
