"""The API of meetings: reading them, their published roll-calls and their logs."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ListSerializer

from core.api.errors import problems
from core.api.input import PageQuery
from core.api.views import ApiView, share_answers
from core.domain import clock
from meetings import queries
from meetings.api import serializers
from meetings.hall.queries import tally_of
from meetings.models import Meeting, topic_of


def _lists(**kwargs: Any) -> list[str]:
    return ["meetings"]


def _one(meeting: int, **kwargs: Any) -> list[str]:
    return [topic_of(meeting)]


def _find(pk: int) -> Meeting:
    """A published one; 404 for whatever is not public, whoever asks."""
    return get_object_or_404(queries.for_page(Meeting.objects.published()), pk=pk)


class MeetingList(ApiView):
    query_class = serializers.MeetingsQuery

    @extend_schema(
        operation_id="meetings_list",
        summary=_("Meetings"),
        description=_("All that are announced, in whatever state they are; the newest first."),
        tags=["meetings"],
        parameters=[serializers.MeetingsQuery],
        responses={200: serializers.MeetingPage, **problems(400)},
    )
    def get(self, request: Request) -> Response:
        query = self.query()
        published = Meeting.objects.published()
        listed = {"coming": published.coming, "past": published.past}.get(query["list"])
        rows = listed() if listed else published
        if "kind" in query:
            rows = rows.filter(kind=query["kind"])
        for name, column in (("theme", "themes__slug"), ("district", "district__slug")):
            if name in query:
                rows = rows.filter(**{column: query[name]})
        rows = rows.select_related("body", "district").prefetch_related("themes", "streets")
        page = self.page(rows, order=("-begins_at", "-id"), query=query)
        now = {"now": clock.now()}
        results = ListSerializer(page.items, child=serializers.MeetingOut(), context=now)
        return self.listed(page, results.data)


class MeetingDetail(ApiView):
    @extend_schema(
        operation_id="meetings_read",
        summary=_("One meeting"),
        tags=["meetings"],
        responses={200: serializers.MeetingDetailOut, **problems(400, 404)},
    )
    def get(self, request: Request, meeting: int) -> Response:
        self.query()
        found = _find(meeting)
        return Response(serializers.MeetingDetailOut(found).data)


class RollCallList(ApiView):
    query_class = PageQuery

    @extend_schema(
        operation_id="roll_calls_list",
        summary=_("The roll-calls of a meeting"),
        description=_("Those whose results are published, in their order, with who voted how."),
        tags=["meetings"],
        parameters=[PageQuery],
        responses={200: serializers.RollCallPage, **problems(400, 404)},
    )
    def get(self, request: Request, meeting: int) -> Response:
        query = self.query()
        rows = queries.roll_calls_of(_find(meeting), published=True)
        page = self.page(rows, order=("id",), query=query)
        shown = [queries.ShownRollCall.of(roll_call) for roll_call in page.items]
        results = ListSerializer(shown, child=serializers.RollCallOut())
        return self.listed(page, results.data)


class ShowOfHandsList(ApiView):
    query_class = PageQuery

    @extend_schema(
        operation_id="shows_of_hands_list",
        summary=_("The shows of hands of a meeting"),
        description=_(
            "Those that have closed, in their order: opinions of people in the hall and elsewhere. "
            "They are not votes of the council and decide nothing."
        ),
        tags=["meetings"],
        parameters=[PageQuery],
        responses={200: serializers.ShowOfHandsPage, **problems(400, 404)},
    )
    def get(self, request: Request, meeting: int) -> Response:
        query = self.query()
        rows = _find(meeting).shows_of_hands.filter(closed_at__isnull=False)
        page = self.page(rows, order=("id",), query=query)
        tallies = [tally_of(show) for show in page.items]  # of closed ones: no query
        results = ListSerializer(tallies, child=serializers.ShowOfHandsOut())
        return self.listed(page, results.data)


class LogList(ApiView):
    query_class = PageQuery

    @extend_schema(
        operation_id="meeting_log_list",
        summary=_("The log of a meeting"),
        description=_("What happened in it, by the second, in its order."),
        tags=["meetings"],
        parameters=[PageQuery],
        responses={200: serializers.LogPage, **problems(400, 404)},
    )
    def get(self, request: Request, meeting: int) -> Response:
        query = self.query()
        page = self.page(_find(meeting).log.all(), order=("id",), query=query)
        results = ListSerializer(page.items, child=serializers.LogEntryOut())
        return self.listed(page, results.data)


meeting_list = share_answers(_lists)(MeetingList.as_view())
meeting_detail = share_answers(_one)(MeetingDetail.as_view())
roll_call_list = share_answers(_one)(RollCallList.as_view())
show_of_hands_list = share_answers(_one)(ShowOfHandsList.as_view())
log_list = share_answers(_one)(LogList.as_view())
