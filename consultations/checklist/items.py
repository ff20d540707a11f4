"""Items of the checklist: what each law asks of a procedure, and when it counts as done. Pure.

Which of them a procedure asks is its own data (``Procedure.checklist``); a consultation keeps the
items of the day on which it was announced (``Consultation.checklist``).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consultations.checklist.elections import Election, find_touched_election

if TYPE_CHECKING:
    from consultations.acts.models import UrgentAct
    from consultations.checklist.models import ProcedureAnswers, PublicDiscussion
    from consultations.models import Consultation, Decision, Report


class Stage(StrEnum):
    """Before which step an item has to be done; what is asked ``ON_ADOPTION`` stops no step."""

    ANNOUNCE = "announce"
    REPORT = "report"
    DECIDE = "decide"
    ON_ADOPTION = "on_adoption"


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


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a law asks: its article, the step before which it is done.

    ``page``: name of the desk's page where it is entered; ``fragment``: the place on it.
    """

    code: str
    stage: Stage
    law: str
    article: str
    name: str | Promise
    judge: Callable[[Facts], Status]
    page: str = "desk:edit"
    fragment: str = ""

    @property
    def source(self) -> str:
        """Law and article, as the law is cited in Ukrainian."""
        return f"{self.law}, {self.article}"


def _status_if(is_done: object) -> Status:
    return Status.DONE if is_done else Status.MISSING


def _is_filled(*names: str) -> Callable[[Facts], Status]:
    """Done when these columns of the consultation are filled."""
    return lambda facts: _status_if(
        all(str(getattr(facts.consultation, name)).strip() for name in names)
    )


def _section(name: str) -> Callable[[Facts], Status]:
    """Done when this section of the report is written."""
    return lambda facts: _status_if(facts.report and getattr(facts.report, name).strip())


def _has_dates(facts: Facts) -> Status:
    return _status_if(facts.consultation.opens_at and facts.consultation.closes_at)


def _where_to_send(facts: Facts) -> Status:
    """The page takes proposals itself; by letter: the address, and the dates say the term."""
    return _status_if(facts.consultation.on_paper.strip() and _has_dates(facts) is Status.DONE)


def _is_answered(name: str) -> Callable[[Facts], Status]:
    """Done when this was answered about the procedure."""
    return lambda facts: _status_if(getattr(facts.answers, name))


def _notice_address(facts: Facts) -> Status:
    has_contact = _is_filled("contact_details")(facts) is Status.DONE
    return _status_if(has_contact and _where_to_send(facts) is Status.DONE)


def _report_status(facts: Facts) -> Status:
    return _status_if(facts.consultation.reported_at)


def _reported_or_urgent(facts: Facts) -> Status:
    """A ground of the law lets it be decided before the report (decisions.rules.day)."""
    if facts.decision is not None and facts.decision.early_ground:
        return Status.NOT_ASKED
    return _report_status(facts)


def _no_elections(facts: Facts) -> Status:
    first, last = facts.consultation.opens_on, facts.consultation.last_day
    if first is None or last is None:
        return Status.MISSING
    return _status_if(find_touched_election(facts.elections, first, last) is None)


def _discussion_answered(facts: Facts) -> Status:
    return _status_if(facts.answers.discussion_grounds is not None)


def _discussion_held(facts: Facts) -> Status:
    if facts.answers.discussion_grounds == [] and not facts.held:
        return Status.NOT_ASKED
    return _status_if(facts.held)


def _events_told(facts: Facts) -> Status:
    """Events are told where there were any."""
    if not facts.held and not facts.answers.discussion_grounds:
        return Status.NOT_ASKED
    return _section("events")(facts)


def _proposals_public(facts: Facts) -> Status:
    return _status_if(facts.consultation.announced_at and not facts.unpublished)


def _revision_status(facts: Facts) -> Status:
    closes_at = facts.consultation.closes_at
    is_revised = facts.revised_at and closes_at and facts.revised_at >= closes_at
    return _status_if(is_revised or facts.answers.is_text_unchanged)


def _body_in_report(facts: Facts) -> Status:
    return _status_if(facts.report and facts.body)


def _participants_in_report(facts: Facts) -> Status:
    """Every proposal that the report shows has its participant's name."""
    return _status_if(facts.report and not facts.nameless)


