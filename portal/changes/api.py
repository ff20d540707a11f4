"""The API of the feed of changes."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ListSerializer

from core.api.errors import BadQuery, problem, problems
from core.api.input import Query
from core.api.views import ApiView
from portal.changes.feed import Change, CursorAhead, CursorTooOld, find_cursor, read_changes
from portal.changes.kinds import KINDS, Fate


class ChangesQuery(Query):
    since = serializers.IntegerField(
        required=False,
        min_value=0,
        max_value=2**63 - 1,
        help_text=_("`cursor` of the last answer; without it there are no results, but a cursor."),
    )


class ChangeOut(serializers.Serializer[Change]):
    link = serializers.IntegerField(help_text=_("Link of the audit log that has the entry."))
    kind = serializers.ChoiceField(choices=list(KINDS))
    id = serializers.IntegerField()
    url = serializers.SerializerMethodField(help_text=_("Its page for people."))
    state = serializers.ChoiceField(
        choices=Fate.choices, source="fate", help_text=_("As it is now, whatever it was then.")
    )

    def get_url(self, change: Change) -> str:
        return f"{settings.SITE_URL}{change.path}"


class ChangesOut(serializers.Serializer[Any]):
    """Changes of public things, the earliest first."""

    results = ChangeOut(many=True)
    cursor = serializers.IntegerField(help_text=_("`since` of the next request."))
    has_more = serializers.BooleanField(help_text=_("Whether more is there already."))


class ChangeList(ApiView):
    query_class = ChangesQuery

    @extend_schema(
        operation_id="changes_list",
        summary=_("What has changed"),
        description=_(
            "Which public things were changed, hidden or taken off since a link of the audit log: "
            "kind, number and address, never words. Entries come within a minute or two."
        ),
        tags=["changes"],
        parameters=[ChangesQuery],
        responses={200: ChangesOut, **problems(400, 410)},
    )
    def get(self, request: Request) -> Response:
        since = self.query().get("since")
        if since is None:
            return self._answer([], find_cursor(), has_more=False)
        try:
            found = read_changes(since)
        except CursorAhead:
            words = str(_("There is no such link yet."))
            raise BadQuery({"since": [ErrorDetail(words, "ahead")]}) from None
        except CursorTooOld:
            words = str(_("Entries this old are deleted: read everything anew."))
            return problem(410, "changes.too_old", words)
        results = ListSerializer(found.changes, child=ChangeOut()).data
        return self._answer(results, found.cursor, has_more=found.has_more)

    def _answer(self, results: Any, cursor: int, *, has_more: bool) -> Response:
        answer = Response({"results": results, "cursor": cursor, "has_more": has_more})
        # What is hidden a moment later must not be told from a cache.
        answer.headers["Cache-Control"] = "no-store"
        return answer


change_list = ChangeList.as_view()

#: What the documents say of these schemas, by name.
DESCRIPTIONS = {
    "ChangesOut": _("Changes of public things, the earliest first."),
    "ChangeOut": _("What became of a public thing."),
}
