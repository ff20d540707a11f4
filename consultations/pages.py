"""What the templates of the public pages are given. No request, no user: the same for everybody."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from city.models import Theme
from consultations import reading, rules
from consultations.costs.reading import public_table
from consultations.models import Consultation, Remark, State
from consultations.reading import Filters, Heat
from core.db.paging import page_of
from core.db.statements import Asked, Statement
from discussions.models import Comment
from drafts import difference
from drafts.models import Version
from drafts.published import Text, text_of
from votes import pages as polls
from votes.models import Poll
from votes.presenters import ShownPoll

#: The kind of status tag that each state is shown with (components/status_tag).
STATUS = {
    State.PREPARING: "waiting",
    State.ANNOUNCED: "soon",
    State.OPEN: "open",
    State.CLOSED: "closed",
    State.REPORTED: "done",
    State.WITHDRAWN: "stop",
}
LISTS = ("open", "announced", "closed", "reported", "withdrawn")
LIST_SIZE = 20


def list_context(query: QueryDict) -> dict[str, Any]:
    """All consultations of a state and a theme, the soonest to close first."""
    chosen = query.get("state", "")
    consultations = Consultation.objects.published()
    if chosen in LISTS:
        consultations = getattr(consultations, chosen)()
    theme = query.get("theme", "").replace("\0", "")
    if theme:
        consultations = consultations.filter(themes__slug=theme)
    order = ("closes_at", "pk") if chosen in ("open", "announced") else ("-announced_at", "-pk")
    page = page_of(
        reading.for_page(consultations).prefetch_related("themes"),
        order=order,
        after=query.get("after", ""),
        size=LIST_SIZE,
    )
    for consultation in page.items:
        show_state(consultation)
    _add_totals(page.items)
    return {
        "page": page,
        "next_url": _address(chosen, theme, page.next_cursor) if page.next_cursor else "",
        "previous_url": (
            _address(chosen, theme, page.previous_cursor) if page.previous_cursor else ""
        ),
        "state": chosen,
        "theme": theme,
        "themes": Theme.objects.filter(consultation__isnull=False).distinct(),
        "states": _state_tabs(chosen, theme),
    }


def _add_totals(consultations: list[Consultation]) -> None:
    counts = reading.totals_of([consultation.pk for consultation in consultations])
    for consultation in consultations:
        consultation.remarks_total = counts.get(consultation.pk, 0)


def _address(state: str, theme: str, after: str = "") -> str:
    query = QueryDict(mutable=True)
    for name, value in (("state", state), ("theme", theme), ("after", after)):
        if value:
            query[name] = value
    base = reverse("consultations:list")
    return f"{base}?{query.urlencode()}" if query else base


def _state_tabs(chosen: str, theme: str) -> list[dict[str, Any]]:
    labels = {
        "": _("All"),
        "open": _("Open now"),
        "announced": _("Opening soon"),
        "closed": _("Awaiting the report"),
        "reported": _("Answered"),
        "withdrawn": _("Withdrawn"),
    }
    return [
        {"label": label, "url": _address(state, theme), "current": state == chosen}
        for state, label in labels.items()
    ]


def show_state(consultation: Consultation) -> None:
    """Give it ``state``, ``state_kind`` and ``state_label`` as of its ``now``."""
    state = consultation.state_at(consultation.now)
    consultation.state = state
    consultation.state_kind = STATUS[state]
    consultation.state_label = state.label


def text_shown(consultation: Consultation, number: str = "") -> Text | None:
    """The version asked for by number, else the newest published one; None: no text yet."""
    if consultation.draft_id is None:
        return None
    versions = Version.objects.published().filter(draft=consultation.draft_id)
    if number.isdecimal() and len(number) < 5:
        versions = versions.filter(number=int(number))
    version_id = versions.latest_first().values_list("pk", flat=True).first()
    return text_of(version_id) if version_id else None


def detail_context(consultation: Consultation, query: QueryDict) -> dict[str, Any]:
    """The whole page of a consultation."""
    show_state(consultation)
    filters = Filters.of(query)
    heat = Heat.of(consultation)
    versions = _versions(consultation)
    text = _chosen_text(versions, query.get("version", ""))
    return {
        "versions": versions,
        "text": text,
        "is_latest": bool(text) and text.number == max(v.number for v in versions),
        "heat": heat,
        "costs": (
            public_table(consultation, text) if consultation.procedure.is_about_business else []
        ),
        "stages": stages(consultation),
        "accepts_remarks": rules.accept_remarks(consultation, now=consultation.now),
        "poll": poll_of(consultation),
        "page_url": settings.SITE_URL + consultation.get_absolute_url(),
        "card_url": settings.SITE_URL + reverse("consultations:card", args=[consultation.pk]),
        **reading.beside_the_text(consultation),
        **_remarks(consultation, filters, text, heat.total),
    }


def poll_of(consultation: Consultation) -> ShownPoll | None:
    """The poll that stands on its page; a query where there is one."""
    if consultation.poll_id is None:
        return None
    found = polls.for_page(Poll.objects.published()).filter(pk=consultation.poll_id).first()
    return ShownPoll.of(found) if found else None


def remarks_context(consultation: Consultation, filters: Filters) -> dict[str, Any]:
    """The region of remarks alone."""
    show_state(consultation)
    text = text_shown(consultation) if filters.clause else None
    heat = Heat.of(consultation)
    return {"heat": heat, **_remarks(consultation, filters, text, heat.total)}


def _remarks(
    consultation: Consultation, filters: Filters, text: Text | None, total: int
) -> dict[str, Any]:
    page = reading.remarks_of(consultation, filters)
    clause = text.by_key.get(filters.clause) if text and filters.clause else None
    fragment = reverse("consultations:remarks", args=[consultation.pk])
    query = filters.query()
    return {
        "consultation": consultation,
        "remarks": page.items,
        "page": page,
        "filters": filters,
        "filter_query": query,
        "filtered_clause": clause,
        "total": total,
        "fragment_url": f"{fragment}?{query}" if query else fragment,
        "sorts": _sort_tabs(consultation, filters),
        "kinds": _kind_tabs(consultation, filters),
        "voices": _voice_tabs(consultation, filters),
    }


def _sort_tabs(consultation: Consultation, filters: Filters) -> list[dict[str, Any]]:
    labels = {
        "newest": _("Newest"),
        "supported": _("Most supported"),
        "disputed": _("Most disputed"),
        "unanswered": _("Unanswered"),
    }
    return [
        {
            "label": label,
            "url": f"{consultation.get_absolute_url()}?{filters.query(sort=sort)}#remarks",
            "current": sort == filters.sort,
        }
        for sort, label in labels.items()
    ]


def _kind_tabs(consultation: Consultation, filters: Filters) -> list[dict[str, Any]]:
    labels = {
        "": _("All kinds"),
        "remark": capfirst(Remark.Kind.REMARK.label),
        "wording": _("Proposed wordings"),
        "question": _("Questions"),
    }
    return [
        {
            "label": label,
            "url": f"{consultation.get_absolute_url()}?{filters.query(kind=kind)}#remarks",
            "current": kind == filters.kind,
        }
        for kind, label in labels.items()
    ]


def _voice_tabs(consultation: Consultation, filters: Filters) -> list[dict[str, Any]]:
    """For procedures about business, where one asks what businesses themselves say."""
    if not consultation.procedure.is_about_business:
        return []
    labels = {
        "": _("Everybody"),
        "organisation": _("From businesses and organisations"),
        "person": _("From people"),
    }
    return [
        {
            "label": label,
            "url": f"{consultation.get_absolute_url()}?{filters.query(voice=voice)}#remarks",
            "current": voice == filters.voice,
        }
        for voice, label in labels.items()
    ]


def draw(remark: Remark, consultation: Consultation) -> Remark:
    """Give a remark what its partial draws.

    ``url``; ``said_of``: the number of the version it speaks of, where that is no longer the
    newest one, else None; ``clause_url``: its clause in that version; ``parts`` of a proposed
    wording.
    """
    comment = remark.comment
    remark.url = remark.get_absolute_url()
    is_of_newest = remark.text_number in (None, consultation.text_number)
    remark.said_of = None if is_of_newest else remark.text_number
    version = f"?version={remark.said_of}" if remark.said_of else ""
    remark.clause_url = f"{consultation.get_absolute_url()}{version}#c-{remark.clause_key}"
    remark.parts = (
        wording_parts(remark.clause.text, comment.proposal)
        if comment.proposal and remark.clause and comment.is_visible
        else None
    )
    return remark


@lru_cache(maxsize=2048)
def wording_parts(text: str, proposal: str) -> tuple[tuple[str, str], ...]:
    """The difference of a clause's text and a wording proposed for it, for components/diff."""
    return tuple(difference.words(text, proposal))


