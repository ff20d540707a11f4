"""The answer to an appeal: drafted by its executor, approved by the head, and sent."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from appeals.filing.models import Appeal


class AnswerQuerySet(models.QuerySet["Answer"]):
    def waiting_for_approval(self) -> Self:
        """Drafts that are ready, as who wrote them said."""
        return self.filter(sent_at=None, approved_at=None, asked_at__isnull=False)

    def late(self) -> Self:
        """Those that were sent after their term."""
        return self.filter(sent_at__gte=F("due_at"))

    def published(self) -> Self:
        """Those that everybody reads: what begins with ``public_`` alone of them."""
        return self.filter(published_at__isnull=False).order_by("-published_at", "-pk")


class Answer(models.Model):
    """A draft of an answer until ``sent_at``, an answer from then on; one that was reopened gets
    a second. A published one is shown to everybody without anything of the applicant."""

    class Result(models.TextChoices):
        """393/96-ВР art. 15; the results that the council reports."""

        SATISFIED = "satisfied", _("satisfied")
        PARTLY = "partly", _("satisfied in part")
        DENIED = "denied", _("denied")
        EXPLAINED = "explained", _("explained")

    class How(models.TextChoices):
        PAGE = "page", _("on its page here")
        EMAIL = "email", _("by e-mail")
        LETTER = "letter", _("by letter")
        VISIT = "visit", _("in person")

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="answers")
    text = models.TextField(_("answer"), max_length=20_000, blank=True)
    result = models.CharField(_("result"), max_length=10, choices=Result, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())
    #: Who has said that it is ready, for a head to approve.
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    asked_at = models.DateTimeField(null=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, editable=False)
    signed_as = models.CharField(_("who answers"), max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True, editable=False)
    #: From when on it would have been late: the appeal itself gets another term if it is reopened.
    due_at = models.DateTimeField(null=True, editable=False)
    how = models.CharField(_("how it is sent"), max_length=10, choices=How, blank=True)
    #: Of the letter, since it was sent (appeals/letters/letterhead.py).
    letterhead = models.JSONField(null=True, editable=False)

    #: 1 to 5, by the applicant.
    rating = models.PositiveSmallIntegerField(null=True, editable=False)
    rating_words = models.TextField(max_length=1000, blank=True, editable=False)
    rated_at = models.DateTimeField(null=True, editable=False)

    #: Since when the applicant agrees that it is published without anything of them.
    agreed_at = models.DateTimeField(null=True, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    #: The question and the answer as everybody reads them.
    public_subject = models.CharField(_("subject, for everybody"), max_length=200, blank=True)
    public_question = models.TextField(_("question, for everybody"), max_length=20_000, blank=True)
    public_text = models.TextField(_("answer, for everybody"), max_length=20_000, blank=True)
    public_search = SearchVectorField(null=True, editable=False)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            # A draft may be half; what a head is asked about, approves or sends never is.
            models.CheckConstraint(
                name="appeal_answer_says_something",
                condition=Q(asked_at=None, approved_at=None, sent_at=None)
                | ~Q(text="") & ~Q(result=""),
            ),
            models.CheckConstraint(
                name="appeal_answer_ready_by_somebody",
                condition=Q(asked_at=None, asked_by=None)
                | Q(asked_at__isnull=False, asked_by__isnull=False),
            ),
            models.CheckConstraint(
                name="appeal_answer_approved_by_somebody",
                condition=Q(approved_at=None, approved_by=None)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
            ),
            models.CheckConstraint(
                name="appeal_answer_sent_after_approval",
                condition=Q(sent_at=None)
                | Q(approved_at__isnull=False, sent_at__gte=F("approved_at")) & ~Q(how=""),
            ),
            models.CheckConstraint(
                name="appeal_answer_sent_in_a_term",
                condition=Q(sent_at=None, due_at=None)
                | Q(sent_at__isnull=False, due_at__isnull=False),
            ),
            models.CheckConstraint(
                name="appeal_answer_rated_after_it_was_sent",
                condition=Q(rated_at=None, rating=None, rating_words="")
                | Q(
                    sent_at__isnull=False,
                    rated_at__isnull=False,
                    rated_at__gte=F("sent_at"),
                    rating__isnull=False,
                    rating__gte=1,
                    rating__lte=5,
                ),
            ),
            models.CheckConstraint(
                name="appeal_answer_published_whole",
                condition=Q(published_at=None, published_by=None)
                | Q(published_at__isnull=False, published_by__isnull=False, sent_at__isnull=False)
                & ~Q(public_subject="")
                & ~Q(public_text=""),
            ),
            models.CheckConstraint(
                name="appeal_answer_published_by_consent",
                condition=Q(published_at=None) | Q(agreed_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["appeal"], condition=Q(sent_at=None), name="appeal_answer_one_draft"
            ),
        ]
        indexes = [
            models.Index(
                fields=["-published_at", "-id"],
                condition=Q(published_at__isnull=False),
                name="appeal_answer_published",
            ),
            GinIndex(fields=["public_search"], name="appeal_answer_public_search"),
        ]

    def __str__(self) -> str:
        return self.text[:60] or str(self.pk)
