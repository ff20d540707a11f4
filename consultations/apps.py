from importlib import import_module

from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "consultations"

    def ready(self) -> None:
        import_module("consultations.handlers")
        import_module("consultations.scopes")
        import_module("consultations.privacy")
        import_module("consultations.polls")
        import_module("consultations.procedures")
        import_module("consultations.waiting.reading")
