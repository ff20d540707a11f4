"""Open data: all published roll-calls, or those of one meeting, one row a vote.

Members of the council vote in public and by name (280/97-ВР art. 59(3)): nobody else is named here.
Rows are written as they come from the database, by keyset, so that neither their number nor their
readers cost memory or hold a transaction. Names of columns, and the values of ``kind``, ``needs``
and ``choice``, are the same in every language; ids never change, nor does a closed roll-call.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import parse_etags
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.limits import HOUR, Limit
from core.domain.rules import require
from core.domain.topics import seqs_of
from core.export.csv import as_csv, as_json, column, moment
from core.web.client_ip import client_groups
from core.web.pages import shared_page
from meetings.models import Meeting, RollCall, Vote, topic_of
from meetings.queries import ShownRollCall
from meetings.rollcalls.majority import Result

#: Downloads by one client.
DOWNLOADS = Limit("meetings-data", 60, HOUR)
#: Roll-calls that are in memory at a time, each with as many votes as the body has members.
AT_ONCE = 50
#: Raised whenever a roll-call is published or a deputy is renamed (meetings/handlers.py).
TOPIC = "deputies"


@dataclass(frozen=True, slots=True)
class Row:
    """A vote with its roll-call and meeting, and what the roll-call came to."""

    vote: Vote
    roll_call: RollCall
    result: Result

    @property
    def meeting(self) -> Meeting:
        return self.roll_call.item.meeting


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its value of a row, and what it says."""

    name: str
    value: Callable[[Row], Any]
    words: str | Promise


def _url(name: str, *arguments: int) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=arguments)}"


def _of_roll_call(value: Callable[[Any], Any]) -> Callable[[Row], Any]:
    return lambda row: value(row.roll_call)


COLUMNS = (
    Column("vote_id", lambda row: row.vote.pk, _("The vote’s own number, which never changes.")),
    Column("meeting_id", lambda row: row.meeting.pk, _("The meeting’s own number.")),
    Column("meeting", lambda row: row.meeting.title, _("Its title.")),
    Column(
        "kind",
        lambda row: row.meeting.kind,
        _("session (of the council), committee or executive (committee)."),
    ),
    Column("body", lambda row: row.meeting.body.name if row.meeting.body else None, _("Who met.")),
    Column("day", lambda row: row.meeting.day, _("The day of the meeting, in Kyiv.")),
    Column("item", lambda row: row.roll_call.item.order, _("Number of the item in the agenda.")),
    Column("item_title", lambda row: row.roll_call.item.title, _("Title of the item.")),
    Column("roll_call_id", lambda row: row.roll_call.pk, _("The roll-call’s own number.")),
    Column(
        "url",
        lambda row: _url("meetings:roll_call", row.meeting.pk, row.roll_call.pk),
        _("The page of the roll-call."),
    ),
    Column("question", lambda row: row.roll_call.question, _("What was put to the vote.")),
    Column(
        "needs",
        lambda row: row.roll_call.needs,
        _(
            "What it takes: majority or two_thirds of the total membership, procedural: of those "
            "present."
        ),
    ),
    Column("opened_at", _of_roll_call(moment("opened_at")), _("When the vote was opened.")),
    Column("closed_at", _of_roll_call(moment("closed_at")), _("When it was closed.")),
    Column("published_at", _of_roll_call(moment("published_at")), _("When it was published.")),
    Column(
        "membership",
        _of_roll_call(column("membership")),
        _("Total membership of the body, with the head of the city if they took part."),
    ),
    Column("present", lambda row: row.result.present, _("How many took part.")),
    Column("needed", lambda row: row.result.needed, _("How many votes for it took.")),
    Column("for", lambda row: row.result.for_, _("How many voted for.")),
    Column("carried", lambda row: row.result.is_carried, _("Whether it was decided in favour.")),
    Column("deputy_id", lambda row: row.vote.deputy_id, _("The deputy’s own number.")),
    Column("deputy", lambda row: row.vote.deputy.name, _("Full name.")),
    Column(
        "faction",
        lambda row: row.vote.faction.name if row.vote.faction else None,
        _("Faction as it was then; empty: in none."),
    ),
    Column(
        "choice",
        lambda row: row.vote.choice,
        _(
            "for, against, abstained, not_voting (present and did not vote), absent, or conflict "
            "(took no part: conflict of interest)."
        ),
    ),
    Column(
        "entered_by",
        lambda row: row.vote.entered,
        _(
            "self (the deputy), secretary, replaced (the secretary, in place of the deputy’s own "
            "vote), close (nobody) or unrecorded (before that was kept)."
        ),
    ),
    Column(
        "video_act",
        lambda row: row.vote.video_ground.number if row.vote.video_ground else None,
        _("Number of the act by which it was given by videoconference; empty: in the hall."),
    ),
    Column(
        "video_act_date",
        lambda row: row.vote.video_ground.date if row.vote.video_ground else None,
        _("Its date."),
    ),
    Column(
        "annulled",
        lambda row: row.result.is_annulled,
        _("Whether the roll-call was annulled: it decides nothing then."),
    ),
    Column(
        "annulled_reason",
        lambda row: row.roll_call.annulled.reason if row.roll_call.annulled else None,
        _("Why it was annulled."),
    ),
    Column(
        "repeated_by",
        lambda row: row.roll_call.annulled.repeated_by_id if row.roll_call.annulled else None,
        _("The roll-call that repeats an annulled one."),
    ),
)
_NAMES = [each.name for each in COLUMNS]


