"""The app `votes`: polls."""

from django.apps import AppConfig


class VotesConfig(AppConfig):
    name = "votes"
