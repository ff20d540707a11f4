"""Models of the electorate: invitations, and the records of who may vote and who has."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from core.domain.email_addresses import EmailModelField
from votes.life.models import Poll
from votes.querysets import VoterRecordQuerySet


class Invitation(models.Model):
    """A person on the list of a poll: by their e-mail, or by a code on paper."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="invitations")
    name = models.CharField(_("name"), max_length=200)
    #: Lists are read in Ukrainian order (core.db.collation).
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


class VoterRecord(models.Model):
    """The voter record of an open poll: one voter, and whether they have voted. The constraint is
    the promise that nobody votes twice.

    It is written with the ballot; of a poll for people on a list all are written at the opening.
    """

    poll = models.ForeignKey(Poll, models.PROTECT, db_index=False, related_name="voter_records")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="voter_records"
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, related_name="+"
    )
    invitation = models.ForeignKey(Invitation, models.PROTECT, null=True, related_name="+")
    used = models.BooleanField(default=False)
    #: They were given a sheet at the office: their ballot is one of those on paper.
    on_paper = models.BooleanField(default=False)
    #: What turnout is split by, as it was when the record was written.
    district = models.ForeignKey(
        "city.District", models.PROTECT, null=True, db_index=False, related_name="+"
    )
    age_over = models.PositiveSmallIntegerField(null=True)

    objects = VoterRecordQuerySet.as_manager()

    class Meta:
        db_table = "votes_mark"
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


class SecretVoterRecord(models.Model):
    """The voter record of a secret poll: one voter, whether they have voted, and until the opening
    the box with their sealed ballot (docs/adr/0118). No time, no count of changes.

    All are written at the opening of the poll, each with its ``number``. The ``box`` opens with a
    keeper's key alone, which is not here; ``form`` is the form that filled it. From the close on a
    trigger lets nobody change a box, and the opening empties all.
    """

    pk = models.CompositePrimaryKey("poll_id", "number")
    poll = models.ForeignKey(Poll, models.PROTECT, db_index=False, related_name="+")
    number = models.PositiveIntegerField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="secret_voter_records"
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, db_index=False, related_name="+"
    )
    invitation = models.ForeignKey(
        Invitation, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    used = models.BooleanField(default=False)
    on_paper = models.BooleanField(default=False)
    #: What turnout is split by, as it was at the opening.
    district = models.ForeignKey(
        "city.District", models.PROTECT, null=True, db_index=False, related_name="+"
    )
    age_over = models.PositiveSmallIntegerField(null=True)
    box = models.BinaryField(null=True)
    form = models.UUIDField(null=True)

    objects = VoterRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "user"],
                condition=Q(user__isnull=False),
                name="one_secret_record_per_person",
            ),
            models.UniqueConstraint(
                fields=["poll", "organisation"],
                condition=Q(organisation__isnull=False),
                name="one_secret_record_per_organisation",
            ),
            models.UniqueConstraint(
                fields=["poll", "invitation"],
                condition=Q(invitation__isnull=False),
                name="one_secret_record_per_invitation",
            ),
            models.CheckConstraint(
                name="secret_record_on_paper_is_used", condition=Q(on_paper=False) | Q(used=True)
            ),
            models.UniqueConstraint(fields=["poll", "form"], name="one_secret_record_per_form"),
            models.CheckConstraint(
                name="secret_record_box_is_of_a_vote",
                condition=Q(box=None, form=None)
                | Q(box__isnull=False, form__isnull=False, used=True, on_paper=False),
            ),
            models.CheckConstraint(
                name="secret_record_is_of_one_voter",
                condition=Q(user__isnull=False, organisation=None, invitation=None)
                | Q(user=None, organisation__isnull=False, invitation=None)
                | Q(user=None, organisation=None, invitation__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.poll_id}/{self.number}"


def voter_records(poll: Poll) -> VoterRecordQuerySet:
    """The voter records of a poll, of either kind."""
    if poll.is_secret:
        return SecretVoterRecord.objects.of_poll(poll)
    return VoterRecord.objects.of_poll(poll)
