"""The app `portal`: pages that gather from many apps."""

from importlib import import_module

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self) -> None:
        import_module("portal.opendata.checks")
        import_module("portal.mails.panel")
