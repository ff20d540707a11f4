"""The register of personal data in appeals (laws 393/96-ВР art. 10, 2939-VI, 2297-VI)."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce, JSONObject
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.data.register import (
    Files,
    OnErasure,
    PersonalData,
    Purpose,
    Retention,
    Row,
    impersonal,
    register,
    register_retention,
    staff_references,
)
from accounts.models import StaffNote
from appeals.models import (
    Answer,
    Appeal,
    AppealsExport,
    Attachment,
    Category,
    CopyFee,
    Entry,
    Executor,
    FiguresEdition,
    OutgoingLetter,
    OutgoingYear,
    Reading,
    Refusal,
    RegisterDay,
    SavedAnswer,
    SystemRegistration,
)
from appeals.querysets import KIND
from core.domain.clock import Now
from core.domain.retention import keep, keep_for
from core.export import uploads

RECORD = _(
    "Appeals, requests and their answers are kept for five years after they were dealt with (the "
    "list of kinds of documents of 2012, № 578/5, item 82); then what says from whom they came, "
    "their texts and files are deleted"
)
#: Until when what belongs to an appeal says from whom it came.
UNTIL = _("for %(period)s after the appeal was dealt with")
BY_THE_APPEAL = _("your name, by the appeal to which it belongs")
#: What is written over a text that must say something.
DELETED = "–"


def _with_address(row: Row) -> Row:
    """Add the applicant's download URL; a file that was not taken has neither URL nor content."""
    if row["left_out"]:
        why = str(uploads.ACTIVE.get(row["left_out"], ""))
        return {**row, "address": "", "size": None, "left_out": why}
    of = row["address"]
    path = reverse("appeals:file", args=[of["appeal"], of["file"]])
    return {**row, "address": f"{settings.SITE_URL}{path}"}


def _deleted_where_written(moment: str) -> Case:
    """DELETED in a column that says something exactly where there is the moment."""
    return Case(When(**{moment: None}, then=Value("")), default=Value(DELETED))


def _deleted_where_restricted() -> Case:
    """DELETED in a part of the test of restricted access, which other grounds have not."""
    return Case(When(ground="restricted", then=Value(DELETED)), default=Value(""))


