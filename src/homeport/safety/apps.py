"""The room's Django app."""

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "homeport.safety"
    label = "safety"
