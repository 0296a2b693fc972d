"""The states of everything that has a table of transitions, as pictures: ``python -m homeport.config.state_diagrams``.

The page docs/reference/states.md is what this prints; a test holds the two equal.
"""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import models

HEAD = """# States

What can become of what: made from the tables that the code itself goes by (`TRANSITIONS` of each model). After a change:
`python -m homeport.config.state_diagrams > docs/reference/states.md`.
"""
FIELDS = ("status", "state")


def with_transitions() -> list[type[models.Model]]:
    """Every model that has such a table, by room and name."""
    found = [model for model in apps.get_models() if "TRANSITIONS" in vars(model)]
    return sorted(found, key=lambda model: (model._meta.app_label, model.__name__))


def diagram(model: Any) -> str:
    """A Mermaid state diagram. A state that stays itself (a worker took over from another) is drawn as well."""
    table: dict[Any, Iterable[Any]] = model.TRANSITIONS
    fields = {field.name: field for field in model._meta.get_fields() if field.name in FIELDS}
    first = next(iter(fields.values())).default
    lines = ["stateDiagram-v2", f"    [*] --> {first}"]
    for before, after in table.items():
        lines += [f"    {before} --> {each}" for each in sorted(map(str, after))]
        if not after:
            lines.append(f"    {before} --> [*]")
    return "\n".join(lines)


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for model in with_transitions():
        words = (model.__doc__ or "").strip().splitlines()[0]
        title = f"## {model._meta.app_label.capitalize()}: {model.__name__}"
        parts.append(f"{title}\n\n{words}\n\n```mermaid\n{diagram(model)}\n```\n")
    return "\n".join(parts)


def main() -> None:
    """Print the page."""
    import os
    import sys

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "homeport.config.settings")
    django.setup()
    sys.stdout.write(page())


if __name__ == "__main__":
    main()
