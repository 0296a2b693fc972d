"""The room's Django app."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "homeport.directory"
    label = "directory"
