"""Serializers of the API: what is told, every field by name (asked.py: what is asked).

People are their public names, and their full ones where the law names who proposes: no e-mail, no
account's number. What a moderator hid has an id and the reason, and nothing else.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from city.council.serializers import NamedOut
from consultations.api import places
from consultations.models import Remark, State
from consultations.presenters import ShownConsultation, ShownRemark
from core.api.views import page_schema
from core.kept_pictures.serializers import PictureFields
from discussions.models import UNDECLARED, Comment, HideReason
from drafts.models import Clause


class ThemeOut(NamedOut):
    pass


class DepartmentOut(NamedOut):
    pass


class ProcedureOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()
    name_en = serializers.CharField(help_text=_("Empty where it is in Ukrainian only."))
    legal_basis = serializers.CharField()


class ConsultationOut(serializers.Serializer[Any]):
    """A consultation in a list. Moments are ISO 8601 with the offset of Europe/Kyiv."""

    id = serializers.IntegerField(source="pk")
    url = serializers.SerializerMethodField(help_text=_("Its page for people."))
    title = serializers.CharField(source="consultation.title")
    summary = serializers.CharField(source="consultation.summary")
    state = serializers.ChoiceField(State.choices)
    department = DepartmentOut(source="consultation.department")
    procedure = ProcedureOut(source="consultation.procedure")
    themes = serializers.SerializerMethodField()
    district = ThemeOut(
        source="consultation.district",
        allow_null=True,
        help_text=_("Of which part of the city it is; null: of all of it."),
    )
    streets = serializers.SerializerMethodField()
    announced_at = serializers.DateTimeField(source="consultation.announced_at", allow_null=True)
    opens_at = serializers.DateTimeField(source="consultation.opens_at", allow_null=True)
    closes_at = serializers.DateTimeField(
        source="consultation.closes_at",
        allow_null=True,
        help_text=_("The first moment at which nothing more is accepted."),
    )
    last_day = serializers.DateField(
        source="consultation.last_day",
        allow_null=True,
        help_text=_("The last day on which remarks are accepted, in Kyiv."),
    )
    report_due_on = serializers.DateField(source="consultation.report_due_on", allow_null=True)
    reported_at = serializers.DateTimeField(source="consultation.reported_at", allow_null=True)
    withdrawn_at = serializers.DateTimeField(source="consultation.withdrawn_at", allow_null=True)
    remarks = serializers.IntegerField(
        source="remarks_total", help_text=_("How many remarks are shown.")
    )

    def get_url(self, shown: ShownConsultation) -> str:
        return f"{settings.SITE_URL}{shown.consultation.get_absolute_url()}"

    @extend_schema_field(ThemeOut(many=True))
    def get_themes(self, shown: ShownConsultation) -> Any:
        return ThemeOut(shown.consultation.themes.all(), many=True).data

    @extend_schema_field(ThemeOut(many=True))
    def get_streets(self, shown: ShownConsultation) -> Any:
        return ThemeOut(shown.consultation.streets.all(), many=True).data


class VersionOut(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    published_at = serializers.DateTimeField()


class DateChangeOut(serializers.Serializer[Any]):
    at = serializers.DateTimeField()
    old_opens_at = serializers.DateTimeField()
    old_closes_at = serializers.DateTimeField()
    new_opens_at = serializers.DateTimeField()
    new_closes_at = serializers.DateTimeField()
    reason = serializers.CharField()


class AttachmentOut(serializers.Serializer[Any]):
    title = serializers.CharField()
    url = serializers.SerializerMethodField()
    media_type = serializers.CharField()
    size = serializers.IntegerField(help_text=_("In bytes."))

    def get_url(self, attachment: Any) -> str:
        return f"{settings.SITE_URL}{attachment.get_absolute_url()}"


class ConsultationPictureOut(PictureFields):
    credit = serializers.CharField(help_text=_("Who made it, and on what terms it is shown."))
    caption = serializers.CharField()
    is_cover = serializers.BooleanField()


class LinkOut(serializers.Serializer[Any]):
    title = serializers.CharField()
    url = serializers.CharField()


class ConsultationDetailOut(ConsultationOut):
    """Everything about a consultation but its text and remarks, which have lists of their own."""

    brief = serializers.CharField(
        source="consultation.brief",
        help_text=_("What changes and for whom, in at most five lines; of older ones empty."),
    )
    brief_en = serializers.CharField(
        source="consultation.brief_en", help_text=_("The same in English, where it was given.")
    )
    problem = serializers.CharField(source="consultation.problem")
    options = serializers.CharField(source="consultation.options")
    chosen_option = serializers.CharField(source="consultation.chosen_option")
    affected = serializers.CharField(source="consultation.affected")
    how_held = serializers.CharField(source="consultation.how_held")
    report_how = serializers.CharField(source="consultation.report_how")
    contact_person = serializers.CharField(source="consultation.contact_person")
    contact_details = serializers.CharField(source="consultation.contact_details")
    on_paper = serializers.CharField(source="consultation.on_paper")
    short_period_reason = serializers.CharField(source="consultation.short_period_reason")
    outcome = serializers.CharField(source="consultation.outcome")
    asks_full_name = serializers.BooleanField(source="consultation.asks_full_name")
    names_with_proposals = serializers.BooleanField(
        source="consultation.names_with_proposals",
        help_text=_(
            "Whether the full name stands with each proposal, and not in the report alone."
        ),
    )
    withdrawn_reason = serializers.CharField(source="consultation.withdrawn_reason")
    versions = serializers.SerializerMethodField()
    date_changes = DateChangeOut(source="consultation.date_changes", many=True)
    attachments = AttachmentOut(source="consultation.attachments", many=True)
    links = LinkOut(source="consultation.links", many=True)
    pictures = serializers.SerializerMethodField()

    @extend_schema_field(VersionOut(many=True))
    def get_versions(self, shown: ShownConsultation) -> Any:
        return VersionOut(self.context["versions"], many=True).data

    @extend_schema_field(ConsultationPictureOut(many=True))
    def get_pictures(self, shown: ShownConsultation) -> Any:
        """The cover first."""
        found = shown.consultation.pictures.order_by("-is_cover", "pk")
        return ConsultationPictureOut(found, many=True).data


class ClauseOut(serializers.Serializer[Any]):
    """A clause of a version. `key` stays the same through the versions, `id` does not."""

    id = serializers.IntegerField(source="pk")
    key = serializers.UUIDField()
    # DRF takes the fields of a class away from it: its own attributes of these names are kept.
    parent = serializers.SerializerMethodField(  # type: ignore[assignment]
        help_text=_("The `key` of the clause around it.")
    )
    depth = serializers.IntegerField()
    kind = serializers.CharField()
    number = serializers.CharField()
    marker = serializers.CharField(help_text=_("The number as the document prints it."))
    label = serializers.CharField(  # type: ignore[assignment]
        help_text=_("How it is cited: «п. 2.1».")
    )
    text = serializers.CharField()
    remarks = serializers.SerializerMethodField(help_text=_("How many remarks are about it."))

    def get_parent(self, clause: Clause) -> str | None:
        keys: dict[int, str] = self.context["keys"]
        return keys.get(clause.parent_id) if clause.parent_id else None

    def get_remarks(self, clause: Clause) -> int:
        return int(self.context["counts"].get(clause.key, 0))


class ClausesOut(serializers.Serializer[Any]):
    """A version's whole text, in the document's order."""

    version = serializers.IntegerField()
    results = ClauseOut(many=True)


class QuoteOut(serializers.Serializer[Any]):
    """Selected words of a clause's text: a text position selector with its quote and context."""

    start = serializers.IntegerField()
    end = serializers.IntegerField()
    exact = serializers.CharField()
    prefix = serializers.CharField()
    suffix = serializers.CharField()


