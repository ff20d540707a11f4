"""The app `discussions`: threads of comments."""

from django.apps import AppConfig


class DiscussionsConfig(AppConfig):
    name = "discussions"
