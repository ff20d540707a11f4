"""The app `sealing`: what is sealed to keepers, each of whom opens it alone."""

from django.apps import AppConfig


class SealingConfig(AppConfig):
    name = "sealing"
