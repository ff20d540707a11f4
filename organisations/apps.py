"""The app `organisations`: businesses and who acts for them."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "organisations"
