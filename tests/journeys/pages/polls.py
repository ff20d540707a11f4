"""Polls, and their desk."""

from __future__ import annotations

from tests.journeys.looks import Looks, of, simple
from tests.journeys.steps import check_ballot, open_all, send, send_emptied

PAGES: dict[str, Looks] = {
    "votes_desk:list": simple("votes_desk:list", "ofi"),
    "votes_desk:new": simple("votes_desk:new", "ofi", send),
    "votes_desk:quick": simple("votes_desk:quick", "ofi", send),
    "votes_desk:detail": lambda town: [
        *(of("votes_desk:detail", each.pk, who="ofi") for each in town.polls.values()),
        of("votes_desk:detail", town.polls["draft"].pk, who="ofi", then=send),
    ],
    "votes_desk:hall": lambda town: [
        of("votes_desk:hall", town.polls[name].pk, who="ofi") for name in ("open", "counted")
    ],
    **{
        f"votes_desk:{name}": lambda town, name=name, poll=poll, step=step: [
            of(f"votes_desk:{name}", town.polls[poll].pk, who="ofi"),
            of(f"votes_desk:{name}", town.polls[poll].pk, who="ofi", then=step),
        ]
        for name, poll, step in (
            ("edit", "draft", send_emptied),
            ("extend", "open", send),
            ("cancel", "open", send),
            ("sheets", "open", send),
        )
    },
    "votes_desk:sheet": lambda town: [
        of("votes_desk:sheet", town.polls["open"].pk, town.sheet.pk, who="ofi"),
        of("votes_desk:sheet", town.polls["open"].pk, town.sheet.pk, who="ofi", then=send),
    ],
    "votes:list": lambda town: [
        of("votes:list", query=query) for query in ("", "?state=scheduled", "?state=all")
    ],
    "votes:detail": lambda town: [
        of("votes:detail", each.pk) for name, each in town.polls.items() if name != "draft"
    ],
    "votes:display": lambda town: [
        of("votes:display", each.pk, width=1920, height=1080)
        for name, each in town.polls.items()
        if name != "draft"
    ],
    "votes:vote": lambda town: [
        of("votes:vote", town.polls["open"].pk, who="bohdan"),
        of("votes:vote", town.polls["open"].pk, who="bohdan", then=send),
        of("votes:vote", town.polls["secret"].pk, who="bohdan", then=check_ballot),
        of("votes:vote", town.polls["scheduled"].pk, who="bohdan", status=403),
    ],
    "votes:results": lambda town: [
        of("votes:results", town.polls[name].pk, then=open_all)
        for name in ("counted", "unsealed", "split", "named")
    ],
    "votes:voters": lambda town: [of("votes:voters", town.polls["named"].pk)],
    "votes:texts": lambda town: [
        of("votes:texts", town.polls[name].pk, town.polls[name].questions.get(kind="text").pk)
        for name in ("split", "counted")
    ],
    "votes:check": lambda town: [of("votes:check", town.polls["unsealed"].pk)],
}

#: Routes that show no page, and why.
NO_PAGE = {
    **dict.fromkeys(
        (f"votes:{name}" for name in ("codes", "results_csv", "results_json", "results_ods")),
        "a file to be saved",
    ),
    "votes:card": "a picture",
    "votes:feed": "Atom",
    "votes:calendar": "iCalendar",
    "votes:dates": "iCalendar",
    "votes:standing": "a region of the poll's page",
    "votes:live_results": "a region of the page of results",
    **dict.fromkeys(
        (f"votes_desk:{name}" for name in ("schedule", "publish", "discard", "question_delete")),
        "POST",
    ),
}
