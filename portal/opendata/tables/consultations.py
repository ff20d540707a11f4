"""Consultations, what was said in them and what became of it, and what was decided."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations import opendata
from consultations.decisions.models import VOTES, Decision
from consultations.dispositions import conditions
from consultations.dispositions.models import Disposition
from consultations.dispositions.queries import resulting_labels
from consultations.models import Consultation, Remark
from core.domain.clock import Now
from core.export.csv import moment
from portal.opendata.datasets import Dataset, More, Row, chunks_of, columns_of

_TOPICS = ("consultations", "consultation:")
_POSTED = moment("created_at")


def _url(name: str, *arguments: int) -> str:
    return f"{settings.SITE_URL}{reverse(f'consultations:{name}', args=arguments)}"


# --- Consultations --------------------------------------------------------------------------------


def _consultations() -> Iterator[Row]:
    return ([*row.values()] for row in opendata.rows())


def _announced_consultations() -> QuerySet[Consultation]:
    return Consultation.objects.published()


CONSULTATIONS = Dataset(
    slug="consultations",
    version=1,
    title=_("Public consultations"),
    words=_(
        "Every announced consultation: what it is about, its dates, how many remarks came and what "
        "was decided."
    ),
    keywords=(_("public consultations"), _("draft decisions"), _("participation")),
    columns=columns_of(
        {
            "id": ("whole!", _("Number of the consultation")),
            "url": ("link!", _("Its page")),
            "title": ("text!", _("Title")),
            "summary": ("text!", _("Summary in plain language")),
            "state": ("text!", _("State")),
            "procedure": ("text!", _("Code of the procedure by which it is held")),
            "department": ("text!", _("Responsible department, by its slug")),
            "themes": ("text!", _("Themes, by their slugs")),
            "announced_at": ("moment!", _("When it was announced")),
            "opens_at": ("moment", _("From when remarks are accepted")),
            "last_day": ("day", _("Last day for remarks")),
            "report_due_on": ("day", _("By when the report is due")),
            "reported_at": ("moment", _("When the report was published")),
            "withdrawn_at": ("moment", _("When it was withdrawn")),
            "remarks": ("whole!", _("Number of visible remarks")),
            "outcome": ("text", _("Outcome of the consultation")),
            "decision": ("text", _("The council’s decision")),
            "decided_on": ("day", _("Day of the decision")),
            "act": ("text", _("Number of the act")),
        },
        state=_("announced, open, closed, reported or withdrawn."),
        themes=_("Separated by spaces."),
        decision=_("adopted, rejected or postponed."),
    ),
    rows=_consultations,
    topics=_TOPICS,
    span=_announced_consultations,
    first="announced_at",
    last=("announced_at", "reported_at", "withdrawn_at"),
    more=(More("consultations:list", _("Consultations, each with its remarks as a file")),),
)


# --- Remarks --------------------------------------------------------------------------------------


def _entered_remarks() -> QuerySet[Remark]:
    """Remarks that were not deleted, of announced consultations; replies are none."""
    return Remark.objects.filter(
        consultation__announced_at__lte=Now(), comment__deleted_at=None, comment__parent=None
    )


def _remarks() -> Iterator[Row]:
    rows = (
        _entered_remarks()
        .select_related("comment__organisation", "clause", "disposition", "consultation")
        .defer("comment__search", "clause__html", "clause__search", "consultation__problem")
    )
    for remarks in chunks_of(rows):
        for remark in remarks:
            yield _remark(remark)


def _remark(remark: Remark) -> Row:
    comment = remark.comment
    is_shown = comment.is_visible
    return (
        remark.pk,
        remark.consultation_id,
        remark.number,
        _url("remark", remark.consultation_id, remark.pk),
        remark.source,
        _POSTED(comment),
        remark.kind,
        _organisation(comment) if is_shown else None,
        str(remark.clause) if remark.clause else None,
        comment.text if is_shown else None,
        (comment.proposal or None) if is_shown else None,
        comment.hidden_reason or None,
        comment.agrees if is_shown else None,
        comment.disagrees if is_shown else None,
        remark.folded_into_id,
    )


def _organisation(comment: Any) -> str | None:
    """Its ЄДРПОУ, else its name: a sole proprietor's number is personal."""
    one = comment.organisation
    return (one.code or one.short_name or None) if one else None


REMARKS = Dataset(
    slug="remarks",
    version=1,
    title=_("Remarks in consultations"),
    words=_(
        "Every remark and proposal to a draft decision, without the names of people. Of one that a "
        "moderator has hidden there is the reason and nothing of its words."
    ),
    keywords=(_("remarks"), _("proposals"), _("public consultations")),
    columns=columns_of(
        {
            "id": ("whole!", _("Identifier of the remark")),
            "consultation_id": ("whole!", _("Number of the consultation")),
            "number": ("whole", _("Number in the table of dispositions")),
            "url": ("link!", _("Its page")),
            "received": ("text!", _("How it was received")),
            "posted_at": ("moment!", _("When it was received")),
            "kind": ("text!", _("Kind of the remark")),
            "organisation": ("text", _("Organisation in whose name it was made")),
            "clause": ("text", _("Clause of the draft that it speaks of")),
            "text": ("text", _("Its words")),
            "proposal": ("text", _("Wording that it proposes")),
            "hidden": ("text", _("Reason for which it was hidden")),
            "agrees": ("whole", _("How many agree with it")),
            "disagrees": ("whole", _("How many disagree")),
            "folded_into_id": ("whole", _("Remark with nearly the same words that stands for it")),
        },
        organisation=_("Its ЄДРПОУ, or its name where it has none."),
    ),
    rows=_remarks,
    topics=_TOPICS,
    span=_entered_remarks,
    first="comment__created_at",
    last=("comment__created_at",),
    more=(More("consultations:list", _("Consultations, each with its remarks as a file")),),
)


