"""The room's Django app."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "homeport.access"
    label = "access"
