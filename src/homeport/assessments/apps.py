"""The room's Django app."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "homeport.assessments"
    label = "assessments"
