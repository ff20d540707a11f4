"""Queries of the checklist: the facts by which its items are judged."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db.models import Max, Q

from city.calendar import work_calendar
from city.models import LocalElection
from consultations.acts.models import UrgentAct
from consultations.checklist import rules
from consultations.checklist.elections import Election
from consultations.checklist.facts import Facts
from consultations.checklist.items import Stage, asked_of, at_stage
from consultations.checklist.models import ProcedureAnswers
from consultations.models import Consultation, Decision, Procedure, Remark, Report
from core.domain import clock
from core.domain.calendar import local_date
from core.domain.council import council
from core.domain.rules import ALLOWED, Verdict
from discussions.models import HELD, Comment
from drafts.models import Version

#: Items that are judged by the files beside the draft.
_OF_PAPERS = {"impact_analysis", "sme_test", "impact_analysis_kept"}
#: Items that are judged by the decision.
_OF_DECISION = {"report_published", "urgent_act"}


def answers_of(consultation: Consultation) -> ProcedureAnswers:
    """Answers about its procedure; empty ones where nobody has answered."""
    found = ProcedureAnswers.objects.filter(pk=consultation.pk).first()
    return found or ProcedureAnswers(consultation=consultation)


def elections_for(consultation: Consultation, procedure: Procedure | None = None) -> list[Election]:
    """The elections that its checklist keeps it away from: a query, if there are any to ask for.

    ``procedure``: another one, chosen in a form before it is announced.
    """
    is_announced = consultation.announced_at is not None
    codes = (
        consultation.checklist if is_announced else (procedure or consultation.procedure).checklist
    )
    if "elections" not in codes:
        return []
    rows = LocalElection.objects.order_by("starts_on")
    return [Election(*row) for row in rows.values_list("name", "starts_on", "ends_on")]


def verdict_at(
    stage: Stage, consultation: Consultation, *, decision: Decision | None = None
) -> Verdict:
    """Whether anything that its checklist asks before ``stage`` is missing (rules.complete): no
    query where it asks nothing there. ``decision``: what is about to be decided."""
    if not at_stage(asked_of(consultation), stage):
        return ALLOWED
    now = clock.now()
    # What rows lack, the rule of the report itself says with their numbers.
    facts = facts_of(consultation, now, undecided=0)
    if decision is not None:
        facts = replace(facts, decision=decision)
    return rules.complete(stage, facts, today=local_date(now), calendar=work_calendar())


def facts_of(consultation: Consultation, now: datetime, *, undecided: int | None = None) -> Facts:
    """The facts that the items asked of a consultation are judged by: ten queries at most.

    ``undecided``: rows of the disposition table that cannot stand in a report, if they are known.
    """
    items = asked_of(consultation)
    codes = {item.code for item in items}
    is_reporting = any(item.stage is Stage.REPORT for item in items)
    is_announced = consultation.announced_at is not None
    published = Version.objects.published().filter(draft=consultation.draft_id)
    revised_at = published.aggregate(newest=Max("published_at"))["newest"]
    decision = None
    if is_announced and codes & _OF_DECISION:
        decision = Decision.objects.filter(consultation=consultation.pk).first()
    papers = consultation.attachments.order_by().values_list("kind", flat=True)
    return Facts(
        consultation=consultation,
        answers=answers_of(consultation),
        now=now,
        has_text=revised_at is not None,
        revised_at=revised_at,
        paper_kinds=set(papers) if codes & _OF_PAPERS else (),
        discussions=list(consultation.discussions.all()) if "discussion_held" in codes else (),
        report=Report.objects.filter(pk=consultation.pk).first() if is_reporting else None,
        unpublished=_count_unpublished(consultation, now) if is_reporting and is_announced else 0,
        undecided=undecided,
        elections=elections_for(consultation),
        body=_body_of(consultation) if is_announced and "report_body" in codes else "",
        nameless=_count_nameless(consultation) if "report_participants" in codes else 0,
        decision=decision,
        urgent_act=_urgent_act_of(decision) if decision else None,
    )


def _body_of(consultation: Consultation) -> str:
    """The body that held it, as the report names it; "" where either name is missing."""
    names = (council().council.strip(), consultation.department.name.strip())
    return ", ".join(names) if all(names) else ""


def _count_nameless(consultation: Consultation) -> int:
    """Proposals that the report would show by a public name alone, though their author declared no
    full name where the procedure asks for it. A name that went with its account, or was taken off,
    is not missing: a query where full names are asked for."""
    if not consultation.asks_full_name:
        return 0
    shown = Q(comment__deleted_at=None, comment__hidden_at=None, comment__parent=None)
    person = Q(comment__organisation=None, comment__unnamed_at=None, declaration=None)
    on_the_site = Q(comment__author__isnull=False, comment__author__erased_at=None)
    entered = Q(comment__author=None, received__isnull=False, comment__author_name="")
    remarks = Remark.objects.filter(shown, person, on_the_site | entered)
    return remarks.filter(consultation=consultation).count()


def _urgent_act_of(decision: Decision) -> UrgentAct | None:
    """The act that was published as urgent: a query where the decision has that ground."""
    if decision.early_ground != Decision.EarlyGround.URGENT:
        return None
    found = UrgentAct.objects.filter(number=decision.number, adopted_on=decision.decided_on)
    return found.only("number", "adopted_on").first()


def public_facts_of(consultation: Consultation, now: datetime) -> Facts:
    """The facts that everybody may know: of a report nothing before it is published."""
    if consultation.reported_at:
        return facts_of(consultation, now, undecided=0)
    return replace(facts_of(consultation, now), report=None)


def _count_unpublished(consultation: Consultation, now: datetime) -> int:
    """Proposals that nobody can read although their term is over: two queries.

    They wait for a moderator or for an organisation that is not confirmed.
    """
    within = consultation.procedure.proposals_within
    if within is None:
        return 0
    calendar, today = work_calendar(), local_date(now)
    held = Comment.objects.filter(
        thread=consultation.thread_id, parent=None, deleted_at=None, hidden_reason=HELD
    )
    waiting = consultation.waiting_remarks.undecided()
    moments = [
        *held.values_list("created_at", flat=True),
        *waiting.values_list("sent_at", flat=True),
    ]
    return sum(calendar.add_working_days(local_date(at), within) < today for at in moments)
