"""A consultation: a question of the council's put to the city, under a procedure of law."""

from consultations.acts.models import UrgentAct
from consultations.carrying.models import Carrying, Place
from consultations.checklist.models import ProcedureAnswers, PublicDiscussion
from consultations.costs.models import Cost
from consultations.decisions.models import Decision, DecisionChange, ExecutionStep, StepNote
from consultations.dispositions.models import Disposition
from consultations.dispositions.models_bulk import BulkChange, BulkChangeRow
from consultations.evidence.models import EvidenceBundle
from consultations.life.models import BRIEF_LINES, Consultation, DateChange, State, topic_of
from consultations.outages.models import Outage
from consultations.papers.models import Attachment, Link
from consultations.pictures.models import ConsultationPicture
from consultations.procedures.models import ABOUT_BUSINESS, PUBLIC_CONSULTATIONS, Procedure
from consultations.register.models import ReceivedOffline, ReceivedScan
from consultations.remarks.about import LONGEST_QUOTE
from consultations.remarks.models import Remark, RemarkCount
from consultations.repeats.models import KeptApart, RepeatSketch
from consultations.reports.models import (
    Declaration,
    Edition,
    EditionRow,
    EditionTerm,
    Report,
    ReportVersion,
)
from consultations.sheets.models import SheetImport
from consultations.waiting.models import WaitingRemark

__all__ = [
    "ABOUT_BUSINESS",
    "BRIEF_LINES",
    "LONGEST_QUOTE",
    "PUBLIC_CONSULTATIONS",
    "Attachment",
    "BulkChange",
    "BulkChangeRow",
    "Carrying",
    "Consultation",
    "ConsultationPicture",
    "Cost",
    "DateChange",
    "Decision",
    "DecisionChange",
    "Declaration",
    "Disposition",
    "Edition",
    "EditionRow",
    "EditionTerm",
    "EvidenceBundle",
    "ExecutionStep",
    "KeptApart",
    "Link",
    "Outage",
    "Place",
    "Procedure",
    "ProcedureAnswers",
    "PublicDiscussion",
    "ReceivedOffline",
    "ReceivedScan",
    "Remark",
    "RemarkCount",
    "RepeatSketch",
    "Report",
    "ReportVersion",
    "SheetImport",
    "State",
    "StepNote",
    "UrgentAct",
    "WaitingRemark",
    "topic_of",
]
