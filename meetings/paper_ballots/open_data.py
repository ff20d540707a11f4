"""Open data: the published secret ballots of a meeting, one row an option; nobody is named but the
candidates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from core.domain.rules import require
from core.export.csv import as_csv, as_json
from core.web.client_ip import client_groups
from meetings.models import Meeting, PaperBallot
from meetings.paper_ballots import arithmetic, queries
from meetings.paper_ballots.arithmetic import NAMES
from meetings.rollcalls.open_data import DOWNLOADS

COLUMNS = (
    *("ballot_id", "meeting_id", "item", "item_title", "matter", "kind", "question"),
    *("repeats", "opened_at", "counted_at", "published_at", "membership", "needed"),
    *NAMES,
    *("option", "votes", "chosen"),
)


@require_safe
def data_of_meeting(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """Those of one meeting, as CSV or JSON. Anybody."""
    require(DOWNLOADS.spend_client(client_groups(request)))
    meeting = Meeting.objects.published().filter(pk=pk).first()
    if meeting is None:
        raise Http404
    found = queries.ballots_of(meeting).filter(published_at__isnull=False)
    if kind == "csv":
        cells = ([_cell(row[name]) for name in COLUMNS] for row in rows_of(found))
        return as_csv(COLUMNS, cells, f"paper-ballots-{pk}.csv")
    return as_json("options", rows_of(found), f"paper-ballots-{pk}.json")


def rows_of(ballots: Any) -> Iterator[dict[str, Any]]:
    """Each option of each ballot, in their order."""
    for ballot in ballots:
        protocol = ballot.protocol
        said = {
            "ballot_id": ballot.pk,
            "meeting_id": ballot.item.meeting_id,
            "item": ballot.item.order,
            "item_title": ballot.item.title,
            "matter": ballot.matter,
            "kind": ballot.kind,
            "question": ballot.question,
            "repeats": ballot.repeats_id,
            "opened_at": ballot.opened_at.isoformat(),
            "counted_at": ballot.counted_at.isoformat(),
            "published_at": ballot.published_at.isoformat(),
            "membership": ballot.membership,
            "needed": arithmetic.votes_needed(ballot),
            **{name: getattr(protocol, name) for name in NAMES},
        }
        chosen = arithmetic.chosen_option(ballot, protocol.votes)
        for place, number in enumerate(protocol.votes):
            yield {**said, **_option(ballot, place, number), "chosen": place == chosen}


def _option(ballot: PaperBallot, place: int, number: int) -> dict[str, Any]:
    return {"option": ballot.options[place], "votes": number}


def _cell(value: Any) -> Any:
    """A value in CSV: yes and no as JSON writes them."""
    return str(value).lower() if isinstance(value, bool) else value
