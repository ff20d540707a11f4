"""Rules of decisions and their execution. Pure: the facts are passed in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from consultations.decisions.models import VOTES, Decision
from consultations.models import Procedure
from consultations.rules import keep_record
from core.domain.calendar import WorkCalendar, local_date
from core.domain.rules import ALLOWED, Verdict, refuse, refuse_unless

if TYPE_CHECKING:
    from accounts.models import Anybody
    from consultations.models import Consultation


def work_on(user: Anybody, consultation: Consultation) -> Verdict:
    """Enter and correct its decision, and keep its steps: who keeps its record, once it is
    announced."""
    return keep_record(user, consultation) and refuse_unless(
        consultation.announced_at is not None,
        "decision.before_announcement",
        _("There is nothing to decide on yet: the consultation is not announced."),
    )


def enter(
    user: Anybody,
    consultation: Consultation,
    decision: Decision,
    *,
    today: date,
    calendar: WorkCalendar,
    is_entered: bool,
    checklist: Verdict = ALLOWED,
) -> Verdict:
    """Enter what was decided, once; later it is corrected with a trace. What was decided before the
    report is entered before it, too, with its ground (``day``).

    ``checklist``: whether the procedure's checklist asks for anything else before an act is adopted
    (checklist.queries.verdict_at).
    """
    return (
        work_on(user, consultation)
        and refuse_unless(
            not is_entered,
            "decision.entered_already",
            _("The decision has been entered meanwhile: correct that one."),
        )
        and refuse_unless(
            consultation.withdrawn_at is None,
            "decision.withdrawn",
            _("The consultation was withdrawn: nothing more is decided on it."),
        )
        and day(consultation, decision, calendar=calendar)
        and content(consultation, decision, today=today)
        and _lawful(decision, checklist)
    )


def _lawful(decision: Decision, checklist: Verdict) -> Verdict:
    """Nothing is adopted past its procedure (1160-IV art. 36, 3841-IX art. 18)."""
    return checklist if decision.outcome == Decision.Outcome.ADOPTED else ALLOWED


def change(
    user: Anybody,
    consultation: Consultation,
    decision: Decision,
    *,
    former: Decision,
    today: date,
    calendar: WorkCalendar,
    has_changed: bool,
    reason: str,
    checklist: Verdict = ALLOWED,
) -> Verdict:
    """Correct it with a reason; what was postponed is decided later without one.

    ``checklist`` as in ``enter``: of what becomes adopted.
    """
    is_decided_later = (
        former.outcome == Decision.Outcome.POSTPONED and decision.outcome != former.outcome
    )
    return (
        work_on(user, consultation)
        and refuse_unless(has_changed, "decision.same", _("Nothing is other than before."))
        and refuse_unless(
            is_decided_later or reason.strip(),
            "decision.correction_without_reason",
            _("Say why it is corrected: everybody reads it."),
        )
        and _day_or_same(consultation, decision, former=former, calendar=calendar)
        and content(consultation, decision, today=today)
        and (ALLOWED if former.outcome == decision.outcome else _lawful(decision, checklist))
    )


def earliest_day(consultation: Consultation) -> date | None:
    """From when on it may be decided: the day of the report, which follows the last day."""
    days = [consultation.last_day]
    if consultation.reported_at is not None:
        days.append(local_date(consultation.reported_at))
    return max((each for each in days if each), default=None)


def day(consultation: Consultation, decision: Decision, *, calendar: WorkCalendar) -> Verdict:
    """Decide on the day of the report or later; earlier, and while there is no report, on a ground
    of the law alone.

    Adoption waits until the consultation is over (law 3841-IX arts 13, 18(1); 2939-VI art. 15(4)).
    The grounds: an urgent act (3841-IX art. 16), or a publication that is only recommended while
    martial law lasts (389-VIII art. 9(10)), so on a day of martial law, and under a procedure of
    which the council has said so.
    """
    earliest = earliest_day(consultation)
    has_report = consultation.reported_at is not None
    is_early = not has_report or (earliest is not None and decision.decided_on < earliest)
    ground = decision.early_ground
    return (
        refuse_unless(
            has_report or ground,
            "decision.before_report",
            _(
                "The decision is entered after the report is published: adoption waits for it "
                "(laws 3841-IX art. 18(1), 2939-VI art. 15(4)). If a law let it be decided "
                "earlier, choose the ground."
            ),
        )
        and refuse_unless(
            not is_early or ground,
            "decision.too_early",
            _(
                "It cannot be decided before %(day)s, the day of the report: adoption waits until "
                "the consultation is over (laws 3841-IX art. 18(1), 2939-VI art. 15(4)). If a law "
                "lets it be decided earlier, choose the ground."
            )
            % {"day": date_format(earliest) if earliest else "–"},
            earliest=earliest,
        )
        and refuse_unless(
            is_early or not ground,
            "decision.ground_of_nothing",
            _("A ground is given only of what was decided before the day of the report."),
        )
        and refuse_unless(
            ground in ("", *Decision.EarlyGround.values),
            "decision.no_such_ground",
            _("The law knows no such ground."),
        )
        and refuse_unless(
            ground != Decision.EarlyGround.MARTIAL_LAW
            or (
                calendar.is_martial_law(decision.decided_on)
                and consultation.procedure.martial_law_duty == Procedure.Duty.RECOMMENDED
            ),
            "decision.no_martial_law",
            _(
                "Martial law lets nothing be decided earlier here: it was not in force on that "
                "day, or this procedure is mandatory under it, too."
            ),
        )
    )


def _day_or_same(
    consultation: Consultation, decision: Decision, *, former: Decision, calendar: WorkCalendar
) -> Verdict:
    """Check the day, unless a correction leaves it as it was entered, maybe before this
    was asked.
    """
    is_same = (decision.decided_on, decision.early_ground) == (
        former.decided_on,
        former.early_ground,
    )
    return ALLOWED if is_same else day(consultation, decision, calendar=calendar)


def content(consultation: Consultation, decision: Decision, *, today: date) -> Verdict:
    """Check the content that every decision must have, by its outcome."""
    is_adopted = decision.outcome == Decision.Outcome.ADOPTED
    text = decision.text
    return (
        refuse_unless(
            decision.decided_on <= today,
            "decision.in_the_future",
            _("That day is still to come."),
        )
        and refuse_unless(
            not is_adopted or decision.number.strip(),
            "decision.number_missing",
            _("Say the number of the act."),
        )
        and refuse_unless(
            decision.signed_on is None or is_adopted,
            "decision.signed_nothing",
            _("Only an adopted act is signed."),
        )
        and refuse_unless(
            decision.signed_on is None or decision.decided_on <= decision.signed_on <= today,
            "decision.signed_out_of_time",
            _("It was signed between the day of the decision and today."),
        )
        and refuse_unless(
            is_adopted or decision.reason.strip(),
            "decision.reason_missing",
            _("Say why: everybody reads it."),
        )
        and refuse_unless(
            text is None or is_adopted,
            "decision.text_of_nothing",
            _("Only an adopted act has a text."),
        )
        and refuse_unless(
            text is None or (text.draft_id == consultation.draft_id and text.is_published),
            "decision.text_elsewhere",
            _("Choose a published version of this draft."),
        )
        and in_force(decision)
        and roll_call(decision)
    )


def in_force(decision: Decision) -> Verdict:
    """Only an adopted act is in force, from a day on; it ends by another act or by its own term."""
    is_adopted = decision.outcome == Decision.Outcome.ADOPTED
    begins, ends = decision.in_force_from, decision.in_force_until
    has_ending_act = bool(decision.ended_by.strip() or decision.ended_by_url.strip())
    return (
        refuse_unless(
            is_adopted or (begins is None and ends is None),
            "decision.nothing_in_force",
            _("Only an adopted act comes into force."),
        )
        and refuse_unless(
            ends is None or begins is not None,
            "decision.in_force_since_when",
            _("Say since when it was in force."),
        )
        and refuse_unless(
            ends is None or begins is None or ends >= begins,
            "decision.in_force_out_of_order",
            _("It cannot end before it comes into force."),
        )
        and refuse_unless(
            not has_ending_act or ends is not None,
            "decision.ended_when",
            _("Say until which day it was in force."),
        )
        and refuse_unless(
            not decision.ended_by_url.strip() or decision.ended_by.strip(),
            "decision.ended_by_missing",
            _("Name the act by which it ceased to be in force."),
        )
    )


def roll_call(decision: Decision) -> Verdict:
    """The totals are all there or none, and adopt by the majority of the whole council
    (law 280/97-ВР art. 59(2))."""
    known = [getattr(decision, name) is not None for name in VOTES]
    if not any(known):
        return ALLOWED
    votes = decision.votes
    if votes is None:
        return refuse(
            "decision.votes_missing",
            _("Fill in all the totals of the roll-call, or none; 0 where nobody did."),
        )
    return (
        refuse_unless(
            votes.members > 0, "decision.no_members", _("Say how many members the council has.")
        )
        and refuse_unless(
            votes.absent >= 0,
            "decision.more_votes_than_members",
            _("These are more votes than the council has members (%(members)d).")
            % {"members": votes.members},
        )
        and refuse_unless(
            decision.outcome != Decision.Outcome.ADOPTED or votes.is_majority,
            "decision.no_majority",
            _("An act is adopted by %(needed)d votes of %(members)d at least.")
            % {"needed": votes.needed, "members": votes.members},
        )
    )


def add_step(user: Anybody, consultation: Consultation, *, text: str, responsible: str) -> Verdict:
    """Say what is to be done because of it, and who answers for that."""
    return (
        work_on(user, consultation)
        and refuse_unless(text.strip(), "decision.step_empty", _("Say what is to be done."))
        and refuse_unless(
            responsible.strip(),
            "decision.step_of_nobody",
            _("Say who answers for it."),
        )
    )


def note_step(
    user: Anybody,
    consultation: Consultation,
    *,
    done_on: date | None,
    text: str,
    is_moved: bool,
    today: date,
) -> Verdict:
    """Say what became of a step: that it is done, how far it is, or why its day is another one."""
    return (
        work_on(user, consultation)
        and refuse_unless(
            done_on is None or done_on <= today,
            "decision.done_in_the_future",
            _("That day is still to come."),
        )
        and refuse_unless(
            not is_moved or text.strip(),
            "decision.moved_without_reason",
            _("Say why its day is another one: everybody reads it."),
        )
        and refuse_unless(
            done_on or text.strip(), "decision.step_note_empty", _("Say what became of it.")
        )
    )
