"""The room's Django app."""

from django.apps import AppConfig


class ExercisesConfig(AppConfig):
    name = "homeport.exercises"
    label = "exercises"