def _published_as_urgent(facts: Facts) -> Status:
    """Asked of what was decided before the report as an urgent act: the register holds it with its
    grounds and text, which it takes on the day of the adoption alone (acts.rules.publish)."""
    if facts.decision is None or facts.decision.early_ground != "urgent":
        return Status.NOT_ASKED
    return _status_if(facts.urgent_act)


def _impact(facts: Facts) -> Status:
    return _status_if({"impact", "impact_sme"} & set(facts.paper_kinds))


def _sme_test(facts: Facts) -> Status:
    if facts.answers.needs_sme_test is False:
        return Status.NOT_ASKED
    return _status_if({"sme", "impact_sme"} & set(facts.paper_kinds))


_CONSULTATIONS = "Закон № 3841-IX"
_REGULATORY = "Закон № 1160-IV"
_INFORMATION = "Закон № 2939-VI"
_CORRUPTION = "Закон № 1700-VII"
_FIELD = "id_{}"
_ANNOUNCE, _REPORT, _DECIDE = Stage.ANNOUNCE, Stage.REPORT, Stage.DECIDE
_CHECKLIST = "desk:checklist"


def _document(code: str, point: int, name: Promise, *columns: str) -> Item:
    """An item of the consultation document (law 3841-IX art. 7(2)) that stands in columns."""
    return Item(
        code,
        _ANNOUNCE,
        _CONSULTATIONS,
        f"ст. 7 ч. 2 п. {point}",
        name,
        _is_filled(*columns),
        fragment=_FIELD.format(columns[0]),
    )


