"""The app `newsroom`: news, events, the press, and the council's own pages."""

from django.apps import AppConfig

from accounts.staff.grant_targets import GrantTargetKind


class NewsroomConfig(AppConfig):
    name = "newsroom"
    grant_targets = (GrantTargetKind("article", "newsroom.Article"),)
