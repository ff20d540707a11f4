"""A consultation: a question of the council's put to the city, under a procedure of law."""

from consultations.about import LONGEST_QUOTE
from consultations.acts.models import UrgentAct
from consultations.carrying.models import Carrying, Place
from consultations.checklist.models import ProcedureAnswers, PublicDiscussion
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
from consultations.models.procedure import ABOUT_BUSINESS, PUBLIC_CONSULTATIONS, Procedure
from consultations.models.remark import Remark, RemarkCount
from consultations.outages.models import Outage
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
    "PUBLIC_CONSULTATIONS",
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