@require_safe
@shared_page(lambda: [TOPIC])
def about(request: HttpRequest) -> HttpResponse:
    """Columns of the files. Anybody."""
    return render(request, "meetings/open_data.html", {"columns": COLUMNS})


@require_safe
def data(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The votes of all published roll-calls, as CSV or JSON. Anybody."""
    require(DOWNLOADS.spend_client(client_groups(request)))
    return _answer(request, published_roll_calls(), kind, "roll-calls", [TOPIC])


@require_safe
def data_of_meeting(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """Those of one meeting. Anybody."""
    require(DOWNLOADS.spend_client(client_groups(request)))
    if not Meeting.objects.published().filter(pk=pk).exists():
        raise Http404
    found = published_roll_calls().filter(item__meeting=pk)
    return _answer(request, found, kind, f"roll-calls-{pk}", [TOPIC, topic_of(pk)])


def rows_of(roll_calls: QuerySet[RollCall]) -> Iterator[Row]:
    """Their votes in the order in which they were opened, then by name: two queries for each
    AT_ONCE roll-calls."""
    votes = Vote.objects.select_related("deputy", "faction", "video_ground")
    votes = votes.order_by("deputy__name_key", "pk")
    ordered = (
        roll_calls.select_related("item__meeting__body", "annulment")
        .prefetch_related(Prefetch("votes", votes))
        .order_by("pk")
    )
    found = list(ordered[:AT_ONCE])
    while found:
        for roll_call in found:
            shown = ShownRollCall.of(roll_call)
            for vote in shown.votes:
                yield Row(vote, roll_call, shown.result)
        is_last = len(found) < AT_ONCE
        found = [] if is_last else list(ordered.filter(pk__gt=found[-1].pk)[:AT_ONCE])


def _cell(value: Any) -> Any:
    """A value in CSV: yes and no as JSON writes them."""
    return str(value).lower() if isinstance(value, bool) else value


def published_roll_calls() -> QuerySet[RollCall]:
    return RollCall.objects.filter(
        published_at__isnull=False, item__meeting__published_at__isnull=False
    )


def _answer(
    request: HttpRequest, found: QuerySet[RollCall], kind: str, name: str, topics: list[str]
) -> HttpResponseBase:
    """The file, or that it has not changed. The counters are read before the rows, so that a file
    can only be newer than its ETag says."""
    seqs = seqs_of(topics)
    stands = ".".join(str(seqs.get(topic, 0)) for topic in topics)
    etag = f'W/"{kind}-{get_language()}-{stands}"'
    response: HttpResponseBase
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response = HttpResponse(status=304)
    elif kind == "csv":
        rows = ([_cell(each.value(row)) for each in COLUMNS] for row in rows_of(found))
        response = as_csv(_NAMES, rows, f"{name}.csv")
    else:
        said = ({each.name: each.value(row) for each in COLUMNS} for row in rows_of(found))
        response = as_json("votes", said, f"{name}.json")
    response.headers["ETag"] = etag
    return response
