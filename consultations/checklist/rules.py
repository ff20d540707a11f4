"""Rules of the checklist: what is missing at a step. Pure: the facts are passed in."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from consultations.checklist.facts import Facts, Status
from consultations.checklist.items import Item, Stage, asked_of, at_stage, day_of
from core.domain.calendar import WorkCalendar, local_date
from core.domain.rules import ALLOWED, Verdict, refuse, refuse_unless

if TYPE_CHECKING:
    from consultations.checklist.models import ProcedureAnswers
    from consultations.models import Consultation, Procedure

#: Working days before a public discussion by which its day and place are published (art. 12(3)1).
NOTICE_DAYS = 3


def is_recommended(procedure: Procedure, day: date, calendar: WorkCalendar) -> bool:
    """Whether martial law makes the procedure a recommendation on ``day`` (law 389-VIII art. 9)."""
    return procedure.martial_law_duty == "recommended" and calendar.is_martial_law(day)


def complete(stage: Stage, facts: Facts, *, today: date, calendar: WorkCalendar) -> Verdict:
    """Nothing that the procedure asks before this step is missing.

    Refuses by ``consultation.lacks`` with the first missing item and its article. What martial law
    makes a recommendation may be missing with a reason that everybody reads
    (``consultation.lacks_recommended`` without one).
    """
    items = at_stage(asked_of(facts.consultation), stage)
    missing = next((item for item in items if item.judge(facts) is Status.MISSING), None)
    if missing is None:
        return ALLOWED
    procedure = facts.consultation.procedure
    if is_recommended(procedure, day_of(stage, facts, today), calendar):
        return refuse_unless(
            facts.answers.reason.strip(),
            "consultation.lacks_recommended",
            _(
                "It lacks: %(item)s (%(source)s). Under martial law this is recommended "
                "(%(martial)s): add it, or say why it is missing."
            )
            % _item_fields(missing, procedure),
            item=missing.code,
            article=missing.source,
        )
    return refuse(
        "consultation.lacks",
        _("It lacks: %(item)s (%(source)s).") % _item_fields(missing, procedure),
        item=missing.code,
        article=missing.source,
    )


def keep(before: Facts, after: Facts) -> Verdict:
    """Change what was announced: nothing that its checklist asked for the announcement is taken
    away again (``consultation.lacks``)."""
    consultation = after.consultation
    if consultation.announced_at is None:
        return ALLOWED
    for item in at_stage(asked_of(consultation), Stage.ANNOUNCE):
        if item.judge(before) is Status.DONE and item.judge(after) is Status.MISSING:
            return refuse(
                "consultation.lacks",
                _("It lacks: %(item)s (%(source)s).") % _item_fields(item, consultation.procedure),
                item=item.code,
                article=item.source,
            )
    return ALLOWED


def _item_fields(item: Item, procedure: Procedure) -> dict[str, object]:
    return {
        "item": item.name,
        "source": item.source,
        "martial": procedure.martial_law_basis,
    }


def answer(
    consultation: Consultation, answers: ProcedureAnswers, *, former: ProcedureAnswers, today: date
) -> Verdict:
    """Answer about the procedure: what was decided by a report stays, and the document is put up
    between its announcement and today."""
    return (
        refuse_unless(
            answers.posted_on is None or answers.posted_on <= today,
            "checklist.posted_in_the_future",
            _("That day is still to come."),
        )
        and refuse_unless(
            answers.posted_on is None
            or (
                consultation.announced_at is not None
                and answers.posted_on >= local_date(consultation.announced_at)
            ),
            "checklist.posted_before_announcement",
            _("It is put up once it is announced."),
        )
        and refuse_unless(
            consultation.announced_at is None
            or not former.discussion_grounds
            or set(former.discussion_grounds) <= set(answers.discussion_grounds or ()),
            "checklist.grounds_fixed",
            _("What the announcement said of a public discussion stays; more can be added."),
        )
        and refuse_unless(
            consultation.reported_at is None or _is_same_record(answers, former),
            "checklist.fixed_by_report",
            _("The report is published: what stood behind it stays."),
        )
    )


def _is_same_record(answers: ProcedureAnswers, former: ProcedureAnswers) -> bool:
    """Whether nothing differs but what may be said at any time: where it stands on the platform,
    and why something recommended is missing."""
    names = {field.attname for field in answers._meta.concrete_fields}
    names -= {"platform", "platform_url", "reason"}
    return all(getattr(answers, name) == getattr(former, name) for name in names)


def plan_discussion(
    consultation: Consultation, *, held_at: datetime, now: datetime, calendar: WorkCalendar
) -> Verdict:
    """Publish an event of a public discussion: of what is announced and not reported, three
    working days before it (law 3841-IX art. 12(3)1)."""
    earliest = calendar.add_working_days(local_date(now), NOTICE_DAYS)
    return refuse_unless(
        consultation.announced_at is not None and consultation.reported_at is None,
        "checklist.no_discussion_now",
        _("Public discussions belong between the announcement and the report."),
    ) and refuse_unless(
        local_date(held_at) >= earliest,
        "checklist.discussion_too_soon",
        _(
            "Its day and place are published three working days before it at least: on "
            "%(earliest)s at the earliest (law 3841-IX art. 12(3))."
        )
        % {"earliest": date_format(earliest)},
        earliest=earliest,
    )


def cancel_discussion(*, reason: str, is_cancelled: bool, is_over: bool) -> Verdict:
    """Cancel an event that is still to come, with a reason."""
    return (
        refuse_unless(
            not is_cancelled, "checklist.cancelled_already", _("It is cancelled already.")
        )
        and refuse_unless(not is_over, "checklist.discussion_over", _("It has taken place."))
        and refuse_unless(
            reason.strip(),
            "consultation.reason_missing",
            _("Give the reason: participants read it."),
        )
    )
