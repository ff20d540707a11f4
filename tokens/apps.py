"""The app `tokens`: access of programs."""

from django.apps import AppConfig


class TokensConfig(AppConfig):
    name = "tokens"
