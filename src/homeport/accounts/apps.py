"""The room's Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "homeport.accounts"
    label = "accounts"
