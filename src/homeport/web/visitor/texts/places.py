"""Which text belongs to which place: worry first, then distance, each low, middle or high."""

from collections.abc import Mapping

from homeport.web.visitor.texts import apart, middle, near
from homeport.web.visitor.texts.shape import PlaceText

PLACES: Mapping[tuple[str, str], PlaceText] = {
    ("low", "low"): near.AT_EASE,
    ("middle", "low"): near.EASE_WITH_WORRY,
    ("high", "low"): near.WORRY,
    ("low", "middle"): middle.OWN_SPACE,
    ("middle", "middle"): middle.MIDDLE,
    ("high", "middle"): middle.LONGING_UNSURE,
    ("low", "high"): apart.OWN_FEET,
    ("middle", "high"): apart.GUARD_WITH_WORRY,
    ("high", "high"): apart.LONGING_ON_GUARD,
}