def _versions(consultation: Consultation) -> list[Version]:
    if consultation.draft_id is None:
        return []
    return _VERSIONS.all(draft=consultation.draft_id)


_VERSIONS = Statement(
    lambda: Version.objects.published().filter(draft=Asked("draft")).latest_first()
)


def _chosen_text(versions: list[Version], number: str) -> Text | None:
    if not versions:
        return None
    chosen = next((v for v in versions if str(v.number) == number), versions[0])
    return text_of(chosen.pk)


def stages(consultation: Consultation) -> list[dict[str, Any]]:
    """Where it stands, for components/timeline."""
    state = consultation.state
    order = [State.ANNOUNCED, State.OPEN, State.CLOSED, State.REPORTED]
    place = order.index(state) if state in order else -1
    facts = [
        (_("Announcement"), consultation.announced_at),
        (_("Open for remarks"), consultation.opens_at),
        (_("Remarks close"), consultation.last_day),
        (_("Report"), consultation.reported_at or consultation.report_due_on),
    ]
    drawn = []
    for number, (label, date) in enumerate(facts):
        if state == State.WITHDRAWN:
            stage = "done" if date and _passed(consultation, date) else "stop"
        elif number < place or state == State.REPORTED:
            stage = "done"
        else:
            stage = "now" if number == place else "next"
        drawn.append({"label": label, "state": stage, "date": date})
    return drawn


