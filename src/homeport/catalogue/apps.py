"""The room's Django app."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "homeport.catalogue"
    label = "catalogue"
