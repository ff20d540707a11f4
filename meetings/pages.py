"""Contexts of the public pages of meetings, as of the database's ``now``. No request, no user."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from city.calendar import work_calendar
from city.models import District, Street, Theme
from core.db.paging import neighbours, page_of
from core.db.statements import Statement
from core.domain.clock import Now
from core.domain.topics import seq_of_row
from core.export.sharing import share_context
from meetings import queries
from meetings.documents.queries import documents_of
from meetings.hall.pages import hands_context
from meetings.models import Item, Meeting, Question, RollCall, Vote
from meetings.outcome.counting import result_of_counted, with_counts
from meetings.outcome.queries import load_followed
from meetings.outcome.search import Sought
from meetings.presence.queries import attendance_of
from meetings.presenters import ShownDue, ShownItem, ShownMeeting, ShownSpeaker
from meetings.querysets import MeetingQuerySet
from meetings.quickpolls import pages
from meetings.registration.queries import registration_context
from meetings.rollcalls.majority import result_of
from meetings.rollcalls.presenters import Cell, ShownRollCall
from meetings.speakers.rules import in_order
from meetings.special import special_of
from meetings.terms import due_items

LIST_SIZE = 20
#: Questions on a page.
FLOOR_SIZE = 20
#: Of meetings on the first page of the site.
_MOST_ON_HOME = 3
#: The lists: their names in addresses, and the order of each.
LISTS = {
    "coming": (_("Coming and going on"), ("begins_at", "pk")),
    "past": (_("Behind us"), ("-begins_at", "-pk")),
}
#: The order of questions: the most wanted first.
ORDER_OF_QUESTIONS = ("-supporters", "pk")
#: What of the things that items are about no page of a meeting shows.
_UNREAD = ("consultation__search", "petition__search", "petition__text", "poll__search")


def for_page(meetings: MeetingQuerySet[Meeting]) -> MeetingQuerySet[Any]:
    """With what is read in the same statement: the time as ``now`` and the topic's ``seq``."""
    return queries.for_page(meetings).annotate(now=Now(), seq=seq_of_row("meeting"))


def with_subjects(meetings: MeetingQuerySet[Any]) -> MeetingQuerySet[Any]:
    """With what it is about, in the same statement: ``theme_rows`` (slug and names of each) and
    ``street_rows`` (pk and names)."""
    themes = Theme.objects.filter(meeting=OuterRef("pk"))
    streets = Street.objects.filter(meeting=OuterRef("pk"))
    return meetings.select_related("district").annotate(
        theme_rows=ArraySubquery(
            themes.values(row=JSONObject(slug="slug", name="name", name_en="name_en"))
        ),
        street_rows=ArraySubquery(
            streets.values(row=JSONObject(pk="pk", name="name", name_en="name_en"))
        ),
    )


def meetings_in_list(name: str) -> MeetingQuerySet[Meeting]:
    """The meetings of one of LISTS."""
    return Meeting.objects.past() if name == "past" else Meeting.objects.coming()


def list_context(params: QueryDict) -> dict[str, Any]:
    """A page of one of LISTS, narrowed by words, theme and district: three queries, and one for the
    number of each tab; where nothing has the words, the numbers once or twice more."""
    name = params.get("state", "coming")
    if name not in LISTS:
        name = "coming"
    sought = Sought.of(params)
    numbers = _numbers(sought)
    while not any(numbers.values()) and (wider := sought.wider()):
        sought, numbers = wider, _numbers(wider)
    rows = page_of(
        for_page(sought.narrow(meetings_in_list(name))),
        order=LISTS[name][1],
        after=params.get("after", ""),
        size=LIST_SIZE,
    )
    return {
        "filters": sought,
        "is_forgiven": sought.forgiving and any(numbers.values()),
        "all_url": _list_url(name),
        "themes": list(Theme.objects.all()),
        "districts": list(District.objects.all()),
        "page": replace(rows, items=[ShownMeeting.of(row) for row in rows]),
        "state": name,
        "tabs": [
            {
                "label": label,
                "url": _list_url(key, sought),
                "current": key == name,
                "count": numbers[key],
            }
            for key, (label, _order) in LISTS.items()
        ],
        **neighbours(rows, params),
    }