# --- Dispositions ---------------------------------------------------------------------------------


def _answered_dispositions() -> QuerySet[Disposition]:
    """Dispositions that everybody may read; of a folded remark there is none, nor of a hidden one
    that is not considered (ADR 98)."""
    return Disposition.objects.filter(
        conditions.is_kind_public(path="", remark="remark"),
        remark__folded_into=None,
        remark__consultation__announced_at__lte=Now(),
    )


def _dispositions() -> Iterator[Row]:
    folded = Count("remark__folded", filter=Q(remark__folded__comment__deleted_at=None))
    rows: QuerySet[Any] = (
        _answered_dispositions().select_related("remark__comment").annotate(answered=folded)
    )
    for dispositions in chunks_of(rows):
        labels = resulting_labels(dispositions)
        for one in dispositions:
            remark, key = one.remark, one.resulting_key
            yield (
                remark.pk,
                remark.consultation_id,
                remark.number,
                _url("remark", remark.consultation_id, remark.pk),
                one.kind,
                conditions.public_reason(remark, one) or None,
                (labels.get(key) if key and remark.comment.is_visible else None),
                _DECIDED(one),
                one.answered,
            )


_DECIDED = moment("decided_at")

DISPOSITIONS = Dataset(
    slug="dispositions",
    version=1,
    title=_("What became of remarks"),
    words=_(
        "The council’s published decision on each remark, and why. Of one that a moderator has "
        "hidden and that is considered there is the decision, and a reason that was checked to "
        "repeat nothing of its words."
    ),
    keywords=(_("remarks"), _("proposals"), _("decisions of the council")),
    columns=columns_of(
        {
            "remark_id": ("whole!", _("Identifier of the remark")),
            "consultation_id": ("whole!", _("Number of the consultation")),
            "number": ("whole", _("Number in the table of dispositions")),
            "url": ("link!", _("Page of the remark")),
            "disposition": ("text!", _("What was decided")),
            "reason": ("text", _("Reason")),
            "resulting_clause": ("text", _("Clause to which it led")),
            "decided_at": ("moment!", _("When it was decided")),
            "folded": ("whole!", _("How many remarks with nearly the same words it answers, too")),
        },
        disposition=_("accepted, partly, rejected or noted."),
    ),
    rows=_dispositions,
    topics=_TOPICS,
    span=_answered_dispositions,
    first="decided_at",
    last=("decided_at", "changed_at"),
)


# --- Decisions ------------------------------------------------------------------------------------


def _public_decisions() -> QuerySet[Decision]:
    return Decision.objects.filter(consultation__announced_at__lte=Now())


def _decisions() -> Iterator[Row]:
    rows = _public_decisions().select_related("consultation__department").prefetch_related(_THEMES)
    for decisions in chunks_of(rows):
        for one in decisions:
            about = one.consultation
            yield (
                about.pk,
                about.title,
                _url("detail", about.pk),
                about.department.slug,
                " ".join(sorted(theme.slug for theme in about.themes.all())),
                one.outcome,
                one.decided_on,
                one.number or None,
                one.url or None,
                one.reason or None,
                *(getattr(one, name) for name in VOTES),
                one.roll_call_url or None,
                one.in_force_from,
                one.in_force_until,
                one.ended_by or None,
                one.ended_by_url or None,
            )


_THEMES = Prefetch("consultation__themes")

DECISIONS = Dataset(
    slug="decisions",
    version=2,
    title=_("Decisions on what was consulted on"),
    words=_("What the council decided on each draft after its consultation, and by which act."),
    keywords=(_("decisions of the council"), _("acts"), _("draft decisions")),
    columns=columns_of(
        {
            "consultation_id": ("whole!", _("Number of the consultation")),
            "title": ("text!", _("Title")),
            "url": ("link!", _("Its page")),
            "department": ("text!", _("Responsible department, by its slug")),
            "themes": ("text!", _("Themes, by their slugs")),
            "outcome": ("text!", _("The council’s decision")),
            "decided_on": ("day!", _("Day of the decision")),
            "act": ("text", _("Number of the act")),
            "act_url": ("link", _("Text of the act")),
            "reason": ("text", _("Reason")),
            "for": ("whole", _("Votes for")),
            "against": ("whole", _("Votes against")),
            "abstained": ("whole", _("Abstained")),
            "not_voting": ("whole", _("Did not vote")),
            "members": ("whole", _("Members of the council")),
            "roll_call_url": ("link", _("Page of the roll-call")),
            "in_force_from": ("day", _("In force from")),
            "in_force_until": ("day", _("In force until")),
            "ended_by": ("text", _("Act by which it ceased to be in force")),
            "ended_by_url": ("link", _("Link to that act")),
        },
        themes=_("Separated by spaces."),
        outcome=_("adopted, rejected or postponed."),
    ),
    rows=_decisions,
    topics=_TOPICS,
    span=_public_decisions,
    first="at",
    last=("at",),
)
