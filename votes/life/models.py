"""The model of a poll: one or more questions put to an electorate, openly or secretly."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.eligibility import ANYBODY, CHECKED, DECLARED, Requirement
from accounts.models import Level
from votes.querysets import PollQuerySet

#: The fewest ballots of a poll whose ballots are open data.
FEWEST_TOLD = 5


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    SCHEDULED = "scheduled", _("scheduled")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed, being counted")
    PUBLISHED = "published", _("results published")
    CANCELLED = "cancelled", _("cancelled")


class Poll(models.Model):
    """One poll. What is open is derived from its dates by the database's clock.

    A poll knows nothing of what it is attached to: a consultation, a petition's answer or a
    meeting holds the key to it.
    """

    class Secrecy(models.TextChoices):
        NAMED = "named", _("open: who voted how is shown")
        NAMELESS = "nameless", _("open: names are kept but not shown")
        SECRET = "secret", _("secret: nobody can tell who voted how")

    class Voters(models.TextChoices):
        ANYONE = "anyone", _("everyone who has signed in")
        RESIDENTS = "residents", _("residents, who say where they live")
        VERIFIED_RESIDENTS = (
            "verified_residents",
            _("residents whose identity and residence are confirmed"),
        )
        DISTRICT = "district", _("residents of one district, confirmed")
        ORGANISATIONS = "organisations", _("organisations, one vote each")
        INVITED = "invited", _("people on a list")

    class Age(models.IntegerChoices):
        FROM_14 = 14, _("from 14 years of age")
        FROM_16 = 16, _("from 16 years of age")
        FROM_18 = 18, _("from 18 years of age")

    class TieRule(models.TextChoices):
        SHARED = "shared", _("tied options share a rank")
        LISTED = "listed", _("the option that stands higher in the list goes first")
        LOT = "lot", _("by lot, from a number published beforehand")

    class BallotKind(models.TextChoices):
        ONCE = "once", _("each votes once, and gets a receipt")
        CHANGEABLE = "changeable", _("a vote may be changed until the close; there is no receipt")

    class Keeping(models.TextChoices):
        PEOPLE = "people", _("two people, each of whom can open alone")
        SERVER = "server", _("this server (weaker)")

    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("what it is about"), max_length=3000, blank=True)
    department = models.ForeignKey(
        "city.Department", models.PROTECT, verbose_name=_("responsible department")
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    secrecy = models.CharField(
        _("open or secret"), max_length=10, choices=Secrecy, default=Secrecy.NAMELESS
    )
    #: Of a secret poll: how its ballots are cast, and who keeps the keys that open them.
    ballot_kind = models.CharField(
        _("a secret vote"), max_length=10, choices=BallotKind, default=BallotKind.ONCE
    )
    keeping = models.CharField(
        _("who keeps the keys of a secret poll"),
        max_length=10,
        choices=Keeping,
        default=Keeping.PEOPLE,
    )
    voters = models.CharField(
        _("who may vote"), max_length=20, choices=Voters, default=Voters.ANYONE
    )
    min_age = models.PositiveSmallIntegerField(_("age of voters"), choices=Age, default=Age.FROM_14)
    district = models.ForeignKey(
        "city.District", models.PROTECT, null=True, blank=True, verbose_name=_("district")
    )
    #: Of open polls alone: a secret one shows nothing but its turnout before it closes.
    results_while_open = models.BooleanField(_("results are shown while it is open"), default=False)
    splits = models.BooleanField(
        _("results are also shown by district, age and resident or business"), default=False
    )
    random_order = models.BooleanField(_("options in random order"), default=False)
    #: A run-off that is announced has one that tells equals apart: a trigger holds it.
    tie_rule = models.CharField(
        _("when options are equal"), max_length=10, choices=TieRule, default=TieRule.SHARED
    )
    #: The number from which lots are drawn; published when the poll is scheduled.
    lot = models.CharField(max_length=64, blank=True, editable=False)
    #: Opened from the desk for those who are here, closed by a countdown.
    is_quick = models.BooleanField(default=False, editable=False)

    scheduled_at = models.DateTimeField(null=True, editable=False)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    #: Of a quick poll that was closed before its time: until when it was to be open.
    was_to_close_at = models.DateTimeField(null=True, editable=False)
    #: The electorate was written down at the opening; nobody joins it afterwards.
    frozen_at = models.DateTimeField(null=True, editable=False)
    electorate = models.PositiveIntegerField(null=True, editable=False)
    #: A job told that it opened, that it closed. The dates alone decide.
    opening_told = models.BooleanField(default=False, editable=False)
    closing_told = models.BooleanField(default=False, editable=False)
    #: Of a secret poll, from its announcement: the suite by which its ballots are sealed, and the
    #: one length of what is sealed (votes/ballots/boxes.py).
    suite = models.CharField(max_length=40, blank=True, editable=False)
    box_length = models.PositiveIntegerField(null=True, editable=False)
    #: How many have voted, as its page tells: rounded down by a job until it is opened.
    told_turnout = models.PositiveIntegerField(default=0, editable=False)
    #: From ``opening_at`` no box changes any more; at ``opened_at`` they were opened and emptied.
    opening_at = models.DateTimeField(null=True, editable=False)
    opened_at = models.DateTimeField(null=True, editable=False)
    #: How many boxes no key opened, and what an officer says of it where there are any.
    unopened = models.PositiveIntegerField(default=0, editable=False)
    unopened_reason = models.CharField(max_length=500, blank=True, editable=False)
    #: The server destroyed its own key.
    key_destroyed_at = models.DateTimeField(null=True, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, editable=False)
    cancelled_reason = models.CharField(max_length=500, blank=True, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    #: Lemmas of its title, description, questions and options; written when it is announced.
    search = SearchVectorField(null=True, editable=False)

    objects = PollQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="poll_opens_before_it_closes",
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
            ),
            models.CheckConstraint(
                name="poll_scheduled_with_dates",
                condition=Q(scheduled_at=None) | Q(opens_at__isnull=False, closes_at__isnull=False),
            ),
            models.CheckConstraint(
                name="only_a_quick_poll_closed_early",
                condition=Q(was_to_close_at=None)
                | Q(is_quick=True, was_to_close_at__gt=F("closes_at")),
            ),
            models.CheckConstraint(
                name="poll_of_a_district_names_it",
                condition=~Q(voters="district") | Q(district__isnull=False),
            ),
            models.CheckConstraint(
                name="secret_poll_shows_nothing_early",
                condition=~Q(secrecy="secret") | Q(results_while_open=False, splits=False),
            ),
            models.CheckConstraint(
                name="organisations_vote_secretly_once",
                condition=~Q(voters="organisations", ballot_kind="changeable"),
            ),
            models.CheckConstraint(
                name="poll_opening_before_opened",
                condition=Q(opened_at=None) | Q(opening_at__lte=F("opened_at")),
            ),
            models.CheckConstraint(
                name="secret_poll_published_when_opened",
                condition=~Q(secrecy="secret")
                | Q(published_at=None)
                | Q(opened_at__isnull=False, unopened=0)
                | Q(opened_at__isnull=False) & ~Q(unopened_reason=""),
            ),
            models.CheckConstraint(
                name="poll_cancelled_with_reason",
                condition=Q(cancelled_at=None, cancelled_reason="")
                | (Q(cancelled_at__isnull=False) & ~Q(cancelled_reason="")),
            ),
            models.CheckConstraint(
                name="poll_published_after_closing",
                condition=Q(published_at=None) | Q(published_at__gte=F("closes_at")),
            ),
        ]
        indexes = [
            models.Index(fields=["closes_at", "id"], name="poll_closing"),
            models.Index(fields=["-scheduled_at", "-id"], name="poll_newest"),
            GinIndex(fields=["search"], name="poll_search"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("votes:detail", args=[self.pk])

    def state_at(self, now: datetime) -> State:
        """State at ``now`` (aware; core.domain.clock.now())."""
        if self.cancelled_at:
            return State.CANCELLED
        if self.scheduled_at is None or self.opens_at is None or self.closes_at is None:
            return State.DRAFT
        if self.published_at:
            return State.PUBLISHED
        if now < self.opens_at:
            return State.SCHEDULED
        return State.OPEN if now < self.closes_at else State.CLOSED

    @property
    def is_secret(self) -> bool:
        return self.secrecy == self.Secrecy.SECRET

    @property
    def has_receipts(self) -> bool:
        """Whether who votes gets a code: then the vote is cast once."""
        return self.is_secret and self.ballot_kind == self.BallotKind.ONCE

    @property
    def requirement(self) -> Requirement:
        """Its requirement on voters; for INVITED the list says it all."""
        return self.requirement_of(self.voters, self.min_age, self.district_id)

    @classmethod
    def requirement_of(cls, voters: str, min_age: int, district_id: int | None) -> Requirement:
        """The requirement on voters of a poll with these values."""
        sure = Requirement(level=Level.SUBSTANTIAL, residence=CHECKED, age_over=min_age)
        return {
            cls.Voters.ANYONE: ANYBODY,
            cls.Voters.RESIDENTS: Requirement(residence=DECLARED),
            cls.Voters.VERIFIED_RESIDENTS: sure,
            cls.Voters.DISTRICT: replace(sure, district_id=district_id),
            cls.Voters.ORGANISATIONS: Requirement(organisation=True),
            cls.Voters.INVITED: ANYBODY,
        }[cls.Voters(voters)]

    def tells_ballots(self, number: int) -> bool:
        """Whether anybody may have its ballots once they are counted, ``number`` of them: not those
        of a secret poll, nor of so few that one is somebody's whom one knows, nor where results are
        told by groups, which whole ballots would take apart again (docs/adr/0027)."""
        return not (self.is_secret or self.splits) and number >= FEWEST_TOLD

    @property
    def topic(self) -> str:
        """The live topic that its page and its displays watch."""
        return topic_of(self.pk)


def topic_of(poll_id: int) -> str:
    return f"poll:{poll_id}"


class Extension(models.Model):
    """A later closing, decided before the old one, with its reason for everybody to see."""

    poll = models.ForeignKey(Poll, models.PROTECT, related_name="extensions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())
    old_closes_at = models.DateTimeField()
    new_closes_at = models.DateTimeField()
    reason = models.CharField(_("reason"), max_length=500)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="poll_extended_forward_and_before_closing",
                condition=Q(new_closes_at__gt=F("old_closes_at"), old_closes_at__gt=F("at")),
            )
        ]

    def __str__(self) -> str:
        return self.reason
