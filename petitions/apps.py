"""The app `petitions`: electronic petitions."""

from django.apps import AppConfig


class PetitionsConfig(AppConfig):
    name = "petitions"
