"""API views of what followed the remarks: dispositions, the report's editions, the decision."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from consultations.api.serializers import HiddenOut, OrganisationOut, author_of
from consultations.api.views import load_consultation, topic_of_one
from consultations.decisions import queries as decisions
from consultations.decisions.models import Decision
from consultations.decisions.presenters import ShownDecision
from consultations.dispositions import queries
from consultations.dispositions.conditions import public_disposition, public_reason
from consultations.dispositions.models import Disposition
from consultations.dispositions.queries import Row
from consultations.models import Edition, Remark
from consultations.reports.queries import editions_of
from core.api.errors import problems
from core.api.input import PageQuery
from core.api.views import ApiView, page_schema, share_answers

#: What is told of a hidden remark, too; kind and reason: ADR 98.
_OF_HIDDEN = ("remark", "number", "folded")


class DispositionsQuery(PageQuery):
    kind = serializers.ChoiceField(Disposition.Kind.choices, required=False)
    clause = serializers.UUIDField(required=False, help_text=_("A clause’s `key`."))


class DispositionOut(serializers.Serializer[Any]):
    """The council's disposition of a remark. Of a hidden one its number and the ground are told,
    and where it is considered `kind` and the checked `reason`.
    """

    remark = serializers.IntegerField(help_text=_("The remark’s `id`."))
    hidden = HiddenOut(allow_null=True)
    number = serializers.IntegerField(
        allow_null=True, help_text=_("Its number in the register, in the order of receipt.")
    )
    url = serializers.CharField(allow_null=True, help_text=_("Its page for people."))
    received = serializers.ChoiceField(
        Remark.Source.choices, allow_null=True, help_text=_("By what way it was received.")
    )
    author = serializers.CharField(allow_null=True, help_text=_("The public name."))
    full_name = serializers.CharField(
        allow_null=True,
        help_text=_("Where `names_with_proposals`: the full name that its author declared."),
    )
    organisation = OrganisationOut(allow_null=True)
    clause = serializers.UUIDField(allow_null=True, help_text=_("The clause’s `key`."))
    clause_label = serializers.CharField(
        allow_null=True, help_text=_("What the clause is called in the newest version.")
    )
    text = serializers.CharField(allow_null=True, help_text=_("Markdown-light, as typed."))
    proposal = serializers.CharField(allow_null=True)
    kind = serializers.ChoiceField(Disposition.Kind.choices, allow_null=True)
    reason = serializers.CharField(allow_null=True)
    resulting_clause = serializers.UUIDField(
        allow_null=True, help_text=_("The `key` of the clause that it led to.")
    )
    resulting_label = serializers.CharField(
        allow_null=True, help_text=_("What that clause is called in the newest version.")
    )
    folded = serializers.IntegerField(
        help_text=_("How many remarks with nearly the same words are answered with it.")
    )

    def to_representation(self, row: Row) -> dict[str, Any]:
        disposition, remark, comment = row.disposition, row.remark, row.remark.comment
        told: dict[str, Any] = {
            "remark": remark.pk,
            "hidden": None,
            "number": remark.number,
            "url": settings.SITE_URL + remark.get_absolute_url(),
            "received": remark.source,
            "author": author_of(comment),
            "full_name": row.full_name or None,
            "organisation": comment.organisation,
            "clause": remark.clause_key,
            "clause_label": row.clause_label or None,
            "text": comment.text,
            "proposal": comment.proposal,
            "kind": row.kind,
            "reason": row.reason,
            "resulting_clause": disposition.resulting_key if disposition else None,
            "resulting_label": row.resulting_label or None,
            "folded": len(row.folded),
        }
        if not comment.is_visible:
            told |= {name: None for name in told if name not in _OF_HIDDEN}
            told["hidden"] = {
                "code": comment.hidden_reason,
                "reason": comment.get_hidden_reason_display(),
            }
            public = public_disposition(remark, disposition, remark.consultation.reported_at)
            if public is not None:
                told["kind"] = public.kind
                told["reason"] = public_reason(remark, public) or None
        return super().to_representation(told)


class EditionOut(serializers.Serializer[Any]):
    """A published edition of the report; the files are null until they are made."""

    number = serializers.IntegerField()
    published_at = serializers.DateTimeField(source="at")
    reason = serializers.CharField(help_text=_("Why it was published again; empty of the first."))
    url = serializers.SerializerMethodField(help_text=_("Its page for people."))
    docx = serializers.SerializerMethodField()
    pdf = serializers.SerializerMethodField()
    rows = serializers.IntegerField(
        source="rows_total", help_text=_("How many remarks stand in its table.")
    )
    sha256 = serializers.CharField(help_text=_("Of its manifest."))

    def get_url(self, edition: Edition) -> str:
        return f"{settings.SITE_URL}{edition.get_absolute_url()}"

    def get_docx(self, edition: Edition) -> str | None:
        return _file_of(edition, "docx")

    def get_pdf(self, edition: Edition) -> str | None:
        return _file_of(edition, "pdf")


class ReportOut(serializers.Serializer[Any]):
    """The report of a consultation: what was decided in short, and its editions."""

    reported_at = serializers.DateTimeField()
    outcome = serializers.CharField()
    editions = EditionOut(many=True, help_text=_("The newest first."))


class VotesOut(serializers.Serializer[Any]):
    """The totals of the roll-call."""

    votes_for = serializers.IntegerField()
    against = serializers.IntegerField()
    abstained = serializers.IntegerField()
    not_voting = serializers.IntegerField()
    members = serializers.IntegerField(help_text=_("Of the whole council."))


class DecisionStepOut(serializers.Serializer[Any]):
    """A step of the decision’s execution."""

    text = serializers.CharField(source="step.text")
    responsible = serializers.CharField(source="step.responsible")
    due_on = serializers.DateField(source="step.due_on", allow_null=True)
    done_on = serializers.DateField(source="step.done_on", allow_null=True)
    overdue = serializers.BooleanField(source="is_late")


class DecisionOut(serializers.Serializer[Any]):
    """The council's decision on the draft, and the progress of carrying it out."""

    outcome = serializers.ChoiceField(Decision.Outcome.choices, source="decision.outcome")
    decided_on = serializers.DateField(source="decision.decided_on")
    early_ground = serializers.CharField(
        source="decision.early_ground",
        help_text=_(
            "On what ground it was decided before the report: urgent, martial_law, or empty."
        ),
    )
    number = serializers.CharField(source="decision.number", help_text=_("Of the act."))
    act = serializers.CharField(source="decision.url", help_text=_("Where the act is."))
    reason = serializers.CharField(source="decision.reason")
    version = serializers.IntegerField(
        source="decision.text.number", default=None, allow_null=True, help_text=_("As adopted.")
    )
    votes = VotesOut(source="decision.votes", allow_null=True)
    roll_call = serializers.CharField(source="decision.roll_call_url")
    steps = DecisionStepOut(many=True)
    url = serializers.SerializerMethodField(help_text=_("Its page for people."))

    def get_url(self, shown: ShownDecision) -> str:
        page = reverse("consultations:decision", args=[shown.decision.consultation_id])
        return f"{settings.SITE_URL}{page}"