#: Every item by its code, in the order of the procedure.
ITEMS: dict[str, Item] = {
    each.code: each
    for each in (
        _document("body", 1, _("name of the body that holds it"), "department_id"),
        _document("problem", 2, _("the problem that is to be solved"), "problem"),
        _document("alternatives", 2, _("options considered"), "options"),
        _document("chosen_option", 2, _("the option chosen, and why"), "chosen_option"),
        _document("stakeholders", 3, _("who is affected and how"), "affected"),
        _document("forms", 4, _("forms, dates and places"), "how_held"),
        Item(
            "where_to_send",
            _ANNOUNCE,
            _CONSULTATIONS,
            "ст. 7 ч. 2 п. 5",
            _("where, until when and how proposals are sent"),
            _where_to_send,
            fragment="id_on_paper",
        ),
        _document(
            "responsible",
            6,
            _("responsible person and contacts"),
            "contact_person",
            "contact_details",
        ),
        _document("report_how", 7, _("when and how the report is published"), "report_how"),
        Item(
            "elections",
            _ANNOUNCE,
            _CONSULTATIONS,
            "ст. 7 ч. 8",
            _("no local elections in its period"),
            _no_elections,
            fragment="id_last_day",
        ),
        Item(
            "discussion_grounds",
            _ANNOUNCE,
            _CONSULTATIONS,
            "ст. 12 ч. 2",
            _("whether a public discussion is obligatory"),
            _discussion_answered,
            _CHECKLIST,
            "id_discussion_grounds",
        ),
        Item(
            "platform",
            _ANNOUNCE,
            _CONSULTATIONS,
            "ст. 14 ч. 2",
            _("link to the national platform, or that it is not there"),
            _is_answered("platform"),
            _CHECKLIST,
            "id_platform",
        ),
        Item(
            "draft_published",
            _ANNOUNCE,
            _INFORMATION,
            "ст. 15 ч. 1 п. 2, ч. 4",
            _("the draft is published"),
            lambda facts: _status_if(facts.has_text),
            "desk:text",
        ),
        Item(
            "impact_analysis",
            _ANNOUNCE,
            _REGULATORY,
            "ст. 8, 9",
            _("regulatory impact analysis (АРВ)"),
            _impact,
            "desk:papers",
            "files",
        ),
        Item(
            "sme_test",
            _ANNOUNCE,
            _REGULATORY,
            "ст. 8",
            _("М-тест for small businesses"),
            _sme_test,
            _CHECKLIST,
            "id_needs_sme_test",
        ),
        Item(
            "notice_summary",
            _ANNOUNCE,
            _REGULATORY,
            "ст. 9",
            _("notice: what the draft is about, in short"),
            _is_filled("summary"),
            fragment="id_summary",
        ),
        Item(
            "notice_address",
            _ANNOUNCE,
            _REGULATORY,
            "ст. 9",
            _("notice: addresses, term and way to send remarks"),
            _notice_address,
            fragment="id_on_paper",
        ),
        Item(
            "notice_board",
            _REPORT,
            _CONSULTATIONS,
            "ст. 7 ч. 7",
            _("the document is put up on notice boards"),
            _is_answered("posted_on"),
            _CHECKLIST,
            "id_posted_on",
        ),
        Item(
            "discussion_held",
            _REPORT,
            _CONSULTATIONS,
            "ст. 12 ч. 2, 3",
            _("public discussion"),
            _discussion_held,
            _CHECKLIST,
            "discussions",
        ),
        Item(
            "proposals_public",
            _REPORT,
            _CONSULTATIONS,
            "ст. 15 ч. 2",
            _("every proposal is public within 5 working days"),
            _proposals_public,
            "desk:remarks",
        ),
        Item(
            "report_body",
            _REPORT,
            _CONSULTATIONS,
            "ст. 19 ч. 1 п. 1",
            _("report: the body that held the consultation"),
            _body_in_report,
            "desk:report",
        ),
        Item(
            "report_subject",
            _REPORT,
            _CONSULTATIONS,
            "ст. 19 ч. 1 п. 2",
            _("report: subject of the consultation"),
            _section("subject"),
            "desk:report",
        ),
        Item(
            "report_participants",
            _REPORT,
            _CONSULTATIONS,
            "ст. 19 ч. 1 п. 3",
            _("report: names of the participants"),
            _participants_in_report,
            "desk:remarks",
        ),
        Item(
            "report_events",
            _REPORT,
            _CONSULTATIONS,
            "ст. 19 ч. 1 п. 4",
            _("report: events that were held"),
            _events_told,
            "desk:report",
        ),
        Item(
            "report_summary",
            _REPORT,
            _CONSULTATIONS,
            "ст. 19 ч. 1 п. 5",
            _("report: summary of the proposals"),
            _section("summary"),
            "desk:report",
        ),
        Item(
            "report_dispositions",
            _REPORT,
            _CONSULTATIONS,
            "ст. 19 ч. 1 п. 6",
            _("report: what was taken into account or rejected, and why"),
            lambda facts: _status_if(facts.undecided == 0),
            "desk:table",
        ),
        Item(
            "revised_draft",
            _REPORT,
            _CONSULTATIONS,
            "ст. 19 ч. 2",
            _("the revised draft, or that the text did not change"),
            _revision_status,
            _CHECKLIST,
            "id_is_text_unchanged",
        ),
        Item(
            "report_published",
            _DECIDE,
            _CONSULTATIONS,
            "ст. 18 ч. 1",
            _("the report is published before the decision"),
            _reported_or_urgent,
            "desk:report",
        ),
        Item(
            "results_published",
            _DECIDE,
            _CORRUPTION,
            "ст. 21 ч. 4",
            _("summarised results are published before the decision"),
            _report_status,
            "desk:report",
        ),
        Item(
            "impact_analysis_kept",
            _DECIDE,
            _REGULATORY,
            "ст. 36",
            _("nothing is adopted without an impact analysis (АРВ)"),
            _impact,
            "desk:papers",
            "files",
        ),
        Item(
            "urgent_act",
            Stage.ON_ADOPTION,
            _CONSULTATIONS,
            "ст. 16 ч. 2",
            _("urgent act: its grounds and text are published on the day of its adoption"),
            _published_as_urgent,
            "desk:decision",
        ),
    )
}


def asked_of(consultation: Consultation) -> list[Item]:
    """The items that its procedure asks of it: those of its announcement, once it is announced."""
    is_announced = consultation.announced_at is not None
    codes = consultation.checklist if is_announced else consultation.procedure.checklist
    return [item for code, item in ITEMS.items() if code in codes]


def at_stage(items: Iterable[Item], stage: Stage) -> list[Item]:
    """Those of one stage."""
    return [item for item in items if item.stage is stage]


def day_of(stage: Stage, facts: Facts, today: date) -> date:
    """The day by which martial law is asked: the first day of a consultation that is announced,
    else today."""
    return (facts.consultation.opens_on or today) if stage is Stage.ANNOUNCE else today
