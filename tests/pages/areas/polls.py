"""Polls, and their desk."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.pages.page_checks import PageChecks, of, simple
from tests.pages.steps import (
    check_ballot,
    check_by_code,
    enter_paper_code,
    open_all,
    paste_list,
    paste_nothing,
    send,
    send_emptied,
    send_emptied_number,
)
from votes.models import Option, Poll


def question_of(poll: Poll) -> tuple[int, int]:
    """The poll and its first question, for an address."""
    return poll.pk, poll.questions.first().pk


def option_of(poll: Poll) -> tuple[int, int]:
    """The poll and the first option of its first question."""
    return poll.pk, Option.objects.filter(question__poll=poll).order_by("place").first().pk


def send_unknown_street(page: Page) -> None:
    """Say that an option is in a street that there is not."""
    page.fill("[name=street]", "вулиця Небувала")
    send(page)


def name_a_keeper(page: Page) -> None:
    """Make a key on this device; its file is saved."""
    page.fill("[name=name]", "Сейф")
    with page.expect_download():
        page.click("[data-make-key] button:not([hidden])")


PAGES: dict[str, PageChecks] = {
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
            ("print_sheets", "open", send_emptied_number),
        )
    },
    **{
        f"votes_desk:{name}": lambda town, name=name, poll=poll: [
            of(f"votes_desk:{name}", town.polls[poll].pk, who="ofi")
        ]
        for name, poll in (
            ("discard", "draft"),
            ("uninvite_all", "listing"),
            ("void_codes", "listed"),
        )
    },
    "votes_desk:keepers": lambda town: [
        *(of("votes_desk:keepers", town.polls[name].pk, who="ofi") for name in ("secret", "kept")),
        of("votes_desk:keepers", town.polls["kept"].pk, who="ofi", then=name_a_keeper),
    ],
    "votes_desk:opening": lambda town: (
        [of("votes_desk:opening", town.polls[name].pk, who="ofi") for name in ("secret", "shut")]
        + [of("votes_desk:opening", town.polls["shut"].pk, who="ofi", then=send)]
    ),
    "votes_desk:unopened": lambda town: [
        of("votes_desk:unopened", town.polls["shut"].pk, who="ofi"),
        of("votes_desk:unopened", town.polls["shut"].pk, who="ofi", then=send),
    ],
    "votes_desk:sheet": lambda town: [
        of("votes_desk:sheet", town.polls["open"].pk, town.sheet.pk, who="ofi"),
        of("votes_desk:sheet", town.polls["open"].pk, town.sheet.pk, who="ofi", then=send),
    ],
    "votes_desk:question": lambda town: [
        of("votes_desk:question", *question_of(town.polls["draft"]), who="ofi", then=step)
        for step in (None, send_emptied)
    ],
    "votes_desk:picture": lambda town: [
        of("votes_desk:picture", *option_of(town.polls["draft"]), who="ofi", then=step)
        for step in (None, send)
    ],
    "votes_desk:location": lambda town: [
        of("votes_desk:location", *option_of(town.polls["draft"]), who="ofi", then=step)
        for step in (None, send_unknown_street)
    ],
    "votes_desk:people": lambda town: [
        *(of("votes_desk:people", town.polls[n].pk, who="ofi") for n in ("listing", "listed")),
        of("votes_desk:people", town.polls["listing"].pk, who="ofi", then=paste_list),
        of("votes_desk:people", town.polls["listing"].pk, who="ofi", then=paste_nothing),
    ],
    "desk:poll": lambda town: [
        of("desk:poll", town.opened.pk, who="ofi"),
        of("desk:poll", town.opened.pk, who="ofi", then=send),
        of("desk:poll", town.states["reported"].pk, who="ofi"),
    ],
    "votes:for_me": lambda town: [of("votes:for_me", who=who) for who in ("olena", "charlie")],
    "votes:list": lambda town: [
        of("votes:list", query=query) for query in ("", "?state=scheduled", "?state=all")
    ],
    "votes:detail": lambda town: [
        of("votes:detail", each.pk) for each in town.polls.values() if each.scheduled_at
    ],
    "votes:display": lambda town: [
        of("votes:display", each.pk, width=1920, height=1080)
        for each in town.polls.values()
        if each.scheduled_at
    ],
    "votes:vote": lambda town: [
        of("votes:vote", town.polls["open"].pk, who="bohdan"),
        of("votes:vote", town.polls["open"].pk, who="bohdan", then=send),
        of("votes:vote", town.polls["secret"].pk, who="bohdan", then=check_ballot),
        of("votes:vote", town.polls["scheduled"].pk, who="bohdan", status=403),
        of("votes:vote", town.polls["extended"].pk, who="charlie"),
    ],
    "votes:code": lambda town: [
        of("votes:code", town.polls["listed"].pk),
        of("votes:code", town.polls["listed"].pk, then=send),
        of("votes:code", town.polls["listed"].pk, then=enter_paper_code(town.code)),
        of("votes:code", town.polls["listed"].pk, then=check_by_code(town.code)),
    ],
    "votes:results": lambda town: [
        of("votes:results", town.polls[name].pk, then=open_all)
        for name in ("counted", "unsealed", "split", "named", "located")
    ],
    "votes:voters": lambda town: [of("votes:voters", town.polls["named"].pk)],
    "votes:texts": lambda town: [
        of("votes:texts", town.polls[name].pk, town.polls[name].questions.get(kind="text").pk)
        for name in ("split", "counted")
    ],
    "votes:check": lambda town: [
        of("votes:check", town.polls["unsealed"].pk),
        of("votes:check", town.polls["secret"].pk),
    ],
}

#: Routes that show no page, and why.
NO_PAGE = {
    **dict.fromkeys((f"api:poll{name}" for name in ("s", "", "_results", "_codes")), "JSON"),
    **dict.fromkeys(("api:ballot", "api:secret_ballot"), "JSON"),
    **dict.fromkeys(
        (
            f"votes:{name}"
            for name in (
                *("codes", "results_csv", "results_json", "results_ods"),
                *("data_csv", "data_json", "ballots_csv", "ballots_json"),
            )
        ),
        "a file to be saved",
    ),
    "votes:card": "a picture",
    "votes:feed": "Atom",
    "votes:calendar": "iCalendar",
    "votes:dates": "iCalendar",
    "consultations:poll": "a region of the consultation's page",
    **dict.fromkeys(
        ("desk:detach_poll", "petitions_desk:attach_poll", "petitions_desk:detach_poll"), "POST"
    ),
    "votes:standing": "a region of the poll's page",
    "votes:live_results": "a region of the page of results",
    "votes:picture": "a picture",
    "votes_desk:people_csv": "a file to be saved",
    **dict.fromkeys(
        ("votes_desk:print_codes", "votes_desk:print_again"), "POST; a file to be printed"
    ),
    **dict.fromkeys(
        (
            f"votes_desk:{name}"
            for name in (
                *("schedule", "publish", "close", "question_delete", "question_move"),
                *("uninvite", "hand_sheet", "sheet_delete", "keeper_try", "keeper_remove"),
            )
        ),
        "POST",
    ),
}
