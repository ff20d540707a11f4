"""Accreditation of journalists, and whether they come to press conferences."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from core.domain.email_addresses import EmailModelField

#: The longest reason, in characters.
LONGEST_REASON = 500


class AccreditationState(models.TextChoices):
    UNCONFIRMED = "unconfirmed", _("e-mail not confirmed")
    WAITING = "waiting", _("waits for a decision")
    REFUSED = "refused", _("refused")
    ACCREDITED = "accredited", _("accredited")
    OVER = "over", _("the term is over")
    ENDED = "ended", _("ended")


class AccreditationQuerySet(models.QuerySet["Accreditation"]):
    def waiting(self) -> Self:
        """Confirmed by mail, and not decided on."""
        return self.filter(confirmed_at__isnull=False, decided_at=None)

    def in_force(self, today: date) -> Self:
        """Those accredited on a day (in Kyiv)."""
        return self.filter(until__gte=today, ended_at=None)

    def over(self, today: date) -> Self:
        """Those whose term has passed by a day, or that were ended."""
        return self.filter(Q(until__lt=today) | Q(ended_at__isnull=False))

    def refused(self) -> Self:
        return self.filter(decided_at__isnull=False, until=None)

    def listening(self, today: date) -> Self:
        """Those accredited on a day who want the mailing of the press."""
        return self.in_force(today).filter(mails_stopped_at=None)

    def reading_releases(self, today: date) -> Self:
        """Those accredited on a day who agreed to get press releases."""
        return self.listening(today).filter(releases_agreed_at__isnull=False)


class Accreditation(models.Model):
    """A journalist's application, and what was decided on it.

    Where it stands is derived from its moments. ``until`` is the last day of the term; it is null
    until it was granted, and for ever where it was refused.
    """

    name = models.CharField(_("name and surname"), max_length=200)
    outlet = models.CharField(_("media outlet"), max_length=200)
    email = EmailModelField(_("e-mail"), max_length=254)
    phone = models.CharField(_("telephone"), max_length=20)
    document_number = models.CharField(
        _("number of the editorial document"), max_length=50, blank=True
    )
    language = models.CharField(max_length=2, default="uk")
    #: When it was sent, with the consent to the processing of these data.
    asked_at = models.DateTimeField(db_default=Now(), editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    refused_reason = models.CharField(_("reason"), max_length=LONGEST_REASON, blank=True)
    until = models.DateField(_("accredited until"), null=True)
    ended_at = models.DateTimeField(null=True, editable=False)
    #: None with ``ended_at``: another accreditation of the same address took its place.
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    ended_reason = models.CharField(_("reason"), max_length=LONGEST_REASON, blank=True)
    #: When they agreed to get press releases too, a consent of its own; null: they did not.
    releases_agreed_at = models.DateTimeField(null=True, editable=False)
    #: They want no invitations any more.
    mails_stopped_at = models.DateTimeField(null=True, editable=False)

    objects = AccreditationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accreditation_decided_when_confirmed",
                condition=Q(decided_at=None) | Q(confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="accreditation_decided_whole",
                condition=Q(decided_at=None, decided_by=None, until=None, refused_reason="")
                | Q(decided_at__isnull=False, decided_by__isnull=False)
                & (
                    Q(until__isnull=False, refused_reason="")
                    | Q(until=None) & ~Q(refused_reason="")
                ),
            ),
            models.CheckConstraint(
                name="accreditation_ended_when_granted",
                condition=Q(ended_at=None, ended_by=None, ended_reason="")
                | Q(ended_at__isnull=False, until__isnull=False)
                & (
                    Q(ended_by=None, ended_reason="")
                    | Q(ended_by__isnull=False) & ~Q(ended_reason="")
                ),
            ),
            models.UniqueConstraint(
                fields=["email"],
                condition=Q(confirmed_at__isnull=False, decided_at=None),
                name="accreditation_waits_once",
            ),
            models.UniqueConstraint(
                fields=["email"],
                condition=Q(until__isnull=False, ended_at=None),
                name="accreditation_once_in_force",
            ),
        ]
        indexes = [models.Index(fields=["email"], name="accreditation_email")]

    def __str__(self) -> str:
        return f"{self.name}, {self.outlet}"

    def state_on(self, today: date) -> AccreditationState:
        """The state on a day (in Kyiv)."""
        if self.confirmed_at is None:
            return AccreditationState.UNCONFIRMED
        if self.decided_at is None:
            return AccreditationState.WAITING
        if self.until is None:
            return AccreditationState.REFUSED
        if self.ended_at is not None:
            return AccreditationState.ENDED
        return AccreditationState.OVER if self.until < today else AccreditationState.ACCREDITED


class PressAttendance(models.Model):
    """Whether an accredited journalist comes to a press conference, as they last said."""

    accreditation = models.ForeignKey(
        Accreditation, models.CASCADE, db_index=False, related_name="attendances"
    )
    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="+")
    is_coming = models.BooleanField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["accreditation", "meeting"], name="press_attends_once_a_meeting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.accreditation_id} × {self.meeting_id}"
