"""The app `meetings`: sessions, committees, hearings and other meetings, live and on record."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"
