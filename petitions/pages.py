"""Contexts of the public pages. No request, no user: the same for everybody."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.for_whom import PageCards
from city.models import District, Theme
from core.domain.calendar import local_date
from core.domain.council import council
from core.export.sharing import share_context
from core.kept_pictures.presenters import ShownPicture
from petitions import queries, timeline
from petitions.cards import PetitionCards
from petitions.chart import Chart, chart
from petitions.models import Answer, Petition, PetitionPhoto, State
from petitions.presenters import STATUS, ListedPetition, LivePetition, ShownPetition, ShownStep
from petitions.queries import Filters
from petitions.sittings import sitting_of
from petitions.talk import pages as talk
from votes import pages as polls
from votes.models import Poll
from votes.presenters import ShownPoll

#: Of petitions on the first page of the site.
_MOST_CLOSEST, _MOST_ANSWERED = 4, 3


def list_context(params: QueryDict) -> dict[str, Any]:
    """A page of the list with what narrows it: four queries, five when nothing has exactly the
    words that are looked for, six when nothing has all of them."""
    filters = Filters.of(params)
    counts = queries.counts(filters)
    if filters.words and not counts["all"]:
        filters = replace(filters, forgiving=True)
        counts = queries.counts(filters)
    if filters.asked.size > 1 and not counts["all"]:
        filters = replace(filters, any_word=True)
        counts = queries.counts(filters)
    page = queries.list_petitions(filters, counts[filters.state])
    listed = [ListedPetition.of_card(petition) for petition in page]
    return {
        "page": page,
        "petitions": listed,
        "cards": PageCards((PetitionCards.of(listed),)),
        "filters": filters,
        "is_forgiven": filters.forgiving and bool(counts["all"]),
        "has_some_words": filters.any_word,
        "tabs": _tabs(filters, counts),
        "sorts": _sorts(filters),
        "themes": list(Theme.objects.all()),
        "districts": list(District.objects.all()),
        **_of_map(filters),
        "next_url": _url(filters, after=page.next_cursor) if page.next_cursor else "",
        "previous_url": (_url(filters, after=page.previous_cursor) if page.previous_cursor else ""),
        "is_narrowed": bool(filters.words or filters.theme or filters.district),
        "all_url": _url(Filters(state=filters.state)),
    }


def _of_map(filters: Filters) -> dict[str, Any]:
    """Context of the map of districts on the first page of a list: one query, if there is one."""
    if filters.district or filters.after or not council().map_version:
        return {}
    asked = filters.query(after="", district="")
    return {
        "by_district": queries.count_by_district(filters),
        "narrow_url": f"{reverse('petitions:list')}?{asked}{'&' if asked else ''}",
    }


def _url(filters: Filters, **changed: str) -> str:
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
            "url": _url(filters, state="" if name == Filters.state else name, sort=""),
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


def detail_context(shown: LivePetition, params: QueryDict) -> dict[str, Any]:
    """The whole page of a petition: seven queries, nine with an answer and its steps."""
    petition = shown.petition
    return {
        **standing_context(shown),
        "themes": queries.themes_of(petition),
        "streets": queries.streets_of(petition),
        "news": queries.news_of(petition),
        "photos": show_photos(petition),
        "chart": chart_of(shown),
        "steps": list(petition.steps.all()) if hasattr(petition, "answer") else [],
        "poster_url": reverse("petitions:poster", args=[petition.pk]),
        **share_context(petition.get_absolute_url(), "petitions:card", petition.pk),
        **talk.talk_context(shown, params),
    }


def show_photos(petition: Petition) -> list[ShownPicture[PetitionPhoto]]:
    """Its photographs, and where one was removed the reason: one query."""
    return [ShownPicture(each) for each in queries.photos_of(petition)]


def standing_context(shown: LivePetition) -> dict[str, Any]:
    """Context of the petition's state: number of signatures, last day, timeline."""
    petition = shown.petition
    return {
        "petition": petition,
        "shown": shown,
        "stages": timeline.stages(petition, shown.now, shown.considered),
        "standing_url": reverse("petitions:standing", args=[petition.pk]),
    }


def chart_of(shown: ShownPetition) -> Chart | None:
    """Its signatures by day, to the last on which it may be signed; None before anybody signed.
    One query."""
    petition, today = shown.petition, local_date(shown.now)
    days = queries.days_of(petition)
    if not days or petition.published_at is None:
        return None
    ended = petition.review_at
    return chart(
        days,
        first_day=local_date(petition.published_at),
        last_day=local_date(ended) if ended else petition.last_day or today,
        today=today,
        threshold=shown.needed,
    )


def answer_context(shown: ShownPetition) -> dict[str, Any]:
    """Context of the answer: request, decision, steps by day: two queries, four after a session."""
    petition, today = shown.petition, local_date(shown.now)
    steps = list(petition.steps.all())
    return {
        "petition": petition,
        "shown": shown,
        "answer": petition.answer,
        "poll": poll_of(petition.answer),
        "steps": [ShownStep(step, today) for step in steps],
        "done": sum(step.done_on is not None for step in steps),
        **share_context(
            reverse("petitions:answer", args=[petition.pk]), "petitions:card", petition.pk
        ),
        "sitting": sitting_of(petition.pk) if petition.decision else None,
        "decision_kind": STATUS[State(petition.decision)] if petition.decision else "",
    }


def poll_of(answer: Answer) -> ShownPoll | None:
    """The poll that stands with an answer; a query where there is one."""
    if answer.poll_id is None:
        return None
    found = polls.for_page(Poll.objects.published()).filter(pk=answer.poll_id).first()
    return ShownPoll.of(found) if found else None


def home_context() -> dict[str, Any]:
    """Petitions on the first page: one query."""
    closest, answered = queries.for_home(closest=_MOST_CLOSEST, answered=_MOST_ANSWERED)
    return {
        "closest_petitions": closest,
        "answered_petitions": answered,
        "petition_cards": PetitionCards.of(closest),
    }
