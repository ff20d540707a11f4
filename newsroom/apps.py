"""The app `newsroom`: news, events, the press, and the council's own pages."""

from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    name = "newsroom"
