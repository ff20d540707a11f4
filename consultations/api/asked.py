"""API input for consultations."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from consultations.api.declared import DeclaredIn
from consultations.models import Remark, State
from consultations.remarks.filters import ORDERS, VOICES
from core.api.input import Input, Key, PageQuery, Query, Slug, Text, Whole
from discussions.models import LONGEST, LONGEST_INTEREST

_STATES = [choice for choice in State.choices if choice[0] != State.PREPARING]
_FURTHEST = 10_000_000


class ConsultationsQuery(PageQuery):
    state = serializers.ChoiceField(_STATES, required=False, help_text=_("Where it stands now."))
    theme = Slug(help_text=_("A theme’s `slug`."))
    district = Slug(help_text=_("A district’s `slug`."))
    department = Slug(help_text=_("A department’s `slug`."))
    procedure = Slug(help_text=_("A procedure’s `code`."))
    q = serializers.CharField(
        required=False, max_length=200, help_text=_("Words, found in any of their forms.")
    )


class ClausesQuery(Query):
    version = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=32767,
        help_text=_("Number of a version; without it, the newest."),
    )


class RemarksQuery(PageQuery):
    clause = serializers.UUIDField(required=False, help_text=_("A clause’s `key`."))
    kind = serializers.ChoiceField(Remark.Kind.choices, required=False)
    voice = serializers.ChoiceField(
        VOICES,
        required=False,
        help_text=_("In whose name: `organisation`, or `person` for people’s own words."),
    )
    sort = serializers.ChoiceField(
        list(ORDERS), default="newest", help_text=_("`unanswered` leaves the answered ones out.")
    )


class QuoteIn(Input):
    """Words of the clause's text: where they stand (code points), and what is around them."""

    start = Whole(min_value=0, max_value=_FURTHEST)
    end = Whole(min_value=1, max_value=_FURTHEST)
    exact = Text(max_length=2000, trim_whitespace=False)
    prefix = Text(max_length=64, default="", allow_blank=True, trim_whitespace=False)
    suffix = Text(max_length=64, default="", allow_blank=True, trim_whitespace=False)


class RemarkIn(DeclaredIn):
    """Input of a remark: its text and its place."""

    kind = serializers.ChoiceField(Remark.Kind.choices, default=Remark.Kind.REMARK)
    text = Text(
        max_length=LONGEST,
        default="",
        allow_blank=True,
        help_text=_("Markdown-light. May be empty only beside a proposed wording."),
    )
    clause = Key(
        default=None,
        allow_null=True,
        help_text=_("The `key` of a clause of the newest version; without it, the whole draft."),
    )
    quote = QuoteIn(default=None, allow_null=True, help_text=_("Words of that clause."))
    proposal = Text(
        max_length=LONGEST,
        default="",
        allow_blank=True,
        help_text=_("The clause as you would word it (kind `wording`)."),
    )

    organisation = Whole(
        default=None,
        allow_null=True,
        min_value=1,
        max_value=2**63 - 1,
        help_text=_("The `id` of the organisation that you speak for, by a mandate in force."),
    )
    interest = Text(
        max_length=LONGEST_INTEREST,
        default="",
        allow_blank=True,
        help_text=_("Your interest in the matter, if you have one: everybody reads it."),
    )

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        if data["quote"] and not data["clause"]:
            raise serializers.ValidationError(
                {"clause": [_("Say which clause the quoted words are from.")]}
            )
        return data
