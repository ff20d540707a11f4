"""The app `notifications`: mails."""

from importlib import import_module

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        import_module("notifications.activities.handlers")
        import_module("notifications.activities.telling")
        import_module("notifications.mails.applicants")
        import_module("notifications.channels.handlers")
        import_module("notifications.channels.telegram.handlers")
        import_module("notifications.mails.approvals")
        import_module("notifications.mails.appeal_letters")
        import_module("notifications.mails.decisions")
        import_module("notifications.mails.evidence")
        import_module("notifications.following.handlers_joining")
        import_module("notifications.following.handlers_taking_part")
        import_module("notifications.handlers")
        import_module("notifications.mails.meetings")
        import_module("notifications.mails.moderation")
        import_module("notifications.mails.security")
        import_module("notifications.mails.staff")
        import_module("notifications.mails.press")
        import_module("notifications.mails.programs")
        import_module("notifications.mails.registrations")
        import_module("notifications.mails.reminders")
        import_module("notifications.mails.organisations")
        import_module("notifications.mails.texts")
        import_module("notifications.mails.petitions")
        import_module("notifications.mails.signatures")
        import_module("notifications.mails.polls")
        import_module("notifications.personal_data")
