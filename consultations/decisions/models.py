"""The council's decision on what was consulted on, its corrections, and its execution."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

#: The longest reason or note, in characters.
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Votes:
    """The totals of a roll-call (law 280/97-ВР art. 59); ``members``: of the whole council."""

    votes_for: int
    against: int
    abstained: int
    not_voting: int
    members: int

    @property
    def absent(self) -> int:
        """Number of members in none of the four columns."""
        return self.members - self.votes_for - self.against - self.abstained - self.not_voting

    @property
    def needed(self) -> int:
        """Number of votes that adopt: the majority of all members (art. 59(2))."""
        return self.members // 2 + 1

    @property
    def is_majority(self) -> bool:
        return self.votes_for >= self.needed


#: The columns of ``Votes``.
VOTES = ("votes_for", "against", "abstained", "not_voting", "members")


class Decision(models.Model):
    """The council's decision on the draft, once the report was published, or on a ground of the law
    before it.

    Until sittings are held here an officer enters the totals of the roll-call.
    """

    class Outcome(models.TextChoices):
        ADOPTED = "adopted", _("adopted")
        REJECTED = "rejected", _("not adopted")
        POSTPONED = "postponed", _("postponed")

    class EarlyGround(models.TextChoices):
        """Why it could be decided before the consultation had its last day and its report."""

        URGENT = "urgent", _("an urgent act: an emergency, or a threat to people (3841-IX art. 16)")
        MARTIAL_LAW = "martial_law", _("martial law (law 389-VIII art. 9(10))")

    consultation = models.OneToOneField(
        "consultations.Consultation", models.PROTECT, related_name="decision"
    )
    outcome = models.CharField(_("decision"), max_length=10, choices=Outcome)
    decided_on = models.DateField(_("day of the decision"))
    #: "" of what was decided on the day of the report or later. PostgreSQL asks for it of anything
    #: earlier (migrations 0086, 0092).
    early_ground = models.CharField(
        _("decided before the report, on the ground"),
        max_length=12,
        choices=EarlyGround,
        blank=True,
        default="",
        db_default="",
    )
    number = models.CharField(_("number of the act"), max_length=50, blank=True)
    #: From it the term of publication is counted (law 2939-VI art. 15(2)); without it, from the day
    #: of the decision.
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    url = models.URLField(_("link to the act"), max_length=500, blank=True)
    #: Why it was not adopted, or is postponed and until when.
    reason = models.TextField(_("reason"), max_length=LONGEST, blank=True)
    #: The published version of the draft that was adopted.
    text = models.ForeignKey(
        "drafts.Version",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("adopted text"),
    )
    #: Since when the act is in force, until when (the first day on which it is no longer), and by
    #: which act that was decided. Materials are kept until then and 5 years (personal_data.py).
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    in_force_until = models.DateField(_("in force until"), null=True, blank=True)
    ended_by = models.CharField(
        _("act by which it ceased to be in force"),
        max_length=200,
        blank=True,
        default="",
        db_default="",
    )
    ended_by_url = models.URLField(
        _("link to that act"), max_length=500, blank=True, default="", db_default=""
    )
    votes_for = models.PositiveSmallIntegerField(_("for"), null=True, blank=True)
    against = models.PositiveSmallIntegerField(_("against"), null=True, blank=True)
    abstained = models.PositiveSmallIntegerField(_("abstained"), null=True, blank=True)
    not_voting = models.PositiveSmallIntegerField(_("did not vote"), null=True, blank=True)
    members = models.PositiveSmallIntegerField(_("members of the council"), null=True, blank=True)
    roll_call_url = models.URLField(_("link to the roll-call"), max_length=500, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="decision_adopted_with_number",
                condition=~Q(outcome="adopted") | ~Q(number=""),
            ),
            models.CheckConstraint(
                name="decision_otherwise_with_reason",
                condition=Q(outcome="adopted") | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="decision_early_ground_of_the_law",
                condition=Q(early_ground__in=["", "urgent", "martial_law"]),
            ),
            models.CheckConstraint(
                name="decision_text_when_adopted",
                condition=Q(text__isnull=True) | Q(outcome="adopted"),
            ),
            models.CheckConstraint(
                name="decision_signed_when_adopted",
                condition=Q(signed_on=None) | Q(outcome="adopted", signed_on__gte=F("decided_on")),
            ),
            models.CheckConstraint(
                name="decision_in_force_when_adopted",
                condition=Q(in_force_from=None, in_force_until=None) | Q(outcome="adopted"),
            ),
            models.CheckConstraint(
                name="decision_in_force_in_order",
                condition=Q(in_force_until=None)
                | Q(in_force_from__isnull=False, in_force_until__gte=F("in_force_from")),
            ),
            models.CheckConstraint(
                name="decision_ended_with_day",
                condition=Q(ended_by="", ended_by_url="")
                | (Q(in_force_until__isnull=False) & ~Q(ended_by="")),
            ),
            models.CheckConstraint(
                name="decision_votes_whole",
                condition=Q(**dict.fromkeys((f"{name}__isnull" for name in VOTES), True))
                | Q(**dict.fromkeys((f"{name}__isnull" for name in VOTES), False)),
            ),
            models.CheckConstraint(
                name="decision_votes_of_members",
                condition=Q(members__isnull=True)
                | Q(
                    members__gte=F("votes_for") + F("against") + F("abstained") + F("not_voting"),
                    members__gt=0,
                ),
            ),
            models.CheckConstraint(
                name="decision_adopted_by_majority",
                condition=~Q(outcome="adopted")
                | Q(members__isnull=True)
                | Q(votes_for__gt=F("members") / 2),
            ),
        ]
        indexes = [
            models.Index(
                fields=["-decided_on", "-id"],
                condition=Q(outcome="adopted"),
                name="decision_acts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.number}".strip()

    @property
    def votes(self) -> Votes | None:
        """The totals of the roll-call, where they were entered."""
        values = [getattr(self, name) for name in VOTES]
        return None if None in values else Votes(*values)


class DecisionChange(models.Model):
    """A decision's former content: it was corrected, or a postponed matter was decided."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="changes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    former_outcome = models.CharField(max_length=10, choices=Decision.Outcome)
    #: Column -> what it held, of those that changed; dates in ISO, the text by its number.
    former = models.JSONField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="decision_corrected_with_reason",
                condition=~Q(reason="") | Q(former_outcome="postponed"),
            )
        ]

    def __str__(self) -> str:
        return self.reason or self.former_outcome


class ExecutionStep(models.Model):
    """Something that is to be done because of a decision: what, who answers for it, by when."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="steps")
    text = models.CharField(_("what is to be done"), max_length=500)
    responsible = models.CharField(_("who answers for it"), max_length=200)
    due_on = models.DateField(_("by when"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["due_on"], name="step_undone", condition=Q(done_on__isnull=True))
        ]

    def __str__(self) -> str:
        return self.text


class StepNote(models.Model):
    """Progress of a step on a day; ``former_due_on``: its day was moved."""

    step = models.ForeignKey(ExecutionStep, models.PROTECT, related_name="notes")
    text = models.CharField(_("what became of it"), max_length=1000, blank=True)
    former_due_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="step_noted_with_something",
                condition=~Q(text="") | Q(done_on__isnull=False),
            ),
            models.CheckConstraint(
                name="step_moved_with_words", condition=Q(former_due_on__isnull=True) | ~Q(text="")
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