class AnswerOut(serializers.Serializer[Any]):
    """The council's own reply."""

    id = serializers.IntegerField(source="answer.pk")
    author = serializers.CharField(source="answer.author.public_name", allow_null=True)
    department = serializers.CharField(source="department_name", allow_null=True)
    standing_in_for = serializers.CharField(
        source="answer.standing_in_for.public_name",
        allow_null=True,
        help_text=_("The absent official in whose place the author answered; null: nobody’s."),
    )
    text = serializers.CharField(source="answer.text")
    created_at = serializers.DateTimeField(source="answer.created_at")
    corrected_at = serializers.DateTimeField(
        source="answer.edited_at",
        allow_null=True,
        help_text=_("When it was corrected last; null: never. Its page shows what it said before."),
    )


class HiddenOut(serializers.Serializer[Any]):
    code = serializers.ChoiceField([*HideReason.choices, (UNDECLARED, UNDECLARED)])
    reason = serializers.CharField()


class OrganisationOut(serializers.Serializer[Any]):
    """In whose name something was said. A sole proprietor’s `code` is empty: it is personal."""

    id = serializers.IntegerField(source="pk")
    name = serializers.CharField(source="short_name")
    code = serializers.CharField(help_text=_("ЄДРПОУ, eight digits as text."))


