"""Course of an appeal: assignments, log entries, and readers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from appeals.filing.models import Appeal


class Executor(models.Model):
    """A department, or one person of it, who works on an appeal: they may read it.

    One of them is the main one and answers; the others help with it.
    """

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="executors")
    department = models.ForeignKey("city.Department", models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    is_main = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-is_main", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["appeal", "department", "user"],
                nulls_distinct=False,
                name="executor_once",
            ),
            models.UniqueConstraint(
                fields=["appeal"], condition=Q(is_main=True), name="executor_main_one"
            ),
        ]
        indexes = [
            models.Index(fields=["department", "appeal"], name="executor_department"),
        ]

    def __str__(self) -> str:
        return f"{self.appeal_id}, {self.department_id}"


class Entry(models.Model):
    """Something that happened to an appeal: a line of the applicant's timeline, or an internal one.

    ``kind`` gives its title, ``words`` what is told beyond that. Rows are never changed.
    """

    class Kind(models.TextChoices):
        PETITION = "petition", _("As a petition")
        FILED = "filed", _("Registered")
        ACCEPTED = "accepted", _("Accepted for consideration")
        CORRECTED = "corrected", _("What it was registered as was corrected")
        ASSIGNED = "assigned", _("Given to its executors")
        FORWARDED = "forwarded", _("Forwarded to the competent body")
        RETURNED = "returned", _("Returned")
        REFUSED = "refused", _("Left without consideration")
        MOVED = "moved", _("Goes on as an administrative case")
        EXTENDED = "extended", _("The term was extended")
        HEAD_ASKED = "head_asked", _("The head of the body was asked to decide")
        POSTPONED = "postponed", _("The request was postponed")
        FEE_ASKED = "fee_asked", _("Payment for copying was asked for")
        FEE_PAID = "fee_paid", _("Copying was paid for")
        SHORTENED = "shortened", _("The term was shortened")
        RECOUNTED = "recounted", _("The term was recalculated")
        NOTE = "note", pgettext_lazy("in the file of an appeal", "Note")
        DRAFTED = "drafted", _("An answer was drafted")
        ASKED = "asked", _("Approval was asked for")
        SENT_BACK = "sent_back", _("The draft was sent back for rework")
        APPROVED = "approved", _("The answer was approved")
        ANSWERED = "answered", _("The answer was sent")
        RATED = "rated", _("The applicant rated the answer")
        REOPENED = "reopened", _("Reopened by the applicant")
        WITHDRAWN = "withdrawn", _("Withdrawn by the applicant")
        SECRET = "secret", _("A new code of access was given")
        GIVEN_BACK = "given_back", _("Considered as a petition again")
        TAKEN_AGAIN = "taken_again", _("Considered as an appeal again")

    appeal = models.ForeignKey(Appeal, models.PROTECT, db_index=False, related_name="entries")
    kind = models.CharField(max_length=15, choices=Kind)
    at = models.DateTimeField(db_default=Now())
    #: None: the applicant without an account, or a job.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    words = models.TextField(max_length=4000, blank=True)
    #: Only who works on the appeal reads it.
    internal = models.BooleanField(default=False)
    #: Of the letter that tells of it (appeals/letters/letterhead.py).
    letterhead = models.JSONField(null=True, editable=False)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["appeal", "id"], name="appeal_entry_of")]
        constraints = [
            models.CheckConstraint(
                name="appeal_note_says_something",
                condition=~Q(kind__in=["note", "sent_back"]) | ~Q(words=""),
            ),
            models.CheckConstraint(
                name="appeal_rework_is_internal", condition=~Q(kind="sent_back") | Q(internal=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.words[:60]}".strip()


class Reading(models.Model):
    """Somebody of the council read an appeal; its applicant sees who, when and of which office.

    ``slot`` is the stretch of ten minutes in which it was: one row for all that one person looks
    at in it, however many requests come at once.
    """

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="readings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    #: The office and the role in which they read, as they were then.
    department = models.ForeignKey("city.Department", models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=20)
    at = models.DateTimeField(db_default=Now())
    slot = models.BigIntegerField()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["appeal", "user", "slot"], name="appeal_reading_of_ten_minutes"
            )
        ]

    def __str__(self) -> str:
        return f"{self.appeal_id}, {self.user_id}, {self.at}"
