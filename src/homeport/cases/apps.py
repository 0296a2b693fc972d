"""The room's Django app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "homeport.cases"
    label = "cases"
