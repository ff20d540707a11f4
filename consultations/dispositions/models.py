"""The council's disposition of a remark: a row of the disposition table."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

#: The longest reason, in characters.
LONGEST_REASON = 5000


class RowValues(models.Model):
    """Columns of a row of the table that a decision and its approval write."""

    class Kind(models.TextChoices):
        ACCEPTED = "accepted", _("taken into account")
        PARTLY = "partly", _("taken into account in part")
        REJECTED = "rejected", _("rejected")
        #: Only for words that propose nothing.
        NOTED = "noted", _("taken note of")

    kind = models.CharField(_("disposition"), max_length=10, choices=Kind, blank=True)
    reason = models.TextField(_("reason"), max_length=LONGEST_REASON, blank=True)
    #: The clause that it led to, by its identity across versions (clause.key).
    resulting_key = models.UUIDField(null=True, blank=True)
    #: Who decided, and who approved it.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, editable=False)
    changed_at = models.DateTimeField(db_default=Now(), editable=False)
    #: Of a hidden remark that the council considers: the reason in words that repeat nothing of the
    #: hidden ones, public once another person than its writer has checked that.
    public_reason = models.TextField(
        _("reason for everybody"),
        max_length=LONGEST_REASON,
        blank=True,
        default="",
        db_default="",
        editable=False,
    )
    public_reason_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    checked_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True


#: Their names.
WRITTEN = tuple(field.name for field in RowValues._meta.local_fields)


class Disposition(RowValues):
    """The council's disposition of a remark, with the reason (laws 3841-IX art. 19, 1160-IV art.
    9).

    A row may be half-filled while it is worked on: ``kind`` is empty until it is decided. What is
    public is what ``approved_at`` says, or all of it once the consultation's report is published.
    """

    remark = models.OneToOneField(
        "consultations.Remark", models.CASCADE, primary_key=True, related_name="disposition"
    )

    class Meta:
        indexes = [
            # What was taken into account, the newest first.
            models.Index(
                fields=["-decided_at", "-remark"],
                name="disposition_taken",
                condition=Q(kind__in=["accepted", "partly"]),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="disposition_decided_by_somebody",
                condition=Q(kind="", decided_at__isnull=True)
                | (~Q(kind="") & Q(decided_at__isnull=False)),
            ),
            # Everything but an acceptance also needs a reason (rules.approve), unless its words
            # are hidden, which is a matter of the comment (ADR 98).
            models.CheckConstraint(
                name="disposition_approved_when_decided",
                condition=Q(approved_at__isnull=True) | ~Q(kind=""),
            ),
            models.CheckConstraint(
                name="public_reason_written_by_somebody",
                condition=Q(public_reason="", public_reason_by=None)
                | (~Q(public_reason="") & Q(public_reason_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="public_reason_checked_by_another",
                condition=Q(checked_by=None, checked_at=None)
                | (
                    Q(checked_by__isnull=False, checked_at__isnull=False)
                    & ~Q(public_reason="")
                    & Q(public_reason_by__isnull=False)
                    & ~Q(checked_by=F("public_reason_by"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.remark_id}: {self.kind or '–'}"

    @property
    def is_complete(self) -> bool:
        """Whether it can stand in a report: decided, and with a reason unless accepted."""
        return self.kind == self.Kind.ACCEPTED or (
            self.kind in EXPLAINED and bool(self.reason.strip())
        )

    @property
    def shown_public_reason(self) -> str:
        """The reason that everybody may read of a hidden remark; "" until it is checked."""
        return self.public_reason if self.checked_at is not None else ""

    def is_public(self, reported_at: datetime | None) -> bool:
        """Whether everybody may read it: it is approved, or stands so in the published report."""
        if self.approved_at is not None:
            return True
        return bool(self.kind) and reported_at is not None and self.changed_at <= reported_at


#: The dispositions that need a reason (laws 3841-IX art. 19, 1160-IV art. 9).
EXPLAINED = tuple(kind.value for kind in Disposition.Kind if kind != Disposition.Kind.ACCEPTED)


class Assignment(models.Model):
    """Assignment of a row of the table, with a due day: to a person or a whole department.

    A row that nobody is named for is the responsible department's.
    """

    remark = models.OneToOneField(
        "consultations.Remark", models.CASCADE, primary_key=True, related_name="assignment"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        verbose_name=_("official"),
        related_name="+",
    )
    department = models.ForeignKey(
        "city.Department",
        models.PROTECT,
        null=True,
        verbose_name=_("department"),
        related_name="+",
    )
    due_on = models.DateField(_("until"), null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="assignment_to_somebody_or_a_department",
                condition=Q(person__isnull=False, department__isnull=True)
                | Q(person__isnull=True, department__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["due_on"], name="assignment_due")]

    def __str__(self) -> str:
        return f"{self.remark_id}: {self.person_id or self.department_id}"


class SavedText(models.Model):
    """Words that a department writes often: a reason of a disposition, or an official reply."""

    class Use(models.TextChoices):
        REASON = "reason", _("reason of a disposition")
        REPLY = "reply", _("official reply")

    department = models.ForeignKey(
        "city.Department", models.CASCADE, verbose_name=_("department"), related_name="+"
    )
    use = models.CharField(_("what for"), max_length=10, choices=Use, default=Use.REASON)
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), max_length=LONGEST_REASON)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    changed_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["use", "title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "use", "title"], name="saved_text_title_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("desk:saved_text", args=[self.department_id, self.pk])

    @property
    def about(self) -> str:
        """The purpose it was saved for."""
        return self.get_use_display()


class ApprovalSetting(models.Model):
    """Whether a department's dispositions are approved by another person than who decided."""

    department = models.OneToOneField(
        "city.Department", models.CASCADE, primary_key=True, related_name="+"
    )
    needs_another_person = models.BooleanField(_("another person approves"), default=False)

    def __str__(self) -> str:
        return f"{self.department_id}: {self.needs_another_person}"
