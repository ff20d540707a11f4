"""Models of reports: the working copy with its saved versions, and the published editions."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

#: The longest short answer: the consultation's page, feeds and mails show it.
LONGEST_OUTCOME = 5000
#: The longest reason for another edition, in characters.
LONGEST_REASON = 500
#: The longest full name and contact that a procedure asks for, in characters.
LONGEST_NAME, LONGEST_CONTACT = 200, 200
#: The parts that officers write, in the order of the report.
SECTIONS = ("outcome", "subject", "events", "summary", "changes")


class Report(models.Model):
    """The working copy of a consultation's report: officers of the consultation alone read it.

    It can be begun on any day. What it says beside these texts – participants, dispositions,
    differences, statistics – is gathered from the rows when an edition is published.
    """

    consultation = models.OneToOneField(
        "consultations.Consultation", models.CASCADE, primary_key=True, related_name="report"
    )
    outcome = models.TextField(_("what was decided"), max_length=LONGEST_OUTCOME, blank=True)
    subject = models.TextField(_("subject of the consultation"), blank=True)
    events = models.TextField(_("events that were held"), blank=True)
    summary = models.TextField(_("summary of the proposals"), blank=True)
    changes = models.TextField(_("what changed in the text"), blank=True)
    #: The working copy of the М-тест: size of business -> figures; never published as it is.
    costs = models.JSONField(default=dict, editable=False)
    changed_at = models.DateTimeField(db_default=Now(), editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def texts(self) -> dict[str, str]:
        """Officers' texts, by section."""
        return {name: getattr(self, name) for name in SECTIONS}


class ReportVersion(models.Model):
    """The working copy after a person saved it."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    texts = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="report_version_number")
        ]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.number}"


class Edition(models.Model):
    """A published report. PostgreSQL lets nobody change what it says (migration 0041).

    ``content`` holds the blocks of the neutral document (core.export.document) without the rows of
    the disposition table, which are EditionRows; ``sha256`` is that of the manifest (manifest.py).
    Only its files, the progress of making them and the note of removed names change.
    """

    consultation = models.ForeignKey(
        "consultations.Consultation", models.PROTECT, related_name="editions"
    )
    number = models.PositiveSmallIntegerField()
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, editable=False, related_name="superseded_by"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    #: Why the report was published again; "" of the first edition.
    reason = models.CharField(_("reason"), max_length=LONGEST_REASON, blank=True)
    #: Whether it names participants by their full names, as its procedure asks (law 3841-IX
    #: art. 15): then an erasure leaves the names in it for the legal term.
    has_full_names = models.BooleanField(default=False)
    content = models.JSONField()
    rows_total = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    docx = models.FileField(upload_to="consultations/reports/", blank=True)
    pdf = models.FileField(upload_to="consultations/reports/", blank=True)
    #: Of the job that makes the files, in percent.
    progress = models.PositiveSmallIntegerField(default=0)
    #: How many names were taken out of it because accounts were erased, and when last.
    removed_names = models.PositiveIntegerField(default=0)
    names_removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="edition_number"),
            models.CheckConstraint(
                name="later_edition_with_reason",
                condition=Q(number=1, supersedes=None)
                | (Q(number__gt=1, supersedes__isnull=False) & ~Q(reason="")),
            ),
            models.CheckConstraint(name="edition_progress", condition=Q(progress__lte=100)),
            models.CheckConstraint(
                name="edition_names_removed_with_date",
                condition=Q(removed_names=0, names_removed_at=None)
                | Q(removed_names__gt=0, names_removed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}/{self.number}"

    def get_absolute_url(self) -> str:
        address = reverse("consultations:report", args=[self.consultation_id])
        return f"{address}?edition={self.number}"

    @property
    def is_published(self) -> bool:
        """False of one that stands for a preview: it is in no table."""
        return not self._state.adding

    @property
    def has_files(self) -> bool:
        """Whether its files are there and say what it says now: none while they are made anew."""
        return bool(self.docx and self.pdf) and self.progress == 100


class EditionRow(models.Model):
    """A row of the disposition table as it was published in an edition.

    The manifest holds salted hashes of ``name`` and ``words`` in place of them: a name that goes
    after an erasure takes its salt with it, and the edition still verifies.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="rows")
    place = models.PositiveIntegerField()
    remark = models.ForeignKey("consultations.Remark", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(null=True)
    #: Whose name it is; None: of somebody without an account, or removed.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    #: "" also of a remark that was hidden when the edition was published.
    name = models.CharField(max_length=1000, blank=True)
    name_salt = models.CharField(max_length=32, blank=True)
    name_hash = models.CharField(max_length=64)
    #: "" of a remark that was hidden when the edition was published.
    words = models.TextField(blank=True)
    words_salt = models.CharField(max_length=32)
    words_hash = models.CharField(max_length=64)
    #: Everything else that it says (compose.Facts).
    facts = models.JSONField()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "place"], name="edition_row_place")
        ]
        indexes = [models.Index(fields=["author", "edition"], name="edition_row_author")]

    def __str__(self) -> str:
        return f"{self.edition_id}/{self.place}"


class Declaration(models.Model):
    """The full name and the contact that a procedure asks for, stored with the remark.

    Asked where one writes (law 3841-IX art. 15). The name is published in the report; the contact
    is read by the consultation's officers alone.
    """

    remark = models.OneToOneField(
        "consultations.Remark", models.CASCADE, primary_key=True, related_name="declaration"
    )
    full_name = models.CharField(_("full name"), max_length=LONGEST_NAME)
    contact = models.CharField(_("e-mail or telephone"), max_length=LONGEST_CONTACT, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="declaration_has_name", condition=~Q(full_name=""))
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class EditionTerm(models.Model):
    """The term for another edition: words that the newest one left out as hidden are shown again.

    ``edition``: the one that has met it; null: it is still due.
    """

    consultation = models.ForeignKey(
        "consultations.Consultation", models.CASCADE, related_name="edition_terms"
    )
    remark = models.ForeignKey("consultations.Remark", models.CASCADE, related_name="+")
    due_on = models.DateField()
    at = models.DateTimeField(db_default=Now(), editable=False)
    edition = models.ForeignKey(Edition, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["remark"], condition=Q(edition=None), name="one_edition_term_due"
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(edition=None), name="edition_term_due"),
        ]

    def __str__(self) -> str:
        return f"{self.remark_id}: {self.due_on}"
