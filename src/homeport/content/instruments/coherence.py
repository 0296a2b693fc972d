"""What must agree inside one key: a key that contradicts itself is refused when it is read, not when it scores."""

from collections.abc import Iterable, Iterator

from homeport.content.instruments.schema import Calibration, Item, Key, Scale
from homeport.core.errors import ContentError


def check(key: Key, where: str) -> None:
    """Raise ContentError with the first contradiction found in a key."""
    for problem in _problems(key):
        raise ContentError(f"{where}: {problem}")


def _problems(key: Key) -> Iterator[str]:
    yield from _twice("item", (item.id for item in key.items))
    yield from _twice("scale", (scale.id for scale in key.scales))
    yield from _twice("order", (order.name for order in key.orders))
    if key.version < 1:
        yield "a version is 1 or greater."
    if not key.formats or not key.items or not key.scales:
        yield "a key needs a response format, items and scales."
    for item in key.items:
        yield from _item_problems(key, item)
    for scale in key.scales:
        yield from _scale_problems(key, scale)
    for calibration in key.calibrations:
        yield from _calibration_problems(key, calibration)
    yield from _order_problems(key)
    yield from _form_problems(key)


def _twice(kind: str, names: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            yield f"the {kind} {name!r} is there twice."
        seen.add(name)


def _item_problems(key: Key, item: Item) -> Iterator[str]:
    known = {scale.id for scale in key.scales}
    for scale in item.scales:
        if scale not in known:
            yield f"item {item.id!r} is on an unknown scale {scale!r}."
    if bool(item.scales) == bool(item.unscored):
        yield f"item {item.id!r} must either be on a scale or say why it is not ('unscored')."
    if item.answers is not None and item.answers not in key.answer_scales:
        yield f"item {item.id!r} has an unknown answer scale {item.answers!r}."
    if item.same_as is not None and item.same_as.count(":") != 1:
        yield f"item {item.id!r}: 'same_as' must be an instrument, a colon and an item."
    for slot in item.fits:
        if slot not in key.slots:
            yield f"item {item.id!r} fits an unknown slot {slot!r}."


def _scale_problems(key: Key, scale: Scale) -> Iterator[str]:
    if not scale.items:
        yield f"scale {scale.id!r} has no items."
    if not 1 <= scale.missing.at_least <= max(len(scale.items), 1):
        yield f"scale {scale.id!r} asks for {scale.missing.at_least} answers out of {len(scale.items)}."
    if scale.method.startswith("rfq8") and any(
        key.answers_for(item, name).values != tuple(range(1, 8))
        for item in scale.items
        for name in key.formats
    ):
        yield f"scale {scale.id!r}: {scale.method} works on answers from 1 to 7 only."
    yield from _figure_problems(key, scale)


def _figure_problems(key: Key, scale: Scale) -> Iterator[str]:
    named = {figure.format for figures in (scale.bands, scale.norms) for figure in figures}
    named |= {figure.format for figures in (scale.changes, scale.cases) for figure in figures}
    named |= {figure.format for figure in scale.reliabilities}
    for unknown in sorted(named - {"", *key.formats}):
        yield f"scale {scale.id!r} has a figure for an unknown response format {unknown!r}."
    low, high = min(scale.minimum.values(), default=0), max(scale.maximum.values(), default=0)
    for caseness in scale.cases:
        if not low <= caseness.cut <= high:
            yield f"scale {scale.id!r}: the cut-off {caseness.cut:g} is outside {low:g} to {high:g}."
    for bands in scale.bands:
        if any(not low <= band.start <= high for band in bands.bands):
            yield f"scale {scale.id!r}: a band starts outside {low:g} to {high:g}."
    for norm in scale.norms:
        if not norm.per_item and not low <= norm.mean <= high:
            yield f"scale {scale.id!r}: the norm {norm.mean:g} is outside {low:g} to {high:g}."


def _calibration_problems(key: Key, calibration: Calibration) -> Iterator[str]:
    scales = [scale for scale in key.scales if scale.id == calibration.scale]
    if not scales:
        yield f"there are parameters for an unknown scale {calibration.scale!r}."
        return
    yield from _twice("item with parameters", (entry.item for entry in calibration.items))
    for name in calibration.formats:
        if name not in key.formats:
            yield f"there are parameters for an unknown response format {name!r}."
            return
    for entry in calibration.items:
        if entry.item not in scales[0].items:
            yield f"the parameters of {entry.item!r} are not for an item of {calibration.scale!r}."
        elif any(
            len(key.answers_for(entry.item, name).values) != len(entry.b) + 1 for name in calibration.formats
        ):
            yield f"the parameters of {entry.item!r} do not fit its number of answers."


def _order_problems(key: Key) -> Iterator[str]:
    known = sorted(key.item_ids)
    for order in key.orders[1:]:
        if sorted(order.items) != known:
            yield f"the order {order.name!r} does not hold every item once."


def _form_problems(key: Key) -> Iterator[str]:
    known = {item.id: item for item in key.items}
    for form in key.forms:
        for slot in form.slots:
            if slot not in key.slots:
                yield f"the form {form.name!r} is for an unknown slot {slot!r}."
        for item_id in form.items:
            if item_id not in known:
                yield f"the form {form.name!r} has an unknown item {item_id!r}."
            elif not set(form.slots) <= set(known[item_id].fits or key.slots):
                yield f"the form {form.name!r} asks item {item_id!r} for a slot it does not fit."