def _numbers(sought: Sought) -> dict[str, int]:
    """Number of matches by list: a query for each."""
    return {name: sought.narrow(meetings_in_list(name)).count() for name in LISTS}


def _list_url(name: str, sought: Sought | None = None) -> str:
    asked = QueryDict(mutable=True)
    said = {"state": name} | (sought.params if sought else {})
    asked.update({key: value for key, value in said.items() if value})
    if name == "coming":
        del asked["state"]
    home = reverse("meetings:list")
    return f"{home}?{asked.urlencode()}" if asked else home


def home_context() -> dict[str, Any]:
    """Context of the first page: the meetings that go on or come next; one query."""
    return {"coming_meetings": [ShownMeeting.of(row) for row in _AT_HOME.all()]}


_AT_HOME: Statement[Any] = Statement(lambda: for_page(Meeting.objects.coming())[:_MOST_ON_HOME])


def share_links(meeting: Meeting) -> dict[str, str]:
    """The address that a link to it carries, in the active language."""
    return share_context(meeting.get_absolute_url(), "meetings:card", meeting.pk)


def course_context(shown: ShownMeeting) -> dict[str, Any]:
    """Context of a running meeting: the notice, the current item, speakers, roll-calls, the agenda,
    and what is to be published. Seven queries, one more for the grid of the last roll-call, for the
    places that are left, or for an open show of hands, three for surveys of those present, two for
    what followed (outcome.queries.load_followed), and one for special votes (meetings.special)."""
    meeting = shown.meeting
    items = list(queries.agenda_of(meeting).defer(*_UNREAD))
    roll_calls = _counted_roll_calls(meeting)
    outcome = load_followed(meeting)
    due = due_items(
        meeting,
        items=items,
        roll_calls=[each.roll_call for each in roll_calls],
        calendar=work_calendar(),
        concluded=outcome.concluded,
        outcomes=outcome.outcomes,
    )
    documents = documents_of(meeting)
    shown_items = [ShownItem.of(item, documents.get(item.pk, ())) for item in items]
    current = next((each for each in shown_items if each.is_current), None)
    context = shown.context(
        items=shown_items,
        current=current,
        documents=documents.get(None, ()),
        roll_call=_roll_call_now(roll_calls, current),
        decided=[each for each in roll_calls if each.result],
        outcomes=outcome.outcomes,
        special=special_of(meeting),
        due=[ShownDue(each, shown.today) for each in due],
        course_url=reverse("meetings:course", args=[meeting.pk]),
        **pages.context_of(meeting, pages.shown_of(meeting, shown.now)),
    )
    return {
        **context,
        **speakers_context(shown, current.item if current else None),
        **presence_context(shown),
        **registration_context(shown),
        **hands_context(shown),
    }


def speakers_context(shown: ShownMeeting, item: Item | None) -> dict[str, Any]:
    """The speaker and the queue for the floor: one query, none without an item."""
    speakers = list(queries.speakers_of(item)) if item else []
    speaking = next((one for one in speakers if one.is_speaking), None)
    return shown.context(
        item=item,
        speaking=ShownSpeaker.of(speaking) if speaking else None,
        waiting=[ShownSpeaker.of(one) for one in in_order(speakers)],
    )


def presence_context(shown: ShownMeeting) -> dict[str, Any]:
    """Number of the body's members present: one query while a body meets."""
    meeting = shown.meeting
    counts = shown.is_running and meeting.body_id is not None
    return shown.context(present=attendance_of(meeting) if counts else None)


