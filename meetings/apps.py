"""The app `meetings`: sessions, committees, hearings and other meetings, live and on record."""

from django.apps import AppConfig

from accounts.staff.grant_targets import GrantTargetKind


class MeetingsConfig(AppConfig):
    name = "meetings"
    grant_targets = (GrantTargetKind("meeting", "meetings.Meeting"),)
