"""The petition and its state."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.domain.calendar import last_date
from petitions.querysets import PetitionQuerySet
from petitions.rulebook.models import Ground, Procedure


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    MODERATION = "moderation", _("being checked")
    REFUSED = "refused", _("refused")
    COLLECTING = "collecting", _("collecting signatures")
    REACHED = "reached", _("enough signatures")
    REVIEW = "review", _("under review")
    AGENDA = "agenda", _("on the agenda of the session")
    SUPPORTED = "supported", _("supported")
    NOT_SUPPORTED = "not_supported", _("not supported")
    ANSWERED = "answered", _("answered")
    NOT_REACHED = "not_reached", _("not enough signatures, considered as an appeal")
    WITHDRAWN = "withdrawn", _("withdrawn by its author")


#: The longest title, and the longest text and reasons, in characters.
LONGEST_TITLE, LONGEST_TEXT = 150, 5000
#: In which it may be signed.
OPEN_STATES = frozenset({State.COLLECTING, State.REACHED})


class Petition(models.Model):
    """One petition. Where it stands is derived from its dates by the database's clock.

    Each moment below is written once by the action of its name; ``reached_at`` alone goes back to
    nothing, when signatures are removed before the review begins. ``*_due_on`` are last days, in
    Kyiv, computed by the procedure when the term begins (petitions/terms.py).
    """

    class Decision(models.TextChoices):
        SUPPORTED = "supported", _("supported")
        NOT_SUPPORTED = "not_supported", _("not supported")

    #: The rules of its own: the newest until it is published, then these for good.
    procedure = models.ForeignKey(Procedure, models.PROTECT)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="petitions", editable=False
    )
    thread = models.OneToOneField("discussions.Thread", models.PROTECT, editable=False)
    themes = models.ManyToManyField("city.Theme", blank=True, verbose_name=_("themes"))
    district = models.ForeignKey(
        "city.District", models.SET_NULL, null=True, blank=True, verbose_name=_("district")
    )
    streets = models.ManyToManyField("city.Street", blank=True, verbose_name=_("streets"))
    #: Who of the city reviews and answers it; named by who moderates, or at the review.
    department = models.ForeignKey(
        "city.Department", models.PROTECT, null=True, verbose_name=_("responsible department")
    )
    title = models.CharField(_("what the council should do"), max_length=LONGEST_TITLE, blank=True)
    text = models.TextField(_("what exactly you ask for"), max_length=LONGEST_TEXT, blank=True)
    reasons = models.TextField(_("why"), max_length=LONGEST_TEXT, blank=True)
    #: The author's full name as the law has it published, and how the city finds them.
    author_name = models.CharField(_("your full name"), max_length=200, blank=True)
    author_address = models.CharField(_("where you live"), max_length=300, blank=True)
    author_phone = models.CharField(_("telephone"), max_length=40, blank=True)

    created_at = models.DateTimeField(db_default=Now(), editable=False)
    changed_at = models.DateTimeField(db_default=Now(), editable=False)
    submitted_at = models.DateTimeField(null=True, editable=False)
    publish_due_on = models.DateField(null=True, editable=False)
    refused_at = models.DateTimeField(null=True, editable=False)
    refused_on = models.ForeignKey(Ground, models.PROTECT, null=True, editable=False)
    #: For its author: words of it that are against the ground, and what a moderator says of it. One
    #: of both is there, but for what was refused before that was asked (``is_refusal_explained``).
    refused_note = models.TextField(max_length=2000, blank=True, editable=False)
    refused_quote = models.CharField(
        max_length=500, blank=True, default="", db_default="", editable=False
    )
    is_refusal_explained = models.BooleanField(default=True, db_default=True, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    #: The first moment at which nobody can sign any more: midnight after the last day, in Kyiv.
    closes_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_reason = models.CharField(max_length=500, blank=True, editable=False)
    reached_at = models.DateTimeField(null=True, editable=False)
    notice_due_on = models.DateField(null=True, editable=False)
    #: The notice that the review has begun was published; nobody signs from then on.
    review_at = models.DateTimeField(null=True, editable=False)
    review_due_on = models.DateField(null=True, editable=False)
    #: The session on whose agenda it stands, once it does.
    session_on = models.DateField(_("day of the session"), null=True, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    decision = models.CharField(max_length=15, choices=Decision, blank=True, editable=False)
    answer_due_on = models.DateField(null=True, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    #: A job found that it had closed without enough signatures, and handed it over as an appeal.
    handed_over_at = models.DateTimeField(null=True, editable=False)
    #: As which appeal it is considered since; given back where it has enough after all.
    appeal = models.OneToOneField(
        "appeals.Appeal", models.PROTECT, null=True, editable=False, related_name="+"
    )
    #: Since when signing asks for a proof of work, because somebody floods it.
    guarded_since = models.DateTimeField(null=True, editable=False)
    search = SearchVectorField(null=True, editable=False)

    objects = PetitionQuerySet.as_manager()

    class Meta:
        # A condition that compares with nothing is nothing, and passes: so each says of what it
        # compares with that it is there.
        constraints = [
            models.CheckConstraint(
                name="petition_submitted_whole",
                condition=Q(submitted_at=None)
                | (~Q(title="") & ~Q(text="") & Q(publish_due_on__isnull=False)),
            ),
            # Whose accounts are erased lose the name later, see personal_data.py.
            models.CheckConstraint(
                name="petition_checked_with_its_author",
                condition=Q(submitted_at=None)
                | ~Q(author_name="")
                | Q(published_at__isnull=False)
                | Q(refused_at__isnull=False)
                | Q(withdrawn_at__isnull=False),
            ),
            models.CheckConstraint(
                name="petition_refused_or_published",
                condition=Q(refused_at=None) | Q(published_at=None, submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="petition_refused_on_a_ground",
                condition=Q(refused_at=None, refused_on=None)
                | Q(refused_at__isnull=False, refused_on__isnull=False),
            ),
            models.CheckConstraint(
                name="petition_refused_with_facts",
                condition=Q(refused_at=None)
                | Q(is_refusal_explained=False)
                | ~Q(refused_note="")
                | ~Q(refused_quote=""),
            ),
            models.CheckConstraint(
                name="petition_published_with_dates",
                condition=Q(published_at=None, closes_at=None)
                | Q(
                    submitted_at__isnull=False,
                    closes_at__isnull=False,
                    closes_at__gt=F("published_at"),
                ),
            ),
            models.CheckConstraint(
                name="petition_reached_while_collecting",
                condition=Q(reached_at=None)
                | Q(
                    published_at__isnull=False,
                    reached_at__gte=F("published_at"),
                    notice_due_on__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="petition_review_after_reaching",
                condition=Q(review_at=None)
                | Q(
                    reached_at__isnull=False,
                    review_at__gte=F("reached_at"),
                    review_due_on__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="petition_session_after_review",
                condition=Q(session_on=None) | Q(review_at__isnull=False),
            ),
            models.CheckConstraint(
                name="petition_decided_after_review",
                condition=Q(decided_at=None, decision="")
                | (Q(review_at__isnull=False, decided_at__gte=F("review_at")) & ~Q(decision="")),
            ),
            models.CheckConstraint(
                name="petition_withdrawn_before_reaching",
                condition=Q(withdrawn_at=None, withdrawn_reason="")
                | (
                    Q(
                        withdrawn_at__isnull=False,
                        submitted_at__isnull=False,
                        reached_at=None,
                        refused_at=None,
                        answered_at=None,
                    )
                    & ~Q(withdrawn_reason="")
                ),
            ),
            models.CheckConstraint(
                name="petition_handed_over_after_closing",
                condition=Q(handed_over_at=None)
                | Q(closes_at__isnull=False, handed_over_at__gte=F("closes_at")),
            ),
            models.CheckConstraint(
                name="petition_appeal_when_handed_over",
                condition=Q(appeal=None) | Q(handed_over_at__isnull=False),
            ),
            models.CheckConstraint(
                name="petition_answered_when_decided_or_closed",
                condition=Q(answered_at=None)
                | Q(decided_at__isnull=False, answered_at__gte=F("decided_at"))
                | Q(
                    reached_at=None,
                    closes_at__isnull=False,
                    answered_at__gte=F("closes_at"),
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["closes_at", "id"], name="petition_closing"),
            models.Index(fields=["-published_at", "-id"], name="petition_newest"),
            models.Index(fields=["-answered_at", "-id"], name="petition_answered"),
            models.Index(fields=["author", "-id"], name="petition_author"),
            models.Index(
                fields=["submitted_at", "id"],
                condition=Q(published_at=None, refused_at=None, withdrawn_at=None),
                name="petition_moderation",
            ),
            models.Index(
                fields=["id"],
                condition=Q(guarded_since__isnull=False),
                name="petition_guarded",
            ),
            # What the lists count: answered without reading the petitions themselves.
            models.Index(
                fields=[
                    "published_at",
                    "closes_at",
                    "review_at",
                    "reached_at",
                    "answered_at",
                    "withdrawn_at",
                ],
                name="petition_lists",
            ),
            GinIndex(fields=["search"], name="petition_search"),
            GinIndex(fields=["title"], opclasses=["gin_trgm_ops"], name="petition_title_likeness"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("petitions:detail", args=[self.pk])

    def state_at(self, now: datetime) -> State:
        """State at ``now`` (aware; core.domain.clock.now())."""
        if self.withdrawn_at:
            return State.WITHDRAWN
        if self.submitted_at is None:
            return State.DRAFT
        if self.published_at is None or self.closes_at is None:
            return State.REFUSED if self.refused_at else State.MODERATION
        if self.answered_at:
            return State.ANSWERED
        if self.decided_at:
            return State(self.decision)
        if self.review_at:
            return State.AGENDA if self.session_on else State.REVIEW
        if self.reached_at:
            return State.REACHED
        return State.COLLECTING if now < self.closes_at else State.NOT_REACHED

    def is_open_at(self, now: datetime) -> bool:
        """Whether it may be signed at ``now``: until its last day, or until its review begins."""
        return (
            self.state_at(now) in OPEN_STATES
            and self.closes_at is not None
            and now < self.closes_at
        )

    @property
    def author_shown(self) -> str:
        """The author's published name; of an erased account, once the record's term is over, and of
        what was never published «видалений користувач».
        """
        return self.author_name or gettext("deleted user")

    @property
    def topic(self) -> str:
        """The live topic that its page watches."""
        return topic_of(self.pk)

    @property
    def last_day(self) -> date | None:
        """The last day on which it may be signed, in Kyiv."""
        return last_date(self.closes_at) if self.closes_at else None


def topic_of(petition_id: int) -> str:
    return f"petition:{petition_id}"
