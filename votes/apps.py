"""The app `votes`: polls."""

from django.apps import AppConfig

from accounts.staff.grant_targets import GrantTargetKind


class VotesConfig(AppConfig):
    name = "votes"
    grant_targets = (GrantTargetKind("poll", "votes.Poll"),)
