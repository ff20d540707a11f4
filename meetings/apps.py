"""The app `meetings`: sessions, committees, hearings and other meetings, live and on record."""

from importlib import import_module

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self) -> None:
        import_module("meetings.handlers")
        import_module("meetings.bundles.actions")
        import_module("meetings.rollcalls.recorders")
        import_module("meetings.displays.handlers")
        import_module("meetings.registration.handlers")
        import_module("meetings.deadlines")
        import_module("meetings.personal_data")
        import_module("meetings.grant_targets")
        import_module("meetings.quickpolls.places")
        import_module("meetings.outcome.handlers")
        import_module("meetings.outcome.handlers_index")
        import_module("meetings.outcome.sources_petitions")
        import_module("meetings.outcome.sources_sittings")
