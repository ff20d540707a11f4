"""The model of a remark that waits until its organisation is confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.remarks.about import AboutDraft
from consultations.reports.models import LONGEST_CONTACT, LONGEST_NAME
from core.web import markup
from discussions.models import LONGEST, LONGEST_INTEREST, cite

if TYPE_CHECKING:
    from accounts.models import Anybody


class WaitingRemarkQuerySet(models.QuerySet["WaitingRemark"]):
    def of(self, user: Anybody) -> WaitingRemarkQuerySet:
        """Remarks sent by ``user``: nobody else reads a word of these rows."""
        return self.filter(author=user) if user.is_authenticated else self.none()

    def undecided(self) -> WaitingRemarkQuerySet:
        """Those that the office has to decide on, or that are about to join.

        An organisation that was refused and corrected after the close waits anew: its remark may
        still join, but holds no report back, else whoever corrects it again and again would.
        """
        in_time = Q(organisation__waits_since__lt=F("consultation__closes_at"))
        return self.filter(
            Q(in_time, organisation__confirmed_at=None)
            | Q(organisation__confirmed_at__isnull=False, author__is_active=True),
            organisation__refused_at=None,
            organisation__closed_at=None,
        )

    def ready(self) -> WaitingRemarkQuerySet:
        """Those whose organisation is confirmed: they join the consultation now."""
        return self.filter(
            organisation__confirmed_at__isnull=False, organisation__closed_at=None
        ).exclude(consultation__reported_at__isnull=False)


class WaitingRemark(AboutDraft):
    """Words sent for an organisation that nobody has confirmed yet.

    It is neither a Comment nor a Remark, so that no list, count, search, feed, API or live frame
    of those can contain it: whatever is public reads other tables. Its ``id`` is taken from the
    comments' numbers when it is sent. Confirmed, it becomes the Comment and the Remark of that
    number and date, and this row goes (consultations.waiting.actions).
    """

    id = models.BigIntegerField(primary_key=True, editable=False)
    consultation = models.ForeignKey(
        "consultations.Consultation", models.PROTECT, related_name="waiting_remarks"
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="waiting_remarks"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="waiting_remarks"
    )
    sent_at = models.DateTimeField(editable=False)
    text = models.TextField(_("text"), max_length=LONGEST)
    proposal = models.TextField(_("proposed wording"), max_length=LONGEST, blank=True, default="")
    interest = models.CharField(
        _("declared interest"), max_length=LONGEST_INTEREST, blank=True, default=""
    )
    #: What the procedure asks for, as in Declaration; "" where it asks for nothing.
    full_name = models.CharField(
        _("full name"), max_length=LONGEST_NAME, blank=True, default="", db_default=""
    )
    contact = models.CharField(
        _("e-mail or telephone"), max_length=LONGEST_CONTACT, blank=True, default="", db_default=""
    )
    #: Its author has no patronymic, so that two words are a full name.
    no_patronymic = models.BooleanField(default=False, db_default=False)

    objects = WaitingRemarkQuerySet.as_manager()

    class Meta(AboutDraft.Meta):
        constraints = [
            *AboutDraft.Meta.constraints,
            models.CheckConstraint(
                name="waitingremark_says_something", condition=~Q(text="") | ~Q(proposal="")
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} → {self.organisation_id}"

    def get_absolute_url(self) -> str:
        """The permanent address: the one that the remark has once it is published."""
        return reverse("consultations:remark", args=[self.consultation_id, self.pk])

    @property
    def is_turned_down(self) -> bool:
        """Whether its organisation was refused, or closed, so that it cannot join as things are."""
        return self.organisation.refused_at is not None or self.organisation.closed_at is not None

    @property
    def html(self) -> str:
        """Its words, made safe as a comment's are."""
        return markup.html(self.text)

    @property
    def voice(self) -> str:
        """In whose name it was sent, in one line of text."""
        return cite(self.organisation)