class RemarkOut(serializers.Serializer[Any]):
    """A remark. Of a hidden one only `id`, `number` and `hidden` are told; all else is empty."""

    id = serializers.IntegerField()
    hidden = HiddenOut(allow_null=True)
    url = serializers.CharField(allow_null=True, help_text=_("Its page for people."))
    number = serializers.IntegerField(
        allow_null=True,
        help_text=_("Its number in the register, in the order of receipt; null for a minute."),
    )
    # DRF takes the fields of a class away from it: its own attribute of this name is kept.
    source = serializers.ChoiceField(  # type: ignore[assignment]
        Remark.Source.choices, allow_null=True, help_text=_("By what way it was received.")
    )
    repeats = serializers.IntegerField(
        allow_null=True,
        help_text=_("The `id` of the remark whose words it repeats; null: it repeats none."),
    )
    kind = serializers.ChoiceField(Remark.Kind.choices, allow_null=True)
    clause = serializers.UUIDField(allow_null=True, help_text=_("The clause’s `key` today."))
    clause_label = serializers.CharField(allow_null=True)
    said_of = places.SaidOfOut(allow_null=True)
    place = places.PlaceOut(allow_null=True)
    quote = QuoteOut(allow_null=True)
    author = serializers.CharField(allow_null=True, help_text=_("The public name."))
    full_name = serializers.CharField(
        allow_null=True,
        help_text=_("Where `names_with_proposals`: the full name that its author declared."),
    )
    organisation = OrganisationOut(
        allow_null=True, help_text=_("For whom the author spoke; null: for themselves.")
    )
    interest = serializers.CharField(
        allow_null=True, help_text=_("What interest the author declares to have.")
    )
    text = serializers.CharField(allow_null=True, help_text=_("Markdown-light, as typed."))
    proposal = serializers.CharField(allow_null=True)
    created_at = serializers.DateTimeField(allow_null=True)
    edited_at = serializers.DateTimeField(allow_null=True)
    agrees = serializers.IntegerField(allow_null=True)
    disagrees = serializers.IntegerField(allow_null=True)
    replies = serializers.IntegerField(allow_null=True)
    official_answers = AnswerOut(many=True)

    def to_representation(self, shown: ShownRemark) -> dict[str, Any]:
        remark, comment = shown.remark, shown.comment
        if not comment.is_visible:
            told = dict.fromkeys(self.fields)
            reason = HiddenOut(
                {"code": comment.hidden_reason, "reason": comment.get_hidden_reason_display()}
            )
            known = {"id": remark.pk, "number": remark.number, "hidden": reason.data}
            return told | known | {"official_answers": []}
        return super().to_representation(
            {
                "id": remark.pk,
                "hidden": None,
                "url": settings.SITE_URL + remark.get_absolute_url(),
                "number": remark.number,
                "source": remark.source,
                "repeats": remark.folded_into_id,
                "kind": remark.kind,
                **places.about(shown),
                "quote": _quote(remark),
                "author": author_of(comment),
                "full_name": shown.full_name or None,
                "organisation": comment.organisation,
                "interest": comment.interest,
                "text": comment.text,
                "proposal": comment.proposal,
                "created_at": comment.created_at,
                "edited_at": comment.edited_at,
                "agrees": comment.agrees,
                "disagrees": comment.disagrees,
                "replies": comment.replies,
                "official_answers": shown.official_answers,
            }
        )


def author_of(comment: Comment) -> str | None:
    """The public name of who wrote; None where it was taken off, or nobody is named."""
    if comment.unnamed_at is not None:
        return None
    return comment.author.public_name if comment.author else comment.author_name or None


def _quote(remark: Remark) -> dict[str, Any] | None:
    if not remark.quote:
        return None
    return {
        "start": remark.quote_start,
        "end": remark.quote_end,
        "exact": remark.quote,
        "prefix": remark.quote_prefix,
        "suffix": remark.quote_suffix,
    }


ConsultationPage = page_schema("ConsultationPage", ConsultationOut)
RemarkPage = page_schema("RemarkPage", RemarkOut)


#: What the documents say of some schemas, by name.
DESCRIPTIONS = {
    "ConsultationOut": _("A consultation in a list."),
    "ConsultationDetailOut": _("All about a consultation but its text and what is said of it."),
    "ClausesOut": _("The whole text of a version, in the document’s order."),
    "ClauseOut": _("A clause of a version: `key` stays through the versions, `id` does not."),
    "SaidOfOut": _("The clause and version of which a remark was said."),
    "PlaceOut": _("Where a remark on an earlier version stands today; null: where it was said."),
    "QuoteOut": _("Selected words of a clause’s text, with what stands around them."),
    "QuoteIn": _(
        "Words of the clause’s text: where they stand (Unicode code points), and context."
    ),
    "AnswerOut": _("The council’s own reply."),
    "OrganisationOut": _("In whose name something was said."),
    "RemarkOut": _("A remark. Of a hidden one only `id`, `number` and `hidden` are told."),
    "RemarkIn": _("What is said, and of what."),
    "Problem": _("Why a request was refused."),
}
