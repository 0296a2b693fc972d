"""The room's Django app."""

from django.apps import AppConfig


class SchedulingConfig(AppConfig):
    name = "homeport.scheduling"
    label = "scheduling"
