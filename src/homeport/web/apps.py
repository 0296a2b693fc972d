"""The web room as Django knows it."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates, styles and public pages. It has no models: nothing about a visitor is stored."""

    name = "homeport.web"
    label = "web"
