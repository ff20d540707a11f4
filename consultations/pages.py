"""Contexts of the public pages' templates. No request, no user: the same for everybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.for_whom import PageCards
from city.models import District, Theme
from consultations import queries, rules
from consultations.cards import ConsultationCards
from consultations.costs.queries import public_table
from consultations.decisions import queries as decisions
from consultations.decisions.presenters import ShownDecision
from consultations.decisions.trail import trail_context
from consultations.models import Consultation, Remark, State
from consultations.presenters import ShownConsultation, ShownRemark, about_says
from consultations.queries import Heat
from consultations.remarks.filters import Filters
from consultations.repeats.queries import most_said, repeats_context
from core.db.paging import page_of
from core.db.statements import Asked, Statement
from core.domain.calendar import local_date
from core.domain.council import council
from core.export.sharing import share_context
from core.kept_pictures.presenters import ShownPicture
from discussions.models import Comment
from drafts.models import Version
from drafts.versions import difference
from drafts.versions.published import Text, text_of, versions_until
from votes import pages as polls
from votes.models import Poll
from votes.presenters import ShownPoll

LISTS = ("open", "announced", "closed", "reported", "withdrawn")
LIST_SIZE = 20


def list_context(query: QueryDict) -> dict[str, Any]:
    """All consultations of a state, a theme and a district, the soonest to close first."""
    chosen = query.get("state", "")
    consultations = Consultation.objects.published()
    if chosen in LISTS:
        consultations = getattr(consultations, chosen)()
    theme = query.get("theme", "").replace("\0", "")
    if theme:
        consultations = consultations.filter(themes__slug=theme)
    district = query.get("district", "").replace("\0", "")
    if district:
        consultations = consultations.filter(district__slug=district)
    order = ("closes_at", "pk") if chosen in ("open", "announced") else ("-announced_at", "-pk")
    page = page_of(
        queries.for_page(consultations).prefetch_related("themes"),
        order=order,
        after=query.get("after", ""),
        size=LIST_SIZE,
    )
    themes = Theme.objects.filter(consultation__isnull=False).distinct()
    districts = District.objects.filter(consultation__isnull=False).distinct()
    narrowed = {"state": chosen, "theme": theme, "district": district}
    consultations_shown = queries.show_cards(page)
    return {
        "page": page,
        "consultations": consultations_shown,
        "cards": PageCards((ConsultationCards.of(consultations_shown),)),
        "next_url": _url(narrowed, after=page.next_cursor) if page.next_cursor else "",
        "previous_url": _url(narrowed, after=page.previous_cursor) if page.previous_cursor else "",
        "state": chosen,
        "theme_links": _links(narrowed, "theme", themes),
        "district_links": _links(narrowed, "district", districts),
        "states": _state_tabs(narrowed),
        **_of_map(consultations, narrowed, query.get("after", "")),
    }


def _of_map(
    consultations: QuerySet[Consultation], narrowed: Mapping[str, str], after: str
) -> dict[str, Any]:
    """Context of the map of districts on the first page of a list: one query, if there is one."""
    if narrowed["district"] or after or not council().map_version:
        return {}
    rows = consultations.order_by().values_list("district")
    url = _url(narrowed)
    return {
        "by_district": dict(rows.annotate(number=Count("pk", distinct=True))),
        "narrow_url": url + ("&" if "?" in url else "?"),
    }


def _links(
    narrowed: Mapping[str, str], name: str, rows: Iterable[Theme | District]
) -> dict[str, Any]:
    """A line of links that narrow the list by the rows of one of the council's lists."""
    return {
        "items": [
            {
                "label": row.local_name,
                "url": _url(narrowed, **{name: row.slug}),
                "current": row.slug == narrowed[name],
                "follow": (name, row.pk),
            }
            for row in rows
        ],
        "all_url": _url(narrowed, **{name: ""}) if narrowed[name] else "",
    }


def _url(narrowed: Mapping[str, str], **changed: str) -> str:
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in {**narrowed, **changed}.items() if value})
    base = reverse("consultations:list")
    return f"{base}?{query.urlencode()}" if query else base


