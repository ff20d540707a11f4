"""The app `portal`: pages that gather from many apps."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"
