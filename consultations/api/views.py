"""API views: consultations, clauses and remarks, and posting a remark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import AuthenticatedRequest
from consultations import pages, queries
from consultations.api import asked, serializers
from consultations.models import Consultation, Remark, State, topic_of
from consultations.queries import Heat
from consultations.querysets import RemarkQuerySet
from consultations.remarks import actions, limits
from consultations.remarks.filters import ORDERS
from core.api.errors import problems
from core.api.views import ApiView, share_answers
from core.db.search import query as search_query
from core.domain.rules import reject, require
from discussions.models import HELD
from drafts.clauses.anchors import Selector
from drafts.models import Version
from drafts.versions.published import Text

if TYPE_CHECKING:
    from consultations.presenters import ConsultationRow

_SOONEST_FIRST = (State.OPEN, State.ANNOUNCED)


def _topic_of_lists(**kwargs: Any) -> list[str]:
    return ["consultations"]


def topic_of_one(consultation: int, **kwargs: Any) -> list[str]:
    return [topic_of(consultation)]


def load_consultation(request: Request, pk: int) -> ConsultationRow:
    visible = Consultation.objects.visible_to(request.user)
    return get_object_or_404(queries.for_page(visible), pk=pk)


class ConsultationList(ApiView):
    query_class = asked.ConsultationsQuery

    @extend_schema(
        operation_id="consultations_list",
        summary=_("Consultations"),
        description=_(
            "All that are announced, the newest first; open and announced ones, when asked for by "
            "`state`, with the soonest to close first."
        ),
        tags=["consultations"],
        parameters=[asked.ConsultationsQuery],
        responses={200: serializers.ConsultationPage, **problems(400)},
    )
    def get(self, request: Request) -> Response:
        query = self.query()
        state = query.get("state")
        order = ("closes_at", "pk") if state in _SOONEST_FIRST else ("-announced_at", "-pk")
        page = self.page(_filter(query), order=order, query=query)
        shown = queries.show_counted(page)
        return self.listed(page, serializers.ConsultationOut(shown, many=True).data)


def _filter(query: dict[str, Any]) -> QuerySet[ConsultationRow]:
    consultations = Consultation.objects.published()
    if state := query.get("state"):
        consultations = getattr(consultations, state)()
    for name, column in (
        ("theme", "themes__slug"),
        ("district", "district__slug"),
        ("department", "department__slug"),
        ("procedure", "procedure__code"),
    ):
        if name in query:
            consultations = consultations.filter(**{column: query[name]})
    if "q" in query:
        consultations = consultations.filter(search=search_query(query["q"]))
    return queries.for_page(consultations).prefetch_related("themes", "streets").defer("search")


class ConsultationDetail(ApiView):
    @extend_schema(
        operation_id="consultations_read",
        summary=_("One consultation"),
        tags=["consultations"],
        responses={200: serializers.ConsultationDetailOut, **problems(400, 404)},
    )
    def get(self, request: Request, consultation: int) -> Response:
        self.query()
        found = load_consultation(request, consultation)
        (shown,) = queries.show_counted([found])
        versions = Version.objects.published().filter(draft=found.draft_id).order_by("number")
        context = {"versions": versions if found.draft_id else ()}
        return Response(serializers.ConsultationDetailOut(shown, context=context).data)


class ClauseList(ApiView):
    query_class = asked.ClausesQuery

    @extend_schema(
        operation_id="clauses_list",
        summary=_("The text, clause by clause"),
        description=_("All clauses of one version of the draft, in the document’s order."),
        tags=["consultations"],
        parameters=[asked.ClausesQuery],
        responses={200: serializers.ClausesOut, **problems(400, 404)},
    )
    def get(self, request: Request, consultation: int) -> Response:
        query = self.query()
        found = load_consultation(request, consultation)
        number = str(query.get("version", ""))
        text = pages.text_shown(found, number)
        if text is None:
            raise Http404
        context = {
            "keys": {clause.pk: str(clause.key) for clause in text.clauses},
            "counts": Heat.of(found).by_key,
        }
        clauses = serializers.ClauseOut(text.clauses, many=True, context=context)
        return Response({"version": text.number, "results": clauses.data})


class RemarkList(ApiView):
    query_class = asked.RemarksQuery
    scopes = {"POST": "remarks:write"}
    answers_again = "posted"
    #: 409: not now; 422: not so; every other refusal is 403: not you.
    refusals = {
        "consultation.not_open_yet": 409,
        "consultation.closed": 409,
        "consultation.withdrawn": 409,
        "comment.empty": 422,
        "comment.too_long": 422,
        "comment.interest_too_long": 422,
        "remark.no_such_clause": 422,
        "remark.quote_not_found": 422,
        "remark.wording_needs_clause": 422,
        "remark.wording_missing": 422,
        "remark.full_name_missing": 422,
        "remark.patronymic_missing": 422,
        "remark.contact_missing": 422,
        "remark.declared_too_long": 422,
    }

    @extend_schema(
        operation_id="remarks_list",
        summary=_("Remarks"),
        description=_(
            "What is said of the draft. A hidden remark keeps its place, with the reason instead "
            "of its words; a deleted one is not there."
        ),
        tags=["remarks"],
        parameters=[asked.RemarksQuery],
        responses={200: serializers.RemarkPage, **problems(400, 404)},
    )
    def get(self, request: Request, consultation: int) -> Response:
        query = self.query()
        found = load_consultation(request, consultation)
        remarks = queries.with_display_columns(_choose_remarks(found, query))
        page = self.page(remarks, order=ORDERS[query["sort"]], query=query)
        shown = queries.show_remarks(page)
        return self.listed(page, serializers.RemarkOut(shown, many=True).data)

    @extend_schema(
        operation_id="remarks_create",
        summary=_("Post a remark"),
        description=_(
            "Says something of the draft in the name of the signed-in person, or of an "
            "organisation that they have a mandate of, under the rules of the page: while the "
            "consultation is open."
        ),
        tags=["remarks"],
        request=asked.RemarkIn,
        responses={
            201: OpenApiResponse(serializers.RemarkOut, description=_("Published.")),
            **problems(400, 403, 404, 409, 413, 415, 422),
        },
    )
    def post(self, request: AuthenticatedRequest, consultation: int) -> Response:
        found = load_consultation(request, consultation)
        given = asked.RemarkIn(data=request.data)
        given.is_valid(raise_exception=True)
        require(limits.SPEAK.spend(request.user.pk))
        made = actions.remark(
            found,
            by=request.user,
            source=Remark.Source.API,
            **_arguments(found, given.validated_data),
        )
        return self.posted(made.pk, consultation)

    def posted(self, remark_id: int, consultation: int) -> Response:
        """The remark as it was published; without its words where a moderator reads them first."""
        made = Q(pk__in=Remark.objects.visible_to(self.request.user).values("pk"))
        held = Q(comment__author=self.request.user, comment__hidden_reason=HELD)
        rows = Remark.objects.filter(made | held, pk=remark_id)
        remark = queries.show_unanswered(queries.with_display_columns(rows).get())
        address = reverse("api:remark", args=[consultation, remark_id])
        body = serializers.RemarkOut(remark).data
        return Response(body, status=201, headers={"Location": address})


def _choose_remarks(consultation: Consultation, query: dict[str, Any]) -> RemarkQuerySet:
    """The remarks of the list: as on the page, but none that was deleted."""
    remarks = queries.all_remarks_of(consultation).filter(comment__deleted_at=None)
    if "clause" in query:
        remarks = remarks.at_clause(query["clause"])
    if "kind" in query:
        remarks = remarks.filter(kind=query["kind"])
    remarks = queries.filter_by_voice(remarks, query.get("voice", ""))
    if query["sort"] == "unanswered":
        remarks = remarks.filter(comment__is_answered=False, comment__hidden_at=None)
    return remarks


def _arguments(consultation: Consultation, given: dict[str, Any]) -> dict[str, Any]:
    """Arguments of ``actions.remark``."""
    quote = given["quote"]
    return {
        "text": given["text"],
        "kind": given["kind"],
        "proposal": given["proposal"],
        "clause_id": _clause_id(pages.text_shown(consultation), given["clause"]),
        "quote": Selector(**quote) if quote else None,
        "organisation_id": given["organisation"],
        "interest": given["interest"],
        "full_name": given["full_name"],
        "contact": given["contact"],
        "no_patronymic": given["no_patronymic"],
    }


def _clause_id(text: Text | None, key: UUID | None) -> int | None:
    if key is None:
        return None
    clause = text.by_key.get(key) if text else None
    if clause is None:
        reject("remark.no_such_clause", _("There is no such clause in this draft."))
    return int(clause.pk)


class RemarkDetail(ApiView):
    @extend_schema(
        operation_id="remarks_read",
        summary=_("One remark"),
        tags=["remarks"],
        responses={200: serializers.RemarkOut, **problems(400, 404)},
    )
    def get(self, request: Request, consultation: int, remark: int) -> Response:
        self.query()
        found = load_consultation(request, consultation)
        public = Remark.objects.public().filter(consultation=found)
        shown = queries.show_remark(
            get_object_or_404(queries.with_display_columns(public), pk=remark), None
        )
        return Response(serializers.RemarkOut(shown).data)


consultation_list = share_answers(_topic_of_lists)(ConsultationList.as_view())
consultation_detail = share_answers(topic_of_one)(ConsultationDetail.as_view())
clause_list = share_answers(topic_of_one)(ClauseList.as_view())
remark_list = share_answers(topic_of_one)(RemarkList.as_view())
remark_detail = share_answers(topic_of_one)(RemarkDetail.as_view())
