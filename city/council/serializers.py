"""Serializers of the council's names."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers


class NamedOut(serializers.Serializer[Any]):
    """A theme, district, street or department."""

    slug = serializers.CharField()
    name = serializers.CharField()
    name_en = serializers.CharField(help_text=_("Empty where it is in Ukrainian only."))
