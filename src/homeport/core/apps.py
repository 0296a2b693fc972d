"""The room's Django app: it holds one table, the data keys, in a store of its own."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "homeport.core"
    label = "core"

    def import_models(self) -> None:
        super().import_models()
        from homeport.core.keys import models  # noqa: F401
