"""Items of the checklist: what each law asks of a procedure, and when it counts as done. Pure.

Which of them a procedure asks is its own data (``Procedure.checklist``); a consultation keeps the
items of the day on which it was announced (``Consultation.checklist``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consultations.checklist.facts import (
    Facts,
    Status,
    body_status,
    discussion_answer_status,
    discussion_status,
    elections_status,
    events_status,
    impact_status,
    is_answered,
    is_filled,
    is_section_written,
    notice_address_status,
    participants_status,
    proposals_status,
    report_or_urgent_status,
    report_status,
    revision_status,
    sending_status,
    sme_test_status,
    status_if,
    urgent_act_status,
)

if TYPE_CHECKING:
    from consultations.models import Consultation


class Stage(StrEnum):
    """Before which step an item has to be done; what is asked ``ON_ADOPTION`` stops no step."""

    ANNOUNCE = "announce"
    REPORT = "report"
    DECIDE = "decide"
    ON_ADOPTION = "on_adoption"


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
        is_filled(*columns),
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
            sending_status,
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
            elections_status,
            fragment="id_last_day",
        ),
        Item(
            "discussion_grounds",
            _ANNOUNCE,
            _CONSULTATIONS,
            "ст. 12 ч. 2",
            _("whether a public discussion is obligatory"),
            discussion_answer_status,
            _CHECKLIST,
            "id_discussion_grounds",
        ),
        Item(
            "platform",
            _ANNOUNCE,
            _CONSULTATIONS,
            "ст. 14 ч. 2",
            _("link to the national platform, or that it is not there"),
            is_answered("platform"),
            _CHECKLIST,
            "id_platform",
        ),
        Item(
            "draft_published",
            _ANNOUNCE,
            _INFORMATION,
            "ст. 15 ч. 1 п. 2, ч. 4",
            _("the draft is published"),
            lambda facts: status_if(facts.has_text),
            "desk:text",
        ),
        Item(
            "impact_analysis",
            _ANNOUNCE,
            _REGULATORY,
            "ст. 8, 9",
            _("regulatory impact analysis (АРВ)"),
            impact_status,
            "desk:papers",
            "files",
        ),
        Item(
            "sme_test",
            _ANNOUNCE,
            _REGULATORY,
            "ст. 8",
            _("М-тест for small businesses"),
            sme_test_status,
            _CHECKLIST,
            "id_needs_sme_test",
        ),
        Item(
            "notice_summary",
            _ANNOUNCE,
            _REGULATORY,
            "ст. 9",
            _("notice: what the draft is about, in short"),
            is_filled("summary"),
            fragment="id_summary",
        ),
        Item(
            "notice_address",
            _ANNOUNCE,
            _REGULATORY,
            "ст. 9",
            _("notice: addresses, term and way to send remarks"),
            notice_address_status,
            fragment="id_on_paper",
        ),
        Item(
            "notice_board",
            _REPORT,
            _CONSULTATIONS,
            "ст. 7 ч. 7",
            _("the document is put up on notice boards"),
            is_answered("posted_on"),
            _CHECKLIST,
            "id_posted_on",
        ),
        Item(
            "discussion_held",
            _REPORT,
            _CONSULTATIONS,
            "ст. 12 ч. 2, 3",
            _("public discussion"),
            discussion_status,
            _CHECKLIST,
            "discussions",
        ),
        Item(
            "proposals_public",
            _REPORT,
            _CONSULTATIONS,
            "ст. 15 ч. 2",
            _("every proposal is public within 5 working days"),
            proposals_status,
            "desk:remarks",
        ),
        Item(
            "report_body",
            _REPORT,
            _CONSULTATIONS,
            "ст. 19 ч. 1 п. 1",
            _("report: the body that held the consultation"),
            body_status,
            "desk:report",
        ),
        Item(
            "report_subject",
            _REPORT,
            _CONSULTATIONS,
            "ст. 19 ч. 1 п. 2",
            _("report: subject of the consultation"),
            is_section_written("subject"),
            "desk:report",
        ),
        Item(
            "report_participants",
            _REPORT,
            _CONSULTATIONS,
            "ст. 19 ч. 1 п. 3",
            _("report: names of the participants"),
            participants_status,
            "desk:remarks",
        ),
        Item(
            "report_events",
            _REPORT,
            _CONSULTATIONS,
            "ст. 19 ч. 1 п. 4",
            _("report: events that were held"),
            events_status,
            "desk:report",
        ),
        Item(
            "report_summary",
            _REPORT,
            _CONSULTATIONS,
            "ст. 19 ч. 1 п. 5",
            _("report: summary of the proposals"),
            is_section_written("summary"),
            "desk:report",
        ),
        Item(
            "report_dispositions",
            _REPORT,
            _CONSULTATIONS,
            "ст. 19 ч. 1 п. 6",
            _("report: what was taken into account or rejected, and why"),
            lambda facts: status_if(facts.undecided == 0),
            "desk:table",
        ),
        Item(
            "revised_draft",
            _REPORT,
            _CONSULTATIONS,
            "ст. 19 ч. 2",
            _("the revised draft, or that the text did not change"),
            revision_status,
            _CHECKLIST,
            "id_is_text_unchanged",
        ),
        Item(
            "report_published",
            _DECIDE,
            _CONSULTATIONS,
            "ст. 18 ч. 1",
            _("the report is published before the decision"),
            report_or_urgent_status,
            "desk:report",
        ),
        Item(
            "results_published",
            _DECIDE,
            _CORRUPTION,
            "ст. 21 ч. 4",
            _("summarised results are published before the decision"),
            report_status,
            "desk:report",
        ),
        Item(
            "impact_analysis_kept",
            _DECIDE,
            _REGULATORY,
            "ст. 36",
            _("nothing is adopted without an impact analysis (АРВ)"),
            impact_status,
            "desk:papers",
            "files",
        ),
        Item(
            "urgent_act",
            Stage.ON_ADOPTION,
            _CONSULTATIONS,
            "ст. 16 ч. 2",
            _("urgent act: its grounds and text are published on the day of its adoption"),
            urgent_act_status,
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
