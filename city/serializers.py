"""What programs read of the council's names."""

from __future__ import annotations

from rest_framework import serializers

from city.models import Named


class NamedOut(serializers.Serializer[Named]):
    """A theme, district, street or department."""

    slug = serializers.CharField()
    name = serializers.CharField()