def _state_tabs(narrowed: Mapping[str, str]) -> list[dict[str, Any]]:
    labels = {
        "": _("All"),
        "open": _("Open now"),
        "announced": _("Opening soon"),
        "closed": _("Awaiting the report"),
        "reported": _("Answered"),
        "withdrawn": _("Withdrawn"),
    }
    return [
        {"label": label, "url": _url(narrowed, state=state), "current": state == narrowed["state"]}
        for state, label in labels.items()
    ]


def text_shown(consultation: Consultation, number: str = "") -> Text | None:
    """The version asked for by number, else the newest published one; None: no text yet."""
    if consultation.draft_id is None:
        return None
    versions = Version.objects.published().filter(draft=consultation.draft_id)
    if number.isdecimal() and len(number) < 5:
        versions = versions.filter(number=int(number))
    version_id = versions.latest_first().values_list("pk", flat=True).first()
    return text_of(version_id) if version_id else None


def detail_context(shown: ShownConsultation, query: QueryDict) -> dict[str, Any]:
    """The whole page of a consultation."""
    consultation = shown.consultation
    filters = Filters.of(query, consultation.draft_id)
    heat = Heat.of(consultation)
    versions = _versions_shown(shown)
    text = _chosen_text(versions, query.get("version", ""))
    decided = decisions.decision_of(consultation, shown.now)
    beside = queries.beside_the_text(consultation)
    timeline = timeline_context(shown, decided)
    return {
        "versions": versions,
        "text": text,
        "is_latest": text is not None and text.number == max(v.number for v in versions),
        "heat": heat,
        "costs": public_table(shown, text) if consultation.procedure.is_about_business else [],
        "decided": decided,
        **timeline,
        "about_says": about_says(shown, beside, **timeline),
        "accepts_remarks": rules.accept_remarks(consultation, now=shown.now),
        "poll": poll_of(consultation),
        "most_said": most_said(consultation.pk),
        **share_context(consultation.get_absolute_url(), "consultations:card", consultation.pk),
        **_with_pictures(beside),
        **_remarks(shown, filters, text, heat.total),
    }


def timeline_context(shown: ShownConsultation, decided: ShownDecision | None) -> dict[str, Any]:
    """Its stages up to the execution of what was decided."""
    return {"stages": [*stages(shown), *decisions.stages(shown.consultation, decided)]}


def _with_pictures(beside: dict[str, list[Any]]) -> dict[str, Any]:
    """Its pictures as the cover, where there is one, and the figures."""
    shown = [ShownPicture(each) for each in beside["pictures"]]
    covers = [each for each in shown if each.picture.is_cover]
    return {
        **beside,
        "cover": covers[0] if covers else None,
        "figures": [each for each in shown if not each.picture.is_cover],
    }


def poll_of(consultation: Consultation) -> ShownPoll | None:
    """The poll that stands on its page; a query where there is one."""
    if consultation.poll_id is None:
        return None
    found = polls.for_page(Poll.objects.published()).filter(pk=consultation.poll_id).first()
    return ShownPoll.of(found) if found else None


def remarks_context(shown: ShownConsultation, filters: Filters) -> dict[str, Any]:
    """The region of remarks alone."""
    text = text_shown(shown.consultation) if filters.clause else None
    heat = Heat.of(shown.consultation)
    return {"heat": heat, **_remarks(shown, filters, text, heat.total)}


