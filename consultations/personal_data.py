"""Personal data in consultations. People's words are the discussions' (Comment)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.data.register import (
    OnErasure,
    PersonalData,
    Purpose,
    Retention,
    impersonal,
    register,
    register_retention,
    staff_references,
    tables,
)
from accounts.locks import guards
from accounts.models import StaffNote
from consultations.costs.models import Cost
from consultations.desk.matters import ROW
from consultations.dispositions.models import ApprovalSetting, Assignment, SavedText
from consultations.evidence.actions import renew
from consultations.evidence.kinds import Why
from consultations.models import (
    Attachment,
    BulkChange,
    BulkChangeRow,
    Carrying,
    Consultation,
    ConsultationPicture,
    DateChange,
    Decision,
    DecisionChange,
    Declaration,
    Disposition,
    Edition,
    EditionRow,
    EditionTerm,
    EvidenceBundle,
    ExecutionStep,
    KeptApart,
    Link,
    Outage,
    Place,
    Procedure,
    ProcedureAnswers,
    PublicDiscussion,
    ReceivedOffline,
    ReceivedScan,
    Remark,
    RemarkCount,
    RepeatSketch,
    Report,
    ReportVersion,
    SheetImport,
    StepNote,
    UrgentAct,
    WaitingRemark,
)
from consultations.reports.actions import remove_names_of
from core.domain.calendar import local_date
from core.domain.retention import keep, keep_for
from discussions.personal_data import RECORD

#: What of an erased account stays where a procedure names its participants, and until when.
FULL_NAME = _("your full name")
FROM_REPORT = _("for %(period)s from the report on")


@guards
def _waiting_remarks_of(people: Collection[int]) -> None:
    """Remarks sent for organisations that nobody has confirmed: they may join at any moment."""
    sent = WaitingRemark.objects.filter(author__in=people).order_by("pk")
    list(sent.select_for_update(no_key=True).values_list("pk", flat=True))


def _is_past_its_act(consultation: str, before: datetime) -> Q:
    """Condition for no act in force, or in force since ``before``: the materials of a consultation
    are kept while its act is in force, and the term after. ``consultation``: the way to it.
    """
    known = Decision.objects.filter(in_force_from__isnull=False)
    keeping = known.filter(Q(in_force_until=None) | Q(in_force_until__gt=local_date(before)))
    return ~Q(**{f"{consultation}__in": keeping.values("consultation")})


register(
    PersonalData(
        model=Remark,
        purpose=Purpose.PARTICIPATION,
        title=_("What your remarks are about"),
        whose=("comment__author",),
        shown={
            "consultation__title": _("consultation"),
            "kind": _("kind"),
            "clause__label": _("clause"),
            "quote": _("words of the clause"),
        },
        on_erasure=OnErasure.KEPT,
        kept_because=RECORD,
    ),
    PersonalData(
        model=Place,
        purpose=Purpose.PARTICIPATION,
        title=_("Where your remarks stand in later versions of a text"),
        whose=("remark__comment__author",),
        shown={
            "remark__consultation__title": _("consultation"),
            "version__number": _("version"),
            "clause__label": _("clause"),
            "method": _("how it was found"),
            "answer": _("what you said of it"),
            "answered_at": _("when"),
        },
        on_erasure=OnErasure.KEPT,
        kept_because=RECORD,
    ),
    PersonalData(
        model=WaitingRemark,
        purpose=Purpose.PARTICIPATION,
        title=_("Remarks that wait for an organisation to be confirmed"),
        whose=("author",),
        shown={
            "consultation__title": _("consultation"),
            "kind": _("kind"),
            "clause__label": _("clause"),
            "quote": _("words of the clause"),
            "text": _("text"),
            "proposal": _("proposed wording"),
            "organisation__short_name": _("on behalf of"),
            "interest": _("declared interest"),
            "full_name": _("full name"),
            "no_patronymic": _("without a patronymic"),
            "contact": _("e-mail or telephone"),
            "sent_at": _("when"),
        },
        recipients=_("you alone, until the organisation is confirmed"),
        on_erasure=OnErasure.DELETED,
        period="waiting_remarks",
    ),
    PersonalData(
        model=Cost,
        purpose=Purpose.ORGANISATIONS,
        title=_("What a draft would cost your organisation"),
        whose=("by",),
        shown={
            "consultation__title": _("consultation"),
            "organisation__short_name": _("organisation"),
            "clause__label": _("clause"),
            "hours_once": _("hours of work, once"),
            "hours_yearly": _("hours of work, every year"),
            "money_once": _("hryvnias, once"),
            "money_yearly": _("hryvnias, every year"),
            "note": _("note for the council"),
            "at": _("when"),
        },
        on_erasure=OnErasure.EMPTIED,
        emptied={"note": ""},
        kept_because=_(
            "The figures are the organisation’s, in the analysis of a regulatory act "
            "(law 1160-IV art. 8); your note goes"
        ),
    ),
    PersonalData(
        model=Declaration,
        purpose=Purpose.DECLARATIONS,
        title=_("Your full name and contact, where a procedure asks for them"),
        whose=("remark__comment__author",),
        shown={
            "remark__consultation__title": _("consultation"),
            "full_name": _("full name"),
            "contact": _("e-mail or telephone"),
        },
        recipients=_(
            "everybody the name: beside the proposal, in open data and in the report, or in the "
            "report alone, as it was said at the field; officers of the consultation the contact"
        ),
        on_erasure=OnErasure.EMPTIED,
        emptied={"contact": ""},
        kept_because=_(
            "A public consultation names those who propose, beside the proposal and in the report "
            "(law 3841-IX arts 7(6), 15(2), 19), while the act is in force, and 5 years; your "
            "contact goes"
        ),
        named_by=FULL_NAME,
        named_until=FROM_REPORT,
        period="report_names",
        after_end=True,
    ),
    PersonalData(
        model=EditionRow,
        purpose=Purpose.PARTICIPATION,
        title=_("Your proposals in published reports"),
        whose=("author",),
        shown={
            "edition__consultation__title": _("consultation"),
            "edition__at": _("when"),
            "number": _("number"),
            "name": _("name"),
            "words": _("text"),
        },
        on_erasure=OnErasure.EMPTIED,
        erase=remove_names_of,
        kept_because=_(
            "A published report stays as it is; your name goes from it, unless its procedure "
            "names participants by law (law 3841-IX arts 15, 19)"
        ),
        named_by=FULL_NAME,
        named_until=FROM_REPORT,
        named_rows=Q(edition__has_full_names=True) & ~Q(name=""),
        named_period="report_names",
        kept_until=_("with the records of the council"),
    ),
)


def _renew_bundles(remark_ids: list[int]) -> None:
    """Declared names stand in the public bundle: the one that stands goes with them."""
    of = Remark.objects.filter(pk__in=remark_ids).order_by("consultation")
    for pk in of.values_list("consultation", flat=True).distinct():
        renew(pk, Why.NAMES, withdraws=True)


register_retention(
    Retention(
        model=WaitingRemark,
        period="waiting_remarks",
        stale=lambda before: (
            Q(consultation__closes_at__lt=before)
            & (
                Q(consultation__reported_at__isnull=False)
                | Q(consultation__withdrawn_at__isnull=False)
                | Q(organisation__refused_at__isnull=False)
                | Q(organisation__closed_at__isnull=False)
            )
        ),
    ),
    # Of people without an account: their name stays in the record of an official act.
    Retention(
        model=ReceivedOffline,
        period="received_contacts",
        stale=lambda before: Q(remark__consultation__closes_at__lt=before) & ~Q(contact=""),
        emptied={"contact": ""},
    ),
    Retention(model=BulkChange, period="bulk_changes", stale=lambda before: Q(at__lt=before)),
    Retention(model=SheetImport, period="sheet_imports", stale=lambda before: Q(at__lt=before)),
    Retention(
        model=ReceivedScan,
        period="received_scans",
        stale=lambda before: Q(received__remark__consultation__closes_at__lt=before),
    ),
)
register_retention(
    Retention(
        model=Declaration,
        period="contacts",
        stale=lambda before: (
            (
                Q(remark__consultation__reported_at__lt=before)
                | Q(remark__consultation__withdrawn_at__lt=before)
            )
            & ~Q(contact="")
        ),
        emptied={"contact": ""},
    )
)
register_retention(
    Retention(
        model=Declaration,
        period="report_names",
        stale=lambda before: (
            Q(remark__comment__author__erased_at__isnull=False)
            & (
                Q(remark__consultation__reported_at__lt=before)
                | Q(remark__consultation__withdrawn_at__lt=before)
            )
            & _is_past_its_act("remark__consultation", before)
        ),
        tells=_renew_bundles,
    )
)
register_retention(
    Retention(
        model=EditionRow,
        period="report_names",
        stale=lambda before: (
            Q(edition__at__lt=before, author__erased_at__isnull=False)
            & ~Q(name="")
            & _is_past_its_act("edition__consultation", before)
        ),
        emptied={"name": "", "name_salt": "", "author": None},
    )
)
register_retention(
    Retention(
        model=StaffNote,
        period="report_names",
        stale=lambda before: Q(
            matter_kind=ROW,
            matter_id__in=Remark.objects.filter(
                Q(consultation__reported_at__lt=before) | Q(consultation__withdrawn_at__lt=before),
                _is_past_its_act("consultation", before),
                comment__author__erased_at__isnull=False,
            ).values("pk"),
        ),
    )
)
staff_references(DateChange, "by")
staff_references(Outage, "by")
staff_references(SheetImport, "by")
staff_references(KeptApart, "by")
staff_references(ReceivedOffline, "entered_by", "corrected_by")
staff_references(Report, "changed_by")
staff_references(ReportVersion, "by")
staff_references(Edition, "by")
staff_references(Carrying, "by")
staff_references(Disposition, "by", "approved_by", "public_reason_by", "checked_by")
staff_references(BulkChange, "by", "taken_back_by")
staff_references(BulkChangeRow, "by", "approved_by", "public_reason_by", "checked_by", "later_by")
staff_references(Assignment, "person", "by")
staff_references(SavedText, "by")
impersonal(ApprovalSetting, why="how a department works")
for model in (Decision, DecisionChange, ExecutionStep, StepNote, UrgentAct):
    staff_references(model, "by")
impersonal(
    *(Procedure, Consultation, ConsultationPicture, Attachment, Link),
    *(ProcedureAnswers, PublicDiscussion),
    why="a public document and who of the city answers",
)
impersonal(RemarkCount, why="counts")
impersonal(EditionTerm, why="by when another edition of a report is due")
impersonal(RepeatSketch, why="hashes of pairs of words of a remark")
impersonal(ReceivedScan, why="a letter of somebody without an account, for its term")
impersonal(
    Consultation.themes.through, Consultation.streets.through, why="what a consultation is about"
)
staff_references(EvidenceBundle, "by")
tables["consultations_page_beat"] = "when pages were last served; nothing about people"


# A bundle of evidence about a consultation, from when it is ready: its file.
keep("evidence", days=7)
# Contacts that participants of a consultation left, from its report on.
keep("contacts", days=365)
# Full names of erased accounts in published reports (law 3841-IX: archives of 5 years).
keep("report_names", days=5 * 365)
# Remarks for organisations that nobody confirmed, once the consultation has closed.
keep("waiting_remarks", days=90)
# How to reach who wrote a letter and has no account, and its scan, from the close on.
keep("received_contacts", days=365)
keep("received_scans", days=5 * 365)
# Spreadsheets that were brought back, applied or not.
keep_for("sheet_imports", timedelta(days=1))
# What stood in the rows of a change of many, long after it could be taken back.
keep_for("bulk_changes", timedelta(days=1))
