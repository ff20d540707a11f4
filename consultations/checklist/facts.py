"""Facts of a consultation, and what they say about each item of its checklist."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from consultations.checklist.elections import Election, find_touched_election

if TYPE_CHECKING:
    from consultations.acts.models import UrgentAct
    from consultations.checklist.models import ProcedureAnswers, PublicDiscussion
    from consultations.models import Consultation, Decision, Report


class Status(StrEnum):
    """State of an item."""

    DONE = "done"
    MISSING = "missing"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts by which the items are judged.

    ``paper_kinds``: of the files beside the draft (models.papers.Attachment.Kind); ``revised_at``:
    when the newest version was published; ``unpublished``: proposals that are not public although
    their term is over; ``undecided``: rows of the disposition table that lack a decision or its
    reason, None where nobody counted; ``report``: its working copy; ``body``: who held it, as the
    report names it; ``nameless``: proposals that the report would show without a name that the law
    asks for; ``decision``: what was decided, or is about to be; ``urgent_act``: the act of that
    number and day that was published without a consultation.
    """

    consultation: Consultation
    answers: ProcedureAnswers
    now: datetime
    has_text: bool = False
    revised_at: datetime | None = None
    paper_kinds: Collection[str] = ()
    discussions: Sequence[PublicDiscussion] = ()
    report: Report | None = None
    unpublished: int = 0
    undecided: int | None = None
    elections: Sequence[Election] = ()
    body: str = ""
    nameless: int = 0
    decision: Decision | None = None
    urgent_act: UrgentAct | None = None

    @property
    def held(self) -> list[PublicDiscussion]:
        """The public discussions that took place."""
        return [
            each
            for each in self.discussions
            if not each.cancelled_reason and each.held_at <= self.now
        ]


def status_if(is_done: object) -> Status:
    return Status.DONE if is_done else Status.MISSING


def is_filled(*names: str) -> Callable[[Facts], Status]:
    """Done when these columns of the consultation are filled."""
    return lambda facts: status_if(
        all(str(getattr(facts.consultation, name)).strip() for name in names)
    )


def is_section_written(name: str) -> Callable[[Facts], Status]:
    """Done when this section of the report is written."""
    return lambda facts: status_if(facts.report and getattr(facts.report, name).strip())


def dates_status(facts: Facts) -> Status:
    return status_if(facts.consultation.opens_at and facts.consultation.closes_at)


def sending_status(facts: Facts) -> Status:
    """The page takes proposals itself; by letter: the address, and the dates say the term."""
    return status_if(facts.consultation.on_paper.strip() and dates_status(facts) is Status.DONE)


def is_answered(name: str) -> Callable[[Facts], Status]:
    """Done when this was answered about the procedure."""
    return lambda facts: status_if(getattr(facts.answers, name))


def notice_address_status(facts: Facts) -> Status:
    has_contact = is_filled("contact_details")(facts) is Status.DONE
    return status_if(has_contact and sending_status(facts) is Status.DONE)


def report_status(facts: Facts) -> Status:
    return status_if(facts.consultation.reported_at)


def report_or_urgent_status(facts: Facts) -> Status:
    """A ground of the law lets it be decided before the report (decisions.rules.day)."""
    if facts.decision is not None and facts.decision.early_ground:
        return Status.NOT_ASKED
    return report_status(facts)


def elections_status(facts: Facts) -> Status:
    first, last = facts.consultation.opens_on, facts.consultation.last_day
    if first is None or last is None:
        return Status.MISSING
    return status_if(find_touched_election(facts.elections, first, last) is None)


def discussion_answer_status(facts: Facts) -> Status:
    return status_if(facts.answers.discussion_grounds is not None)


def discussion_status(facts: Facts) -> Status:
    if facts.answers.discussion_grounds == [] and not facts.held:
        return Status.NOT_ASKED
    return status_if(facts.held)


def events_status(facts: Facts) -> Status:
    """Events are told where there were any."""
    if not facts.held and not facts.answers.discussion_grounds:
        return Status.NOT_ASKED
    return is_section_written("events")(facts)


def proposals_status(facts: Facts) -> Status:
    return status_if(facts.consultation.announced_at and not facts.unpublished)


def revision_status(facts: Facts) -> Status:
    closes_at = facts.consultation.closes_at
    is_revised = facts.revised_at and closes_at and facts.revised_at >= closes_at
    return status_if(is_revised or facts.answers.is_text_unchanged)


def body_status(facts: Facts) -> Status:
    return status_if(facts.report and facts.body)


def participants_status(facts: Facts) -> Status:
    """Every proposal that the report shows has its participant's name."""
    return status_if(facts.report and not facts.nameless)


def urgent_act_status(facts: Facts) -> Status:
    """Asked of what was decided before the report as an urgent act: the register holds it with its
    grounds and text, which it takes on the day of the adoption alone (acts.rules.publish)."""
    if facts.decision is None or facts.decision.early_ground != "urgent":
        return Status.NOT_ASKED
    return status_if(facts.urgent_act)


def impact_status(facts: Facts) -> Status:
    return status_if({"impact", "impact_sme"} & set(facts.paper_kinds))


def sme_test_status(facts: Facts) -> Status:
    if facts.answers.needs_sme_test is False:
        return Status.NOT_ASKED
    return status_if({"sme", "impact_sme"} & set(facts.paper_kinds))