def _remarks(
    shown: ShownConsultation, filters: Filters, text: Text | None, total: int
) -> dict[str, Any]:
    consultation = shown.consultation
    page = queries.remarks_of(shown, filters)
    clause = text.by_key.get(filters.clause) if text and filters.clause else None
    fragment = reverse("consultations:remarks", args=[consultation.pk])
    query = filters.query()
    return {
        **consultation_context(shown),
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


def consultation_context(shown: ShownConsultation) -> dict[str, Any]:
    """A consultation as every template about one takes it: itself, and how it stands now."""
    return {"consultation": shown.consultation, "shown": shown}


def remark_part_context(remark: ShownRemark) -> dict[str, Any]:
    """A remark as the partial ``remark`` of the consultation's page takes it."""
    return {"remark": remark.remark, "shown_remark": remark}


def _sort_tabs(consultation: Consultation, filters: Filters) -> list[dict[str, Any]]:
    address = consultation.get_absolute_url()
    labels = {
        "newest": _("Newest"),
        "supported": _("Most supported"),
        "disputed": _("Most disputed"),
        "unanswered": _("Unanswered"),
    }
    return [
        {
            "label": label,
            "url": f"{address}?{filters.query(sort=sort)}#remarks",
            "current": sort == filters.sort,
        }
        for sort, label in labels.items()
    ]


def _kind_tabs(consultation: Consultation, filters: Filters) -> list[dict[str, Any]]:
    address = consultation.get_absolute_url()
    labels = {
        "": _("All kinds"),
        "remark": capfirst(Remark.Kind.REMARK.label),
        "wording": _("Proposed wordings"),
        "question": _("Questions"),
    }
    return [
        {
            "label": label,
            "url": f"{address}?{filters.query(kind=kind)}#remarks",
            "current": kind == filters.kind,
        }
        for kind, label in labels.items()
    ]


def _voice_tabs(consultation: Consultation, filters: Filters) -> list[dict[str, Any]]:
    """For procedures about business, where one asks what businesses themselves say."""
    if not consultation.procedure.is_about_business:
        return []
    address = consultation.get_absolute_url()
    labels = {
        "": _("Everybody"),
        "organisation": _("From businesses and organisations"),
        "person": _("From people"),
    }
    return [
        {
            "label": label,
            "url": f"{address}?{filters.query(voice=voice)}#remarks",
            "current": voice == filters.voice,
        }
        for voice, label in labels.items()
    ]


def _versions_shown(shown: ShownConsultation) -> list[Version]:
    """Its published versions, the newest first: no query where the process has read them."""
    if shown.consultation.draft_id is None or shown.text_number is None:
        return []
    return list(versions_until(shown.consultation.draft_id, shown.text_number))


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


def stages(shown: ShownConsultation) -> list[dict[str, Any]]:
    """Stages of the consultation, for components/timeline."""
    consultation, state = shown.consultation, shown.state
    order = [State.ANNOUNCED, State.OPEN, State.CLOSED, State.REPORTED]
    place = order.index(state) if state in order else -1
    facts: list[tuple[str, date | None]] = [
        (_("Announcement"), consultation.announced_at),
        (_("Open for remarks"), consultation.opens_at),
        (_("Remarks close"), consultation.last_day),
        (_("Report"), consultation.reported_at or consultation.report_due_on),
    ]
    drawn = []
    for number, (label, day) in enumerate(facts):
        if state == State.WITHDRAWN:
            stage = "done" if day and _has_passed(consultation, day) else "stop"
        elif number < place or state == State.REPORTED:
            stage = "done"
        else:
            stage = "now" if number == place else "next"
        drawn.append({"label": label, "state": stage, "date": day})
    return drawn


def _has_passed(consultation: Consultation, day: date) -> bool:
    """Whether a day or moment (a datetime is a date, too) had come when it was withdrawn."""
    ended = consultation.withdrawn_at
    if ended is None:
        return False
    return day <= ended if isinstance(day, datetime) else day <= local_date(ended)


def remark_context(
    shown: ShownConsultation, remark: ShownRemark, *, after: str, repeats_after: str = ""
) -> dict[str, Any]:
    """One remark and the replies to it; the council's stand with the remark itself."""
    comment = remark.comment
    answers = (
        Comment.objects.public()
        .filter(parent=remark.pk, is_official=False)
        .select_related("author", "organisation")
        .defer("search")
    )
    return {
        **consultation_context(shown),
        **remark_part_context(remark),
        **repeats_context(remark, repeats_after),
        **trail_context(shown, remark),
        "page": page_of(answers, order=("pk",), after=after, size=queries.PAGE_SIZE),
        "edits": list(comment.edits.order_by("pk")[:20]) if comment.edited_at else [],
    }


def versions_context(consultation: Consultation, query: QueryDict) -> dict[str, Any]:
    """Two published versions, clause beside clause."""
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
