"""The app `notifications`: mails."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"
