"""Roll-call votes of deputies, who vote in public and by name (280/97-ВР art. 59(3))."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from meetings.rollcalls import open_data
from portal.opendata.datasets import Column, Dataset, More, Row

#: Kinds of the columns that are no text; those that may be empty.
_KINDS = {
    **dict.fromkeys(
        (
            *("vote_id", "meeting_id", "item", "roll_call_id", "membership", "present", "needed"),
            *("for", "deputy_id", "repeated_by"),
        ),
        "whole",
    ),
    **dict.fromkeys(("opened_at", "closed_at", "published_at"), "moment"),
    **dict.fromkeys(("day", "video_act_date"), "day"),
    "url": "link",
    **dict.fromkeys(("carried", "annulled"), "yes_no"),
}
_EMPTY = {
    *("body", "faction", "video_act", "video_act_date", "annulled_reason", "repeated_by"),
}


def _votes() -> Iterator[Row]:
    for row in open_data.rows_of(open_data.published_roll_calls()):
        yield [each.value(row) for each in open_data.COLUMNS]


ROLL_CALLS = Dataset(
    slug="roll-calls",
    version=2,
    title=_("Roll-call votes of deputies"),
    words=_(
        "Every published roll-call of the council, its committees and the executive committee, one "
        "row a vote. Deputies vote in public and by name."
    ),
    keywords=(_("deputies"), _("roll-call votes"), _("sessions of the council")),
    columns=tuple(
        Column(each.name, _KINDS.get(each.name, "text"), each.words, filled=each.name not in _EMPTY)
        for each in open_data.COLUMNS
    ),
    rows=_votes,
    topics=(open_data.TOPIC, "meetings"),
    span=open_data.published_roll_calls,
    first="published_at",
    last=("published_at",),
    more=(More("meetings:open_data", _("What the columns of a roll-call mean")),),
)
