"""The checklist of a procedure, elections, and acts without a consultation."""

from __future__ import annotations

from consultations.models import ProcedureAnswers
from tests import factories
from tests.access.checklist import act, discussion, election
from tests.pages.page_checks import PageCheck, PageChecks, of, simple
from tests.pages.page_walk import PageWalk
from tests.pages.steps import send


def _public(town: PageWalk, state: str) -> int:
    """One under law 3841-IX."""
    title = f"Символіка громади ({state})"
    made = factories.public_consultation(town.opened.department, state, title=title)
    ProcedureAnswers.objects.filter(pk=made.pk).update(
        discussion_grounds=["symbols"],
        platform="there",
        platform_url="https://platform.example/konsultatsii/1",
    )
    return made.pk


def _desk(town: PageWalk) -> list[PageCheck]:
    name = "desk:checklist"
    return [
        *(of(name, _public(town, state), who="ofi") for state in ("preparing", "closed")),
        of(name, town.opened.pk, who="ofi"),
        of(name, discussion(town).consultation_id, who="ofi"),
    ]


def _public_page(town: PageWalk) -> list[PageCheck]:
    discussion(town)
    name = "consultations:procedure"
    return [of(name, _public(town, "open")), of(name, town.opened.pk)]


PAGES: dict[str, PageChecks] = {
    "desk:checklist": _desk,
    "desk:cancel_discussion": lambda town: [
        of("desk:cancel_discussion", town.opened.pk, discussion(town).pk, who="ofi", then=then)
        for then in (None, send)
    ],
    "consultations:procedure": _public_page,
    "desk:new_urgent_act": simple("desk:new_urgent_act", "ofi", send),
    "acts:urgent_acts": lambda town: [of("acts:urgent_acts") for _act in [act(town)]],
    "acts:urgent_act": lambda town: [of("acts:urgent_act", act(town).pk)],
    "city_desk:elections": lambda town: [
        of("city_desk:elections", who="admin") for _election in [election()]
    ],
    "city_desk:new_election": simple("city_desk:new_election", "admin", send),
    "city_desk:election": lambda town: [of("city_desk:election", election().pk, who="admin")],
}
#: Routes that show no page, and why.
NO_PAGE: dict[str, str] = {
    "desk:plan_discussion": "POST; its errors are shown on the page of the procedure",
    "consultations:notice": "PDF",
}
