"""The app `notifications`: mails."""

from importlib import import_module

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        import_module("notifications.activities.handlers")
        import_module("notifications.activities.telling")
        import_module("notifications.applicants")
        import_module("notifications.channels.handlers")
        import_module("notifications.channels.telegram.handlers")
        import_module("notifications.approvals")
        import_module("notifications.appeal_letters")
        import_module("notifications.decisions")
        import_module("notifications.evidence")
        import_module("notifications.following.joining")
        import_module("notifications.following.taking_part")
        import_module("notifications.handlers")
        import_module("notifications.meetings")
        import_module("notifications.moderation")
        import_module("notifications.security")
        import_module("notifications.staff")
        import_module("notifications.press")
        import_module("notifications.programs")
        import_module("notifications.registrations")
        import_module("notifications.reminders")
        import_module("notifications.organisations")
        import_module("notifications.texts")
        import_module("notifications.petitions")
        import_module("notifications.signatures")
        import_module("notifications.polls")
        import_module("notifications.personal_data")
