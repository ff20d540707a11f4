"""The API of what a meeting has beside its roll-calls: amendments to drafts, conflicts of interest,
stopped decisions. It tells what the meeting's page does."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ListSerializer

from core.api.errors import problems
from core.api.input import PageQuery
from core.api.views import ApiView, page_schema, share_answers
from meetings.amendments.groups import State
from meetings.amendments.presenters import LABELS
from meetings.amendments.queries import amendments_on, groups_of
from meetings.api.serializers import VoterOut
from meetings.api.views import _find, _lists, _one
from meetings.conflicts.queries import conflicts_of
from meetings.models import Amendment, Conflict, Stop
from meetings.stopped.queries import ShownStop, shown_stops, stops_about, with_facts


class AmendmentOut(serializers.Serializer[Amendment]):
    id = serializers.IntegerField(source="pk")
    item = serializers.IntegerField(source="item_id")
    number = serializers.IntegerField(help_text=_("Within the item."))
    version = serializers.IntegerField(
        source="clause.version.number", help_text=_("Of the draft to which it was moved.")
    )
    clause = serializers.CharField(help_text=_("The clause that it changes."))
    kind = serializers.ChoiceField(Amendment.Kind.choices)
    text = serializers.CharField(help_text=_("The new words; empty where the clause is removed."))
    deputy = VoterOut(allow_null=True, help_text=_("Who moves it; null: see `mover`."))
    mover = serializers.CharField(help_text=_("Who moves it, where no deputy does, or empty."))
    is_compatible = serializers.BooleanField(
        help_text=_("Whether it can stand beside others to the clause.")
    )
    state = serializers.SerializerMethodField(help_text=_("What became of it."))
    roll_call = serializers.IntegerField(
        source="roll_call_id",
        allow_null=True,
        help_text=_("By which it was decided; the last one, where an annulled one was repeated."),
    )
    entered_at = serializers.DateTimeField(source="at")
    withdrawn_at = serializers.DateTimeField(allow_null=True)

    @extend_schema_field(serializers.ChoiceField(list(LABELS.items())))
    def get_state(self, amendment: Amendment) -> str:
        return str(self.context["states"][amendment.pk])


class ConflictOut(serializers.Serializer[Conflict]):
    id = serializers.IntegerField(source="pk")
    item = serializers.IntegerField(source="item_id")
    deputy = VoterOut()
    words = serializers.CharField(help_text=_("What it is about, as it was declared."))
    declared_at = serializers.DateTimeField(source="at")


class StopState(StrEnum):
    """State of a stopped decision."""

    WAITING = "waiting"
    VOTING = "voting"
    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not_confirmed"


_STATES = {
    StopState.WAITING: _("waits for the second vote"),
    StopState.VOTING: _("is being voted on again"),
    StopState.CONFIRMED: _("confirmed by two thirds: takes force"),
    StopState.NOT_CONFIRMED: _("not confirmed: does not take force"),
}


class StopOut(serializers.Serializer[ShownStop]):
    id = serializers.IntegerField(source="pk")
    meeting = serializers.IntegerField(
        source="stop.roll_call.item.meeting_id", help_text=_("Whose decision it was.")
    )
    item = serializers.IntegerField(source="stop.roll_call.item_id")
    roll_call = serializers.IntegerField(
        source="stop.roll_call_id", help_text=_("The vote by which it was adopted.")
    )
    stopped_on = serializers.DateField(source="stop.on")
    head = serializers.CharField(
        source="stop.head", help_text=_("The full name of the head of the city.")
    )
    remarks = serializers.CharField(source="stop.remarks")
    document = serializers.SerializerMethodField(help_text=_("Of the file, or null."))
    stop_due_on = serializers.DateField(
        source="stop.stop_due_on", help_text=_("The last day on which it could be stopped.")
    )
    vote_due_on = serializers.DateField(
        source="stop.vote_due_on", help_text=_("The last day of the second vote.")
    )
    second_vote = serializers.IntegerField(
        source="stop.second_vote_id", allow_null=True, help_text=_("The roll-call, or null.")
    )
    state = serializers.SerializerMethodField()

    def get_document(self, shown: ShownStop) -> str | None:
        document = shown.stop.document
        if document is None or document.removed_at is not None:
            return None
        return f"{settings.SITE_URL}{document.get_absolute_url()}"

    @extend_schema_field(
        serializers.ChoiceField([(str(key), word) for key, word in _STATES.items()])
    )
    def get_state(self, shown: ShownStop) -> str:
        if shown.is_confirmed is not None:
            return StopState.CONFIRMED if shown.is_confirmed else StopState.NOT_CONFIRMED
        return StopState.WAITING if shown.waits else StopState.VOTING


AmendmentPage = page_schema("AmendmentPage", AmendmentOut)
ConflictPage = page_schema("ConflictPage", ConflictOut)
StopPage = page_schema("StopPage", StopOut)
DESCRIPTIONS = {
    "AmendmentOut": _("An amendment to one clause of the draft of an item."),
    "ConflictOut": _("A conflict of interest: the deputy takes no part in the item."),
    "StopOut": _("A decision that the head of the city has stopped (280/97-ВР art. 59(4))."),
}


class AmendmentList(ApiView):
    query_class = PageQuery

    @extend_schema(
        operation_id="amendments_list",
        summary=_("The amendments of a meeting"),
        description=_(
            "Those to the drafts of its items, as they were entered, with what became of each; "
            "withdrawn ones, too."
        ),
        tags=["meetings"],
        parameters=[PageQuery],
        responses={200: AmendmentPage, **problems(400, 404)},
    )
    def get(self, request: Request, meeting: int) -> Response:
        query = self.query()
        rows = Amendment.objects.filter(item__meeting=_find(meeting))
        rows = rows.select_related("clause__version", "deputy")
        page = self.page(rows, order=("id",), query=query)
        context = {"states": _states(page.items)}
        results = ListSerializer(page.items, child=AmendmentOut(), context=context)
        return self.listed(page, results.data)


def _states(shown: Iterable[Amendment]) -> dict[int, State]:
    """States of amendments: each depends on the others to its clause. Two queries."""
    groups = groups_of(amendments_on({row.item_id for row in shown}))
    return {each.pk: state for group in groups for each, state in group.members}


class ConflictList(ApiView):
    query_class = PageQuery

    @extend_schema(
        operation_id="conflicts_of_interest_list",
        summary=_("Conflicts of interest in a meeting"),
        description=_("Those that stand, as they were declared: who takes no part in which item."),
        tags=["meetings"],
        parameters=[PageQuery],
        responses={200: ConflictPage, **problems(400, 404)},
    )
    def get(self, request: Request, meeting: int) -> Response:
        query = self.query()
        page = self.page(conflicts_of(_find(meeting)), order=("id",), query=query)
        return self.listed(page, ListSerializer(page.items, child=ConflictOut()).data)


class StopList(ApiView):
    query_class = PageQuery

    @extend_schema(
        operation_id="stopped_decisions_list",
        summary=_("Stopped decisions of a session"),
        description=_(
            "Decisions of the session that the head of the city has stopped, those on which it "
            "voted again, and while it goes on those that wait for the second vote."
        ),
        tags=["meetings"],
        parameters=[PageQuery],
        responses={200: StopPage, **problems(400, 404)},
    )
    def get(self, request: Request, meeting: int) -> Response:
        query, found = self.query(), _find(meeting)
        rows = stops_about(found) if found.opened_at else Stop.objects.none()
        page = self.page(with_facts(rows), order=("id",), query=query)
        results = ListSerializer(shown_stops(page.items), child=StopOut())
        return self.listed(page, results.data)


def _of_others(meeting: int, **kwargs: Any) -> list[str]:
    """The second vote may be at another session."""
    return [*_one(meeting), *_lists()]


amendment_list = share_answers(_one)(AmendmentList.as_view())
conflict_list = share_answers(_one)(ConflictList.as_view())
stop_list = share_answers(_of_others)(StopList.as_view())