def _passed(consultation: Consultation, date: Any) -> bool:
    ended = consultation.withdrawn_at
    return date <= ended if hasattr(date, "hour") else date <= ended.date()


def next_steps(consultation: Consultation, *, has_email: bool) -> str:
    """What follows for whoever has just spoken, and by when, in sentences."""
    told = [
        _("Remarks are accepted until %(day)s inclusive.")
        % {"day": date_format(consultation.last_day, "j E")}
    ]
    if consultation.report_due_on:
        told.append(
            _("By %(day)s the council reports what it took into account, what not, and why.")
            % {"day": date_format(consultation.report_due_on, "j E Y")}
        )
    if has_email:
        told.append(_("The answer and the report come to you by e-mail."))
    return " ".join(told)


def remark_context(consultation: Consultation, remark: Remark, *, after: str) -> dict[str, Any]:
    """One remark and the replies to it; the council's stand with the remark itself."""
    show_state(consultation)
    draw(remark, consultation)
    reading.add_official_answers([remark])
    answers = (
        Comment.objects.public()
        .filter(parent=remark.pk, is_official=False)
        .select_related("author", "organisation")
        .defer("search")
    )
    return {
        "consultation": consultation,
        "remark": remark,
        "page": page_of(answers, order=("pk",), after=after, size=reading.PAGE_SIZE),
        "edits": list(remark.comment.edits.order_by("pk")[:20]) if remark.comment.edited_at else [],
    }


def versions_context(consultation: Consultation, query: QueryDict) -> dict[str, Any]:
    """Two published versions, clause beside clause."""
    show_state(consultation)
    versions = _versions(consultation)
    old, new = _pair(versions, query.get("from", ""), query.get("to", ""))
    rows = (
        difference.clauses(text_of(old.pk).clauses, text_of(new.pk).clauses) if old and new else []
    )
    return {
        "consultation": consultation,
        "versions": versions,
        "old": old,
        "new": new,
        "rows": rows,
        "only_changes": "all" not in query,
    }


def _pair(versions: list[Version], old: str, new: str) -> tuple[Version | None, Version | None]:
    by_number = {str(version.number): version for version in versions}
    newest = versions[0] if versions else None
    before = versions[1] if len(versions) > 1 else None
    return by_number.get(old, before), by_number.get(new, newest)


def display_context(consultation: Consultation) -> dict[str, Any]:
    """What a hall sees: the newest and the most supported, never what is hidden."""
    show_state(consultation)
    visible = reading.listed(consultation).filter(comment__hidden_at=None, comment__deleted_at=None)
    newest = list(visible.order_by("-comment_id")[:4])
    supported = list(
        visible.filter(comment__score__gt=0).order_by("-comment__score", "-comment_id")[:3]
    )
    heat = Heat.of(consultation)
    text = text_shown(consultation)
    hot_key = max(heat.by_key, key=lambda key: heat.by_key[key], default=None)
    return {
        "consultation": consultation,
        "newest": newest,
        "supported": supported,
        "total": heat.total,
        "hottest": text.by_key.get(hot_key) if text and hot_key else None,
        "hottest_count": heat.most,
        "join_url": settings.SITE_URL + consultation.get_absolute_url(),
        "now": consultation.now,
    }