def _file_of(edition: Edition, kind: str) -> str | None:
    if not edition.has_files:
        return None
    address = reverse(f"consultations:report_{kind}", args=[edition.consultation_id])
    return f"{settings.SITE_URL}{address}?edition={edition.number}"


DispositionPage = page_schema("DispositionPage", DispositionOut)


class DispositionList(ApiView):
    query_class = DispositionsQuery

    @extend_schema(
        operation_id="dispositions_list",
        summary=_("What became of the remarks"),
        description=_(
            "The public rows of the disposition table, in the order of receipt: those that are "
            "approved, and all once the report is published, then with the hidden ones."
        ),
        tags=["consultations"],
        parameters=[DispositionsQuery],
        responses={200: DispositionPage, **problems(400, 404)},
    )
    def get(self, request: Request, consultation: int) -> Response:
        query = self.query()
        found = load_consultation(request, consultation)
        rows = queries.public_rows(found)
        if "kind" in query:
            rows = queries.with_kind(rows, query["kind"])
        if "clause" in query:
            rows = rows.at_clause(query["clause"])
        page = self.page(queries.with_display_columns(rows), order=queries.ORDER, query=query)
        shown = queries.show_rows(page, queries.newest_text(found))
        for row in shown:
            row.remark.consultation = found
        return self.listed(page, DispositionOut(shown, many=True).data)


class ReportDetail(ApiView):
    @extend_schema(
        operation_id="report_read",
        summary=_("The report"),
        description=_("Its editions, the newest first; 404 before it is published."),
        tags=["consultations"],
        responses={200: ReportOut, **problems(400, 404)},
    )
    def get(self, request: Request, consultation: int) -> Response:
        self.query()
        found = load_consultation(request, consultation)
        if found.reported_at is None:
            raise Http404
        told = {
            "reported_at": found.reported_at,
            "outcome": found.outcome,
            "editions": editions_of(found),
        }
        return Response(ReportOut(told).data)


class DecisionDetail(ApiView):
    @extend_schema(
        operation_id="decision_read",
        summary=_("The council’s decision"),
        description=_("With the steps of its execution; 404 before there is one."),
        tags=["consultations"],
        responses={200: DecisionOut, **problems(400, 404)},
    )
    def get(self, request: Request, consultation: int) -> Response:
        self.query()
        found = load_consultation(request, consultation)
        shown = decisions.decision_of(found, found.now)
        if shown is None:
            raise Http404
        return Response(DecisionOut(shown).data)


disposition_list = share_answers(topic_of_one)(DispositionList.as_view())
report_detail = share_answers(topic_of_one)(ReportDetail.as_view())
decision_detail = share_answers(topic_of_one)(DecisionDetail.as_view())

#: What the documents say of these schemas, by name.
DESCRIPTIONS = {
    "DispositionOut": _(
        "What the council did with a remark. Of a hidden one `number` and why are told, and where "
        "it is considered `kind` and a `reason` that repeats nothing of its words."
    ),
    "EditionOut": _("A published edition of the report; a file is null until it is made."),
    "ReportOut": _("What was decided in short, and the editions of the report."),
    "DecisionOut": _("What the council decided on the draft, and how far it is carried out."),
    "DecisionStepOut": _("A step of the decision’s execution."),
    "VotesOut": _("The totals of the roll-call."),
}
