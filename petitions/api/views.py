"""Reading petitions, their numbers, signatories and ledgers; signing one and taking it back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ListSerializer

from accounts.limits import HOUR, Limit
from accounts.models import User
from core.api.errors import problems
from core.api.input import PageQuery
from core.api.scopes import InScope
from core.api.views import ApiView, share_answers
from core.db.search import query as search_query
from core.domain.rules import Refused, require
from core.web.client_ip import client_ip
from petitions import limits, queries
from petitions.api import serializers
from petitions.defence import proof
from petitions.models import Entry, News, Petition, PetitionPhoto, Signature, topic_of
from petitions.querysets import LISTS
from petitions.signing import actions
from petitions.signing.queries import of_day, own_signature

if TYPE_CHECKING:
    from petitions.presenters import PetitionOfList, PetitionOfPage
    from petitions.querysets import PetitionQuerySet

#: Petitions that one person signs through programs: signing is a citizen's own act, not a
#: machine's (law 393/96-ВР art. 23-1).
SIGN = Limit("sign-by-program", 20, HOUR)


def _all(**kwargs: Any) -> list[str]:
    return ["petitions"]


def _one(petition: int, **kwargs: Any) -> list[str]:
    return [topic_of(petition)]


def _published_petitions() -> PetitionQuerySet[PetitionOfPage]:
    """All that are public, as their pages read them."""
    return queries.for_page(Petition.objects.published().filter(total__isnull=False))


def _find(pk: int) -> PetitionOfPage:
    """A published one; 404 for whatever is not public, whoever asks."""
    return get_object_or_404(_published_petitions(), pk=pk)


class PetitionList(ApiView):
    query_class = serializers.PetitionsQuery

    @extend_schema(
        operation_id="petitions_list",
        summary=_("Petitions"),
        description=_("All that are published, in whatever state they are; the newest first."),
        tags=["petitions"],
        parameters=[serializers.PetitionsQuery],
        responses={200: serializers.PetitionPage, **problems(400)},
    )
    def get(self, request: Request) -> Response:
        query = self.query()
        page = self.page(_narrow(query), order=queries.ORDERS[query["sort"]], query=query)
        return self.listed(page, ListSerializer(page.items, child=serializers.PetitionOut()).data)


def _narrow(query: dict[str, Any]) -> PetitionQuerySet[PetitionOfList]:
    petitions = Petition.objects.published().filter(LISTS[query["list"]], total__isnull=False)
    for name in ("theme", "district", "department"):
        if name in query:
            column = "themes" if name == "theme" else name
            petitions = petitions.filter(**{f"{column}__slug": query[name]})
    if "q" in query:
        petitions = petitions.filter(search=search_query(query["q"]))
    rows = queries.with_appeals(queries.for_lists(petitions)).select_related("department")
    return rows.prefetch_related("themes", "streets")


class PetitionDetail(ApiView):
    @extend_schema(
        operation_id="petitions_read",
        summary=_("One petition"),
        tags=["petitions"],
        responses={200: serializers.PetitionDetailOut, **problems(400, 404)},
    )
    def get(self, request: Request, petition: int) -> Response:
        self.query()
        news = News.objects.filter(hidden_at=None)[: queries.MOST_NEWS]
        whole = _published_petitions().prefetch_related(
            Prefetch("news", news, to_attr="shown_news"),
            Prefetch("photos", PetitionPhoto.objects.shown(), to_attr="shown_photos"),
        )
        found = get_object_or_404(whole, pk=petition)
        return Response(serializers.PetitionDetailOut(found).data)


class PetitionTotals(ApiView):
    @extend_schema(
        operation_id="petitions_totals",
        summary=_("The numbers of a petition, day by day"),
        description=_("Counted from the rows: a removal that is reversed restores them exactly."),
        tags=["petitions"],
        responses={200: serializers.TotalsOut, **problems(400, 404)},
    )
    def get(self, request: Request, petition: int) -> Response:
        self.query()
        found = _find(petition)
        days, sum_until = [], 0
        for day, number in queries.days_of(found):
            sum_until += number
            days.append({"day": day, "signatures": number, "total": sum_until})
        total = found.total
        body = {
            "counted": total.counted,
            "checking": total.checking,
            "removed": total.removed,
            "withdrawn": total.withdrawn,
            "threshold": found.procedure.threshold,
            "at": total.at,
            "days": days,
        }
        return Response(serializers.TotalsOut(body).data)


class SignatureList(ApiView):
    query_class = serializers.SignaturesQuery

    @extend_schema(
        operation_id="signatures_list",
        summary=_("Who signed"),
        description=_(
            "Signatures that count, the latest first. The law makes this list public; who asked "
            "for it is listed without a name."
        ),
        tags=["petitions"],
        parameters=[serializers.SignaturesQuery],
        responses={200: serializers.SignatoryPage, **problems(400, 404)},
    )
    def get(self, request: Request, petition: int) -> Response:
        query = self.query()
        signatures = of_day(_find(petition), query.get("day"))
        page = self.page(signatures, order=("-at", "-id"), query=query)
        return self.listed(page, ListSerializer(page.items, child=serializers.SignatoryOut()).data)


class LedgerList(ApiView):
    query_class = PageQuery

    @extend_schema(
        operation_id="ledger_list",
        summary=_("The public ledger of a petition"),
        description=_(
            "What was counted, held back, removed and brought back, the oldest first. Each line "
            "names the hash of the one before."
        ),
        tags=["petitions"],
        parameters=[PageQuery],
        responses={200: serializers.LedgerPage, **problems(400, 404)},
    )
    def get(self, request: Request, petition: int) -> Response:
        query = self.query()
        lines = Entry.objects.filter(petition=_find(petition).pk)
        page = self.page(lines, order=("number",), query=query)
        rows = [serializers.ledger_line(entry) for entry in page]
        return self.listed(page, ListSerializer(rows, child=serializers.LedgerLineOut()).data)


class OwnSignature(ApiView):
    """One's own signature on a petition: to see, to make, to take back."""

    http_method_names = ["get", "head", "post", "delete"]
    permission_classes = [IsAuthenticated, InScope]
    scopes = dict.fromkeys(("GET", "POST", "DELETE"), "petitions:sign")
    #: 409: not now; 422: not so; every other refusal is 403: not you.
    refusals = {
        "petition.not_open": 409,
        "petition.signed_already": 409,
        "petition.signature_removed": 409,
        "petition.proof_needed": 409,
        "petition.proof_expired": 409,
        "petition.proof_used": 409,
        "petition.proof_wrong": 422,
        "petition.names_are_public": 422,
        "petition.not_signed": 409,
    }

    @extend_schema(
        operation_id="signature_read",
        summary=_("My signature"),
        tags=["petitions"],
        responses={200: serializers.OwnSignatureOut, **problems(400, 403, 404)},
    )
    def get(self, request: Request, petition: int) -> Response:
        self.query()
        return Response(serializers.OwnSignatureOut(_own(request, petition)).data)

    @extend_schema(
        operation_id="signature_create",
        summary=_("Sign a petition"),
        description=_(
            "Signs as the person, under the rules of the page. While a petition is being flooded "
            "it asks for a proof of work: `petition.proof_needed` carries a task as "
            "`params.challenge`."
        ),
        tags=["petitions"],
        request=serializers.SignatureIn,
        responses={
            201: OpenApiResponse(serializers.OwnSignatureOut, description=_("Signed.")),
            **problems(400, 403, 404, 409, 413, 415, 422),
        },
    )
    def post(self, request: Request, petition: int) -> Response:
        self.query()
        found = _find(petition)
        given = serializers.SignatureIn(data=request.data)
        given.is_valid(raise_exception=True)
        choices = given.validated_data
        person = _person(request)
        require(SIGN.spend(person.pk))
        try:
            actions.sign(found, by=person, address=client_ip(request._request), **choices)
        except Refused as refusal:
            raise _with_task(refusal, found, person.pk) from refusal
        return Response(serializers.OwnSignatureOut(_own(request, petition)).data, status=201)

    @extend_schema(
        operation_id="signature_delete",
        summary=_("Take my signature back"),
        description=_("While the petition can be signed. One may sign again."),
        tags=["petitions"],
        responses={
            204: OpenApiResponse(description=_("Taken back.")),
            **problems(400, 403, 404, 409),
        },
    )
    def delete(self, request: Request, petition: int) -> Response:
        self.query()
        signature = _own(request, petition)
        require(limits.TAKE_BACK.spend(request.user.pk))
        actions.take_back(signature, by=_person(request))
        return Response(status=204)


def _person(request: Request) -> User:
    """The caller: the permission of the view has let nobody else in."""
    if not request.user.is_authenticated:
        raise NotAuthenticated
    return request.user


def _own(request: Request, petition_id: int) -> Signature:
    published = Petition.objects.published().filter(pk=petition_id)
    signature = own_signature(petition_id, _person(request)) if published.exists() else None
    if signature is None:
        raise Http404
    return signature


def _with_task(refusal: Refused, petition: Petition, person_id: int) -> Refused:
    """A refusal that asks for a proof of work brings the task."""
    if refusal.verdict.code != proof.NEEDED.code:
        return refusal
    task = proof.challenge(petition.pk, person_id)
    return Refused(replace(refusal.verdict, params={"challenge": task}))


petition_list = share_answers(_all)(PetitionList.as_view())
petition_detail = share_answers(_one)(PetitionDetail.as_view())
petition_totals = share_answers(_one)(PetitionTotals.as_view())
signature_list = share_answers(_one)(SignatureList.as_view())
ledger_list = share_answers(_one)(LedgerList.as_view())
own = OwnSignature.as_view()
