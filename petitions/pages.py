"""What the templates of the public pages are given. No request, no user: the same for everybody."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from city.models import District, Theme
from core.domain.calendar import local_date
from petitions import reading, timeline
from petitions.chart import Chart, chart
from petitions.models import Answer, Petition, State
from petitions.reading import Filters
from petitions.talk import pages as talk
from votes import pages as polls
from votes.models import Poll
from votes.presenters import ShownPoll

#: The kind of status tag that each state is shown with (components/status_tag).
STATUS = {
    State.DRAFT: "waiting",
    State.MODERATION: "waiting",
    State.REFUSED: "stop",
    State.COLLECTING: "open",
    State.REACHED: "info",
    State.REVIEW: "soon",
    State.AGENDA: "soon",
    State.SUPPORTED: "done",
    State.NOT_SUPPORTED: "stop",
    State.ANSWERED: "done",
    State.NOT_REACHED: "closed",
    State.WITHDRAWN: "stop",
}

#: Of petitions on the first page of the site.
_MOST_CLOSEST, _MOST_ANSWERED = 4, 3


def show(petition: Petition) -> Petition:
    """Give it what every page says of it, as of its ``now``.

    ``state``, ``state_kind``, ``state_label``; ``is_open``: it may be signed; ``counted``,
    ``needed``, ``missing`` and ``percent`` of what is needed (100 only when it is all there);
    ``due_on`` for the council's next step and ``late``, in words, when that day is over.
    """
    state = petition.state_at(petition.now)
    petition.state = state
    petition.state_kind = STATUS[state]
    petition.state_label = state.label
    petition.is_open = petition.is_open_at(petition.now)
    petition.counted = petition.total.counted if hasattr(petition, "total") else 0
    petition.needed = petition.procedure.threshold
    petition.missing = max(0, petition.needed - petition.counted)
    petition.percent = min(100, 100 * petition.counted // petition.needed)
    petition.due_on = timeline.due(petition, state)
    petition.late = timeline.lateness(petition, petition.now)
    return petition


def list_context(params: QueryDict) -> dict[str, Any]:
    """A page of the list with what narrows it: four queries, five when nothing has exactly the
    words that are looked for, six when nothing has all of them."""
    filters = Filters.of(params)
    counts = reading.counts(filters)
    if filters.words and not counts["all"]:
        filters = replace(filters, forgiving=True)
        counts = reading.counts(filters)
    if filters.asked.size > 1 and not counts["all"]:
        filters = replace(filters, any_word=True)
        counts = reading.counts(filters)
    page = reading.listed(filters, counts[filters.state])
    for petition in page.items:
        show(petition)
    return {
        "page": page,
        "filters": filters,
        "is_forgiven": filters.forgiving and bool(counts["all"]),
        "has_some_words": filters.any_word,
        "tabs": _tabs(filters, counts),
        "sorts": _sorts(filters),
        "themes": list(Theme.objects.all()),
        "districts": list(District.objects.all()),
        "next_url": _address(filters, after=page.next_cursor) if page.next_cursor else "",
        "previous_url": (
            _address(filters, after=page.previous_cursor) if page.previous_cursor else ""
        ),
        "is_narrowed": bool(filters.words or filters.theme or filters.district),
        "all_url": _address(Filters(state=filters.state)),
    }


def _address(filters: Filters, **changed: str) -> str:
    asked = filters.query(**changed)
    base = reverse("petitions:list")
    return f"{base}?{asked}" if asked else base


def _tabs(filters: Filters, counts: dict[str, int]) -> list[dict[str, Any]]:
    labels = {
        "collecting": _("Collecting signatures"),
        "awaiting": _("Awaiting the answer"),
        "answered": pgettext("petitions", "Answered"),
        "all": pgettext("petitions", "All"),
    }
    return [
        {
            "label": label,
            "url": _address(filters, state="" if name == Filters.state else name, sort=""),
            "current": name == filters.state,
            "count": counts[name],
        }
        for name, label in labels.items()
    ]


def _sorts(filters: Filters) -> list[tuple[str, str, bool]]:
    """(name, words, whether it is chosen) of each order that makes sense in the list."""
    own = {
        "collecting": _("most signed this week"),
        "awaiting": _("waiting the longest"),
        "answered": _("answered last"),
        "all": _("newest"),
    }[filters.state]
    words = {"": _("most fitting") if filters.words else own}
    if filters.words or filters.state != "collecting":
        words["momentum"] = _("most signed this week")
    if filters.state == "collecting":
        words["soon"] = _("closing soonest")
    words["signed"] = _("most signatures")
    if filters.words or filters.state != "all":
        words["newest"] = _("newest")
    return [(name, label, name == filters.sort) for name, label in words.items()]


def detail_context(petition: Petition, params: QueryDict) -> dict[str, Any]:
    """The whole page of a petition: five queries, seven with an answer and its steps."""
    return {
        **standing_context(petition),
        "themes": reading.themes_of(petition),
        "news": reading.news_of(petition),
        "chart": chart_of(petition),
        "steps": list(petition.steps.all()) if hasattr(petition, "answer") else [],
        "poster_url": reverse("petitions:poster", args=[petition.pk]),
        "card_url": settings.SITE_URL + reverse("petitions:card", args=[petition.pk]),
        "page_url": settings.SITE_URL + petition.get_absolute_url(),
        **talk.talk_context(petition, params),
    }


def standing_context(petition: Petition) -> dict[str, Any]:
    """How many signed, until when, and where it stands."""
    show(petition)
    return {
        "petition": petition,
        "stages": timeline.stages(petition, petition.now),
        "standing_url": reverse("petitions:standing", args=[petition.pk]),
    }


def chart_of(petition: Petition) -> Chart | None:
    """Its signatures by day, to the last on which it may be signed; None before anybody signed.
    One query."""
    days = reading.days_of(petition)
    if not days:
        return None
    ended = petition.review_at
    return chart(
        days,
        first_day=local_date(petition.published_at),
        last_day=local_date(ended) if ended else petition.last_day or local_date(petition.now),
        today=local_date(petition.now),
        threshold=petition.procedure.threshold,
    )


def answer_context(petition: Petition) -> dict[str, Any]:
    """What was asked, what was decided, what was done by when: two queries."""
    show(petition)
    today = local_date(petition.now)
    steps = list(petition.steps.all())
    for step in steps:
        step.is_late = step.done_on is None and step.due_on is not None and step.due_on < today
    return {
        "petition": petition,
        "answer": petition.answer,
        "poll": poll_of(petition.answer),
        "steps": steps,
        "done": sum(step.done_on is not None for step in steps),
        "decision_kind": STATUS[State(petition.decision)] if petition.decision else "",
    }


def poll_of(answer: Answer) -> ShownPoll | None:
    """The poll that stands with an answer; a query where there is one."""
    if answer.poll_id is None:
        return None
    found = polls.for_page(Poll.objects.published()).filter(pk=answer.poll_id).first()
    return ShownPoll.of(found) if found else None


def home_context() -> dict[str, Any]:
    """What the first page shows of petitions: one query."""
    closest, answered = reading.for_home(closest=_MOST_CLOSEST, answered=_MOST_ANSWERED)
    return {
        "closest_petitions": [show(petition) for petition in closest],
        "answered_petitions": [show(petition) for petition in answered],
    }