def cast_context(shown: ShownMeeting, roll_call: RollCall) -> dict[str, Any]:
    """Number of votes in a roll-call: one query."""
    cast = roll_call.votes.filter(choice__in=Vote.CAST).count()
    return shown.context(roll_call=ShownRollCall(roll_call, cast))


def floor_context(shown: ShownMeeting, params: QueryDict | None = None) -> dict[str, Any]:
    """Questions from the floor that everybody reads, the most wanted first, and those that were
    answered: two queries, and one for their number."""
    params = params or QueryDict()
    meeting = shown.meeting
    public = queries.questions_of(meeting, public=True)
    page = page_of(
        public.filter(state=Question.State.SHOWN),
        order=ORDER_OF_QUESTIONS,
        after=params.get("after", ""),
        size=FLOOR_SIZE,
    )
    over = page_of(
        public.exclude(state=Question.State.SHOWN),
        order=("-pk",),
        after=params.get("over", ""),
        size=FLOOR_SIZE,
    )
    asked = QueryDict(mutable=True)
    asked.update({name: str(params[name]) for name in ("after", "over") if params.get(name)})
    query = asked.urlencode()
    floor_url = reverse("meetings:floor", args=[meeting.pk])
    return shown.context(
        questions=page,
        over=over,
        total=meeting.questions.public().count(),
        is_later_page=bool(query),
        floor_url=f"{floor_url}?{query}" if query else floor_url,
        links=_links(page, "after"),
        over_links=_links(over, "over"),
    )


def _links(page: Any, parameter: str) -> dict[str, str]:
    """The pager's addresses, which lead back to the questions."""
    found = neighbours(page, QueryDict(), parameter)
    return {name: f"{url}#floor" if url else "" for name, url in found.items()}


def question_context(shown: ShownMeeting, question: Question) -> dict[str, Any]:
    """One question of the floor."""
    return shown.context(question=question)


def detail_context(shown: ShownMeeting, params: QueryDict) -> dict[str, Any]:
    """The whole page of a meeting."""
    meeting = shown.meeting
    return {
        **floor_context(shown, params),
        **course_context(shown),
        "mine_url": reverse("meetings:mine", args=[meeting.pk]),
        **share_links(meeting),
    }


def roll_call_context(shown: ShownMeeting, roll_call: RollCall) -> dict[str, Any]:
    """A published roll-call with who voted how: one query."""
    return shown.context(roll_call=with_votes(roll_call))


def with_votes(roll_call: RollCall) -> ShownRollCall:
    """A published roll-call with who voted how: one query."""
    votes = list(votes_of(roll_call))
    choices = [vote.choice for vote in votes]
    cells = [Cell.of(vote) for vote in votes]
    return ShownRollCall(roll_call, len(votes), result_of(roll_call, choices), cells)


def votes_of(roll_call: RollCall) -> QuerySet[Vote]:
    """Its votes with deputies and factions, in the order of their names."""
    rows = roll_call.votes.select_related("deputy", "faction", "video_ground")
    return rows.order_by("deputy__name_key", "pk")


def _counted_roll_calls(meeting: Meeting) -> list[ShownRollCall]:
    """All roll-calls in their order with what they came to, where that is published: one query."""
    rows = with_counts(RollCall.objects.filter(item__meeting=meeting))
    return [
        _count_roll_call(row) for row in rows.select_related("item", "annulment").order_by("pk")
    ]


def _count_roll_call(row: Any) -> ShownRollCall:
    cast = sum(getattr(row, f"number_{choice}") for choice in Vote.CAST)
    if row.published_at is None:
        return ShownRollCall(row, cast)
    return ShownRollCall(row, cast, result_of_counted(row))


def _roll_call_now(
    roll_calls: list[ShownRollCall], current: ShownItem | None
) -> ShownRollCall | None:
    """The last one of the current item: open, waiting to be published, or with who voted how."""
    here = [each for each in roll_calls if current and each.roll_call.item_id == current.item.pk]
    if not here:
        return None
    last = here[-1]
    return with_votes(last.roll_call) if last.result else last
