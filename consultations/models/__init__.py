"""A consultation: a question of the council's put to the city, under a procedure of law."""

from consultations.about import LONGEST_QUOTE
from consultations.carrying.models import Carrying, Place
from consultations.costs.models import Cost
from consultations.decisions.models import Decision, DecisionChange, ExecutionStep, StepNote
from consultations.dispositions.models import Disposition
from consultations.evidence.models import EvidenceBundle
from consultations.models.consultation import (
    BRIEF_LINES,
    Consultation,
    DateChange,
    State,
    topic_of,
)
from consultations.models.papers import Attachment, Link
from consultations.models.picture import ConsultationPicture
from consultations.models.procedure import ABOUT_BUSINESS, Procedure
from consultations.models.remark import Remark, RemarkCount
from consultations.register.models import ReceivedOffline, ReceivedScan
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
    "Attachment",
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
    "Place",
    "Procedure",
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
    "WaitingRemark",
    "topic_of",
]
