"""Decisions, a remark's trail to the end, what was done; the desk's deadlines."""

from __future__ import annotations

from meetings.models import RollCall
from tests.meetings.sessions import session, voted
from tests.pages.page_checks import PageCheck, PageChecks, of, simple
from tests.pages.page_walk import PageWalk
from tests.pages.steps import open_all, send


def _decision(town: PageWalk) -> list[PageCheck]:
    name = "consultations:decision"
    return [
        of(name, town.decided.consultation.pk),
        of(name, town.decided.waiting.pk),
        of(name, town.opened.pk),
        of(name, _voted(town).item.consultation_id),
    ]


def _voted(town: PageWalk) -> RollCall:
    """A vote of a session on what waits for its decision: it was not carried."""
    found = RollCall.objects.filter(item__consultation=town.decided.waiting).first()
    return found or voted(session(town.decided.waiting), for_=2)


def _at_the_desk(town: PageWalk) -> list[PageCheck]:
    name = "desk:decision"
    return [
        of(name, town.decided.consultation.pk, who="ofi", then=open_all),
        of(name, town.decided.waiting.pk, who="ofi"),
        of(name, town.decided.waiting.pk, who="ofi", then=send),
        of(name, town.opened.pk, who="ofi"),
        of(name, _voted(town).item.consultation_id, who="ofi", query=f"?from={_voted(town).pk}"),
    ]


PAGES: dict[str, PageChecks] = {
    "consultations:decision": _decision,
    "desk:decision": _at_the_desk,
    "portal:done": lambda town: [
        of("portal:done", query=query) for query in ("", "?of=petitions", "?theme=none")
    ],
    "portal:deadlines": simple("portal:deadlines", "ofi"),
    "portal:load": simple("portal:load", "ofi"),
    "portal:desk_search": lambda town: [
        of("portal:desk_search", who="ofi", query=query)
        for query in ("", "?q=а&names=on", "?q=1", "?q=нічого+такого")
    ],
}
NO_PAGE = {
    "desk:change_decision": "desk:decision draws its form",
    "desk:add_step": "desk:decision draws its form",
    "desk:note_step": "desk:decision draws its form",
    "portal:set_reminders": "leads back to portal:deadlines",
    "portal:make_link": "portal:deadlines with the link",
    "portal:revoke_link": "leads back to portal:deadlines",
    "portal:load_csv": "a file",
    "portal:deadline_calendar": "a file",
}
