"""The app `consultations`: consultations on draft decisions."""

from importlib import import_module

from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "consultations"

    def ready(self) -> None:
        import_module("consultations.deadlines")
        import_module("consultations.acts.handlers")
        import_module("consultations.handlers")
        import_module("consultations.dispositions.handlers")
        import_module("consultations.evidence.recorders")
        import_module("consultations.acts.record")
        import_module("consultations.evidence.handlers")
        import_module("consultations.grant_targets")
        import_module("consultations.personal_data")
        import_module("consultations.polls.places")
        import_module("consultations.procedures.sources")
        import_module("consultations.waiting.sources")
