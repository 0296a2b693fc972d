"""The room's Django app."""

from django.apps import AppConfig


class EncountersConfig(AppConfig):
    name = "homeport.encounters"
    label = "encounters"
