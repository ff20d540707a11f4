"""Serializers of where a remark was said and where it stands today."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from consultations.carrying.models import Method
from consultations.models import Place
from consultations.presenters import ShownRemark


class SaidOfOut(serializers.Serializer[Any]):
    """The clause as it was when the remark was said: its quote is of that version."""

    version = serializers.IntegerField()
    clause = serializers.UUIDField(help_text=_("The clause’s `key` in that version."))
    # DRF takes the fields of a class away from it: its own attribute of this name is kept.
    label = serializers.CharField()  # type: ignore[assignment]


class PlaceOut(serializers.Serializer[Any]):
    """Place of a remark on an earlier version in the newest text, and the method of finding it."""

    version = serializers.IntegerField(source="number")
    method = serializers.ChoiceField(Method.choices)
    removed_in = serializers.IntegerField(
        allow_null=True, help_text=_("The version from which on the text has no place for it.")
    )
    start = serializers.IntegerField(
        allow_null=True, help_text=_("Where the quoted words stand in the clause’s text today.")
    )
    end = serializers.IntegerField(allow_null=True)
    author_says = serializers.ChoiceField(
        Place.Answer.choices,
        source="answer",
        help_text=_("Whether the author confirms it: `yes`, `no`, or nothing so far."),
    )


def about(shown: ShownRemark) -> dict[str, Any]:
    """The subject of a remark, as fields of RemarkOut: today's clause, and the original one."""
    remark = shown.remark
    now = shown.clause_now
    said_of = None
    if remark.clause is not None:
        said_of = {
            "version": shown.text_number,
            "clause": remark.clause_key,
            "label": remark.clause.label,
        }
    return {
        "clause": remark.listed_key,
        "clause_label": now.label if now else remark.clause and remark.clause.label,
        "said_of": said_of,
        "place": shown.place,
    }
