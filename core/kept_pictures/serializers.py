"""Serializers of a picture in the API."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from core.kept_pictures.models import Picture


class PictureFields(serializers.Serializer[Any]):
    url = serializers.SerializerMethodField(help_text=_("Of the largest size, WebP."))
    width = serializers.IntegerField(help_text=_("In pixels."))
    height = serializers.IntegerField(help_text=_("In pixels."))
    alt = serializers.CharField(help_text=_("What it shows."))

    def get_url(self, picture: Picture) -> str:
        return f"{settings.SITE_URL}{picture.url}"
