"""Serializers of the API of petitions: every field by name, both ways.

Of people they tell what the law has published: the author's name as it stands on the petition, and
who signed, by the name that the page shows, or none where it is withheld.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from city.council.serializers import NamedOut
from core.api.input import (
    Input,
    PageQuery,
    Slug,
    Text,
    YesNo,
)
from core.api.views import page_schema
from core.kept_pictures.serializers import PictureFields
from core.web.forms import within_reach
from petitions.as_appeal.considered import answer_due_on
from petitions.models import Answer, Entry, News, Petition, Procedure, Signature, State, Step
from petitions.queries import LONGEST_WORDS, ORDERS
from petitions.querysets import LISTS

if TYPE_CHECKING:
    from petitions.presenters import PetitionNow

#: Where a published one may stand.
STATES = [
    choice
    for choice in State.choices
    if choice[0] not in (State.DRAFT, State.MODERATION, State.REFUSED)
]
_STATUSES = [(status.name.lower(), status.label) for status in Signature.Status]

# --- What is asked for ----------------------------------------------------------------------------


class PetitionsQuery(PageQuery):
    list = serializers.ChoiceField(
        [(name, name) for name in LISTS],
        default="all",
        help_text=_(
            "`collecting` can be signed now, `awaiting` have enough signatures and no answer yet."
        ),
    )
    sort = serializers.ChoiceField(
        [(name, name) for name in ORDERS],
        default="newest",
        help_text=_("`momentum`: signatures of the last seven days; `soon`: the first to close."),
    )
    theme = Slug(help_text=_("A theme’s `slug`."))
    district = Slug(help_text=_("A district’s `slug`."))
    department = Slug(help_text=_("A department’s `slug`."))
    q = serializers.CharField(
        required=False,
        max_length=LONGEST_WORDS,
        help_text=_("Words, found in any of their forms."),
    )


class SignaturesQuery(PageQuery):
    day = serializers.DateField(
        required=False,
        validators=[within_reach],
        help_text=_("Those until the end of this day, in Kyiv."),
    )


# --- What is said ---------------------------------------------------------------------------------


class PetitionOut(serializers.Serializer[Petition]):
    id = serializers.IntegerField(source="pk")
    url = serializers.SerializerMethodField(help_text=_("Its page for people."))
    title = serializers.CharField()
    state = serializers.SerializerMethodField()
    is_open = serializers.SerializerMethodField(help_text=_("Whether it can be signed now."))
    author = serializers.CharField(
        source="author_shown", help_text=_("As the law has it published.")
    )
    signatures = serializers.IntegerField(
        source="total.counted", help_text=_("How many count, as of the last recount.")
    )
    threshold = serializers.IntegerField(
        source="procedure.threshold", help_text=_("How many it needs.")
    )
    themes = NamedOut(source="themes.all", many=True)
    district = NamedOut(allow_null=True)
    streets = NamedOut(source="streets.all", many=True)
    department = NamedOut(allow_null=True, help_text=_("Who reviews and answers it."))
    published_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField(help_text=_("The first moment that is too late to sign."))
    last_day = serializers.DateField(help_text=_("The last day to sign, in Kyiv."))
    reached_at = serializers.DateTimeField(allow_null=True)
    notice_due_on = serializers.DateField(
        allow_null=True, help_text=_("By when the review is to be announced.")
    )
    review_at = serializers.DateTimeField(allow_null=True)
    review_due_on = serializers.DateField(allow_null=True)
    session_on = serializers.DateField(
        allow_null=True, help_text=_("The session of the council that considers it.")
    )
    decided_at = serializers.DateTimeField(allow_null=True)
    decision = serializers.ChoiceField(Petition.Decision.choices, allow_blank=True)
    answer_due_on = serializers.SerializerMethodField(
        help_text=_("By when the council answers; of what it considers as an appeal, its author.")
    )
    answered_at = serializers.DateTimeField(allow_null=True)
    withdrawn_at = serializers.DateTimeField(allow_null=True)

    def get_url(self, petition: Petition) -> str:
        return f"{settings.SITE_URL}{petition.get_absolute_url()}"

    @extend_schema_field(serializers.ChoiceField(STATES))
    def get_state(self, petition: PetitionNow) -> str:
        return str(petition.state_at(petition.now))

    @extend_schema_field(serializers.DateField(allow_null=True))
    def get_answer_due_on(self, petition: PetitionNow) -> date | None:
        return answer_due_on(petition, petition.now)

    @extend_schema_field(serializers.BooleanField)
    def get_is_open(self, petition: PetitionNow) -> bool:
        return petition.is_open_at(petition.now)


class PetitionRulesOut(serializers.Serializer[Procedure]):
    legal_basis = serializers.CharField()
    threshold = serializers.IntegerField()
    signers = serializers.ChoiceField(Procedure.Signers.choices)
    min_age = serializers.IntegerField()
    names_may_be_withheld = serializers.BooleanField()
    plenary = serializers.BooleanField(
        help_text=_("Whether the council itself decides, at a plenary meeting.")
    )


class StepOut(serializers.Serializer[Step]):
    text = serializers.CharField()
    due_on = serializers.DateField(allow_null=True)
    done_on = serializers.DateField(allow_null=True)
    note = serializers.CharField()


class PetitionAnswerOut(serializers.Serializer[Answer]):
    asked = serializers.CharField()
    decided = serializers.CharField()
    signed_as = serializers.CharField(help_text=_("The office that answers."))
    at = serializers.DateTimeField()


class PetitionNewsOut(serializers.Serializer[News]):
    id = serializers.IntegerField(source="pk")
    title = serializers.CharField()
    text = serializers.CharField(help_text=_("Markdown-light, as typed."))
    at = serializers.DateTimeField()


class PetitionPhotoOut(PictureFields):
    """A photograph that its author put into it and nobody has removed."""


class PetitionDetailOut(PetitionOut):
    text = serializers.CharField()
    reasons = serializers.CharField()
    rules = PetitionRulesOut(source="procedure")
    withdrawn_reason = serializers.CharField()
    answer = PetitionAnswerOut(allow_null=True)
    steps = StepOut(source="steps.all", many=True)
    news = PetitionNewsOut(source="shown_news", many=True)
    photos = PetitionPhotoOut(source="shown_photos", many=True)


class DayOut(serializers.Serializer[dict[str, Any]]):
    day = serializers.DateField()
    signatures = serializers.IntegerField(help_text=_("Of this day that count."))
    total = serializers.IntegerField(help_text=_("With all days before."))


class TotalsOut(serializers.Serializer[dict[str, Any]]):
    counted = serializers.IntegerField()
    checking = serializers.IntegerField()
    removed = serializers.IntegerField()
    withdrawn = serializers.IntegerField()
    threshold = serializers.IntegerField()
    at = serializers.DateTimeField(help_text=_("When they were counted."))
    days = DayOut(many=True)


class SignatoryOut(serializers.Serializer[Signature]):
    name = serializers.SerializerMethodField(
        help_text=_("null: whoever signed keeps their name off the page.")
    )
    at = serializers.DateTimeField()

    def get_name(self, signature: Signature) -> str | None:
        return None if signature.name_withheld else signature.shown_name


class OwnSignatureOut(serializers.Serializer[Signature]):
    status = serializers.SerializerMethodField()
    name = serializers.SerializerMethodField(help_text=_("As the public list shows it, or null."))
    wants_news = serializers.BooleanField()
    at = serializers.DateTimeField()

    @extend_schema_field(serializers.ChoiceField(_STATUSES))
    def get_status(self, signature: Signature) -> str:
        return Signature.Status(signature.status).name.lower()

    def get_name(self, signature: Signature) -> str | None:
        return None if signature.name_withheld else signature.shown_name


class LedgerNumbersOut(serializers.Serializer[dict[str, Any]]):
    counted = serializers.IntegerField()
    checking = serializers.IntegerField()
    removed = serializers.IntegerField()
    withdrawn = serializers.IntegerField()


class LedgerLineOut(serializers.Serializer[dict[str, Any]]):
    number = serializers.IntegerField()
    at = serializers.DateTimeField()
    what = serializers.CharField()
    change = LedgerNumbersOut()
    total = LedgerNumbersOut()
    rule = serializers.CharField(allow_null=True)
    reason = serializers.CharField(allow_null=True)
    line = serializers.CharField(help_text=_("What was hashed, letter for letter."))
    previous = serializers.CharField()
    hash = serializers.CharField(help_text=_("SHA-256 of `line`, in hexadecimal."))


def ledger_line(entry: Entry) -> dict[str, Any]:
    """Fields of LedgerLineOut for an entry."""
    said: dict[str, Any] = {"rule": None, "reason": None} | json.loads(entry.body)
    told = {name: said[name] for name in ("what", "change", "total", "rule", "reason")}
    return told | {
        "number": entry.number,
        "at": entry.at,
        "line": entry.body,
        "previous": entry.previous,
        "hash": entry.hash,
    }


PetitionPage = page_schema("PetitionPage", PetitionOut)
SignatoryPage = page_schema("SignatoryPage", SignatoryOut)
LedgerPage = page_schema("LedgerPage", LedgerLineOut)

# --- What is posted -------------------------------------------------------------------------------


class SignatureIn(Input):
    name_withheld = YesNo(
        default=False, help_text=_("Keep the name off the public list, where the rules let.")
    )
    wants_news = YesNo(default=False, help_text=_("Tell by mail what becomes of the petition."))
    proof = Text(
        default="",
        allow_blank=True,
        max_length=4000,
        help_text=_("The solved task, where `petition.proof_needed` asked for one."),
    )


#: What the documents say of some schemas, by name.
DESCRIPTIONS = {
    "PetitionOut": _("A petition in a list."),
    "PetitionDetailOut": _("All about a petition but who signed it, which has a list of its own."),
    "PetitionRulesOut": _("The rules that it was published under, for good."),
    "PetitionAnswerOut": _("The council’s reasoned answer."),
    "StepOut": _("What the council promised to do, and what became of it."),
    "PetitionNewsOut": _("What its author told those who signed."),
    "TotalsOut": _("The numbers of a petition, and how they came day by day."),
    "SignatoryOut": _("A signature that counts, as the public list shows it."),
    "OwnSignatureOut": _("One’s own signature."),
    "LedgerLineOut": _("A line of the public ledger. It holds nothing of anybody’s."),
    "SignatureIn": _("How one signs."),
}
