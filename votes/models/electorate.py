"""Who may vote, and who has."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from core.email_addresses import EmailModelField
from votes.models.poll import Poll


class Invitation(models.Model):
    """A person on the list of a poll: by her address, or by a code on paper."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="invitations")
    name = models.CharField(_("name"), max_length=200)
    #: Lists are read in Ukrainian order (core.collation).
    name_key = models.CharField(max_length=400, editable=False, db_collation="C")
    email = EmailModelField(blank=True)
    #: Keyed hash of the code on paper; the plain one is printed once.
    code = models.BinaryField(max_length=32, null=True, editable=False)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "email"], condition=~Q(email=""), name="one_invitation_per_address"
            ),
            models.UniqueConstraint(fields=["code"], name="invitation_code"),
        ]
        indexes = [models.Index(fields=["poll", "name_key", "id"], name="invitations_by_name")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Mark(models.Model):
    """One voter of one poll, and whether she has voted. One row a voter: the constraint is the
    promise that nobody votes twice.

    Of a secret poll all marks are written at the opening, and a vote turns ``used`` – without a
    time, an address or anything else that would tell which ballot is hers (docs/adr/0024).
    Of an open poll a mark is written with the ballot.
    """

    poll = models.ForeignKey(Poll, models.PROTECT, db_index=False, related_name="marks")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="marks"
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, related_name="+"
    )
    invitation = models.ForeignKey(Invitation, models.PROTECT, null=True, related_name="+")
    used = models.BooleanField(default=False)
    #: She was given a sheet at the office: her ballot is one of those on paper.
    on_paper = models.BooleanField(default=False)
    #: What turnout is split by, as it was when the mark was written.
    district = models.ForeignKey(
        "city.District", models.PROTECT, null=True, db_index=False, related_name="+"
    )
    age_over = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "user"],
                condition=Q(organisation=None),
                name="one_mark_per_person",
            ),
            models.UniqueConstraint(
                fields=["poll", "organisation"], name="one_mark_per_organisation"
            ),
            models.UniqueConstraint(fields=["poll", "invitation"], name="one_mark_per_invitation"),
            models.CheckConstraint(
                name="mark_on_paper_is_used", condition=Q(on_paper=False) | Q(used=True)
            ),
            models.CheckConstraint(
                name="mark_is_somebodys",
                condition=Q(user__isnull=False)
                | Q(organisation__isnull=False)
                | Q(invitation__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["poll", "used"], name="mark_turnout")]

    def __str__(self) -> str:
        return f"#{self.pk}"
