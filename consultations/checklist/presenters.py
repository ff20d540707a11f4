"""Presenters of the checklist: each item with how it stands and where it is entered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from consultations.checklist.facts import Facts, Status
from consultations.checklist.items import Item, Stage, asked_of, day_of
from consultations.checklist.models import Ground
from consultations.checklist.rules import is_recommended
from core.domain.calendar import WorkCalendar

STAGES: dict[Stage, str | Promise] = {
    Stage.ANNOUNCE: gettext_lazy("Before the announcement"),
    Stage.REPORT: gettext_lazy("Before the report"),
    Stage.DECIDE: gettext_lazy("Before the decision"),
    Stage.ON_ADOPTION: gettext_lazy("On the day of the decision"),
}


@dataclass(frozen=True, slots=True)
class ShownItem:
    """A line of the checklist. ``is_ahead``: it is missing, and its step is still to come."""

    item: Item
    status: Status
    is_recommended: bool
    is_ahead: bool
    url: str
    detail: str = ""
    #: Of an urgent act: its own page.
    act_url: str = ""

    @property
    def kind(self) -> str:
        """The colour of its tag (components/status_tag.html)."""
        if self.status is Status.DONE:
            return "done"
        if self.status is Status.NOT_ASKED or self.is_ahead:
            return "closed"
        return "soon" if self.is_recommended else "stop"

    @property
    def label(self) -> str:
        if self.status is Status.DONE:
            return pgettext("item of a checklist", "done")
        if self.status is Status.NOT_ASKED:
            return _("not asked")
        if self.is_ahead:
            return _("ahead")
        return _("recommended") if self.is_recommended else _("missing")


@dataclass(frozen=True, slots=True)
class ShownStage:
    """The items before one step."""

    stage: Stage
    title: str | Promise
    items: list[ShownItem]


def stages_of(
    facts: Facts, *, today: date, calendar: WorkCalendar, is_public: bool = False
) -> list[ShownStage]:
    """The whole checklist by steps, without the steps that it asks nothing of.

    ``is_public``: nothing of a report is missing before it is published.
    """
    consultation = facts.consultation
    is_closed = consultation.closes_at is not None and consultation.closes_at <= facts.now
    passed = {
        Stage.ANNOUNCE: True,
        Stage.REPORT: consultation.reported_at is not None if is_public else is_closed,
        Stage.DECIDE: consultation.reported_at is not None or facts.decision is not None,
        Stage.ON_ADOPTION: True,
    }
    shown = []
    for stage, title in STAGES.items():
        day = day_of(stage, facts, today)
        recommended = is_recommended(consultation.procedure, day, calendar)
        items = [item for item in asked_of(consultation) if item.stage is stage]
        rows = list(_show(items, facts, recommended=recommended, is_ahead=not passed[stage]))
        if stage is Stage.ON_ADOPTION:  # asked of few decisions, and said where it is asked
            rows = [row for row in rows if row.status is not Status.NOT_ASKED]
        if rows:
            shown.append(ShownStage(stage, title, rows))
    return shown


def _show(
    items: Iterable[Item], facts: Facts, *, recommended: bool, is_ahead: bool
) -> Iterable[ShownItem]:
    for item in items:
        status = item.judge(facts)
        fragment = f"#{item.fragment}" if item.fragment else ""
        yield ShownItem(
            item,
            status,
            recommended,
            is_ahead and status is Status.MISSING,
            reverse(item.page, args=[facts.consultation.pk]) + fragment,
            _detail(item, facts) if status is Status.DONE else "",
            facts.urgent_act.get_absolute_url()
            if item.code == "urgent_act" and facts.urgent_act
            else "",
        )


def _detail(item: Item, facts: Facts) -> str:
    """Days and places of what was done, for everybody."""
    answers, consultation = facts.answers, facts.consultation
    if item.code == "notice_board" and answers.posted_on:
        return f"{date_format(answers.posted_on, 'j E Y')}, {answers.posted_where}"
    if item.code == "platform":
        return answers.platform_url or _("held on this site alone")
    if item.code == "discussion_grounds":
        return _grounds(answers.discussion_grounds or [])
    if item.code == "discussion_held":
        return "; ".join(
            f"{date_format(localtime(each.held_at), 'j E Y, H:i')}, {each}" for each in facts.held
        )
    if item.code == "revised_draft" and answers.is_text_unchanged:
        return _("the text did not change")
    if item.code == "report_body":
        return facts.body
    if item.code == "urgent_act" and facts.urgent_act:
        return f"№ {facts.urgent_act.number}, {date_format(facts.urgent_act.adopted_on, 'j E Y')}"
    if item.code in ("report_published", "results_published") and consultation.reported_at:
        return date_format(localtime(consultation.reported_at), "j E Y")
    return ""


def _grounds(codes: list[str]) -> str:
    labels = dict(Ground.choices)
    named = "; ".join(str(labels[code]) for code in codes)
    return named or _("none of the four cases of the law")