register(
    PersonalData(
        model=Appeal,
        purpose=Purpose.APPEALS,
        title=_("Your appeals and requests for information"),
        whose=("author",),
        shown={
            "kind": _("kind"),
            "registered_on": _("registered"),
            "number": _("number"),
            "organisation_name": _("organisation"),
            "origin": _("what it was before"),
            "name": _("full name"),
            "residence": _("place of residence"),
            "email": _("e-mail"),
            "phone": _("telephone"),
            "privileged": _("privileged category"),
            "subject": _("what it is about"),
            "text": _("text"),
            "district__name": _("district"),
            "street__name": _("street"),
            "house": _("house"),
            "received_at": _("when"),
            "accepted_at": _("accepted"),
            "department__name": _("responsible department"),
            "due_at": _("to be answered before"),
            "extension_reason": _("why its term was extended"),
            "postponement_reason": _("why it was postponed"),
            "forwarded_to": _("forwarded to"),
            "ending_note": _("why it was not considered"),
            "reopening_reason": _("why you reopened it"),
            "answered_at": _("answer given"),
            "closed_at": _("closed"),
        },
        on_erasure=OnErasure.KEPT,
        kept_because=RECORD,
        named_by=_("your full name, place of residence, e-mail and telephone"),
        named_until=UNTIL,
        period="appeal_authors",
        after_end=True,
    ),
    PersonalData(
        model=Answer,
        purpose=Purpose.APPEALS,
        title=_("Answers to your appeals"),
        find=lambda user: Answer.objects.filter(appeal__author=user, sent_at__isnull=False),
        whose=(),
        shown={
            "appeal": _("appeal"),
            "text": _("answer"),
            "result": _("result"),
            "signed_as": _("who answers"),
            "sent_at": _("when"),
            "rating": _("your rating"),
            "rating_words": _("what you said of it"),
        },
        on_erasure=OnErasure.KEPT,
        kept_because=RECORD,
        named_by=BY_THE_APPEAL,
        named_until=UNTIL,
        period="appeal_authors",
        after_end=True,
    ),
    PersonalData(
        model=Refusal,
        purpose=Purpose.APPEALS,
        title=_("Refusals of your requests for information"),
        find=lambda user: Refusal.objects.filter(
            answer__appeal__author=user, answer__sent_at__isnull=False
        ),
        whose=(),
        shown={
            "answer": _("answer"),
            "ground": _("ground"),
            "part": _("what is refused"),
            "reason": _("reason"),
            "interest": _("which interest is protected"),
            "harm": _("which harm"),
            "balance": _("why the harm outweighs"),
            "responsible": _("who considered it"),
        },
        on_erasure=OnErasure.KEPT,
        kept_because=RECORD,
        period="appeal_authors",
        after_end=True,
    ),
    PersonalData(
        model=CopyFee,
        purpose=Purpose.APPEALS,
        title=_("What copies for your requests cost"),
        find=lambda user: CopyFee.objects.filter(appeal__author=user),
        whose=(),
        shown={
            "appeal": _("appeal"),
            "pages": _("pages"),
            "total": _("hryvnias"),
            "asked_at": _("when"),
            "paid_on": _("paid on"),
        },
        on_erasure=OnErasure.KEPT,
        kept_because=RECORD,
        period="appeal_authors",
        after_end=True,
    ),
    PersonalData(
        model=Entry,
        purpose=Purpose.APPEALS,
        title=_("What happened to your appeals"),
        find=lambda user: Entry.objects.filter(appeal__author=user, internal=False),
        whose=(),
        shown={
            "appeal": _("appeal"),
            "kind": _("what happened"),
            "words": _("details"),
            "at": _("when"),
        },
        on_erasure=OnErasure.KEPT,
        kept_because=RECORD,
        named_by=BY_THE_APPEAL,
        named_until=UNTIL,
        period="appeal_authors",
        after_end=True,
    ),
    PersonalData(
        model=Attachment,
        purpose=Purpose.APPEALS,
        title=_("Files of your appeals"),
        find=lambda user: Attachment.objects.filter(
            Q(appeal__author=user) | Q(answer__appeal__author=user, answer__sent_at__isnull=False)
        ),
        whose=(),
        shown={
            "appeal": _("appeal"),
            "name": _("file"),
            "size": _("bytes"),
            "left_out": _("not taken because"),
            "at": _("when"),
            "address": _("its address"),
        },
        beside={
            "address": JSONObject(appeal=Coalesce("appeal_id", "answer__appeal_id"), file=F("pk"))
        },
        change=_with_address,
        files=Files(),
        on_erasure=OnErasure.KEPT,
        kept_because=RECORD,
        named_by=BY_THE_APPEAL,
        named_until=UNTIL,
        period="appeal_authors",
        after_end=True,
    ),
)
register_retention(
    Retention(
        model=Attachment,
        period="appeal_authors",
        stale=lambda before: (
            Q(appeal__closed_at__lte=before) | Q(answer__appeal__closed_at__lte=before)
        ),
    ),
    Retention(
        model=CopyFee,
        period="appeal_authors",
        stale=lambda before: Q(appeal__closed_at__lte=before),
    ),
    # The ground stays for the figures.
    Retention(
        model=Refusal,
        period="appeal_authors",
        stale=lambda before: Q(answer__appeal__closed_at__lte=before) & ~Q(reason=DELETED),
        emptied={
            "part": "",
            "reason": DELETED,
            "responsible": DELETED,
            **{name: _deleted_where_restricted() for name in ("interest", "harm", "balance")},
        },
    ),
    Retention(
        model=Entry,
        period="appeal_authors",
        stale=lambda before: Q(appeal__closed_at__lte=before),
    ),
    Retention(
        model=Reading,
        period="appeal_authors",
        stale=lambda before: Q(appeal__closed_at__lte=before),
    ),
    Retention(
        model=StaffNote,
        period="appeal_authors",
        stale=lambda before: Q(
            matter_kind=KIND,
            matter_id__in=Appeal.objects.filter(closed_at__lte=before).values("pk"),
        ),
    ),
    # What everybody reads of a published answer says nothing of the applicant, and stays.
    Retention(
        model=Answer,
        period="appeal_authors",
        stale=lambda before: Q(appeal__closed_at__lte=before) & ~Q(text=DELETED),
        emptied={"text": DELETED, "rating_words": ""},
    ),
    Retention(
        model=Appeal,
        period="appeal_authors",
        stale=lambda before: Q(closed_at__lte=before, emptied_at=None),
        emptied={
            "author": None,
            "organisation": None,
            "organisation_name": "",
            "organisation_code": "",
            "origin": "",
            "origin_path": "",
            "name": "",
            "residence": "",
            "email": "",
            "phone": "",
            "street": None,
            "house": "",
            "privileged": "",
            "subject": "",
            "text": "",
            "ending_note": DELETED,
            "extension_reason": _deleted_where_written("extended_at"),
            "postponement_reason": _deleted_where_written("postponed_at"),
            "forwarded_to": _deleted_where_written("forwarded_at"),
            "reopening_reason": _deleted_where_written("reopened_at"),
            "secret_hash": None,
            "next_secret_hash": None,
            "digest": b"",
            "search": None,
            "emptied_at": Now(),
        },
    ),
)
staff_references(Appeal, "registered_by", "officer", "about_person")
staff_references(Answer, "by", "asked_by", "approved_by", "published_by")
staff_references(Executor, "user", "by")
staff_references(Entry, "by")
staff_references(Reading, "user")
staff_references(SavedAnswer, "by")
staff_references(CopyFee, "by", "recorded_by")
staff_references(AppealsExport, "by")
staff_references(SystemRegistration, "entered_by")
register_retention(
    # The file goes after a day; that it was made, by whom and why, after three years.
    Retention(
        model=AppealsExport,
        period="appeals_exports",
        stale=lambda before: Q(made_at__lte=before) & ~Q(content=b""),
        emptied={"content": b""},
    ),
    Retention(
        model=AppealsExport,
        period="appeals_export_rows",
        stale=lambda before: Q(made_at__lt=before),
    ),
)
impersonal(Category, why="words of acts")
impersonal(RegisterDay, why="counts")
impersonal(OutgoingYear, why="counts")
impersonal(OutgoingLetter, why="numbers and days of letters")
impersonal(FiguresEdition, why="counts, none of them small")


# From whom an appeal came, from its ending on (the list of kinds of documents of 2012, № 578/5,
# item 82: five years).
keep("appeal_authors", days=5 * 365)
# Files of appeals for the document system, and that they were made.
keep_for("appeals_exports", timedelta(days=1))
keep_for("appeals_export_rows", timedelta(days=3 * 365))
