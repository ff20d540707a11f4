"""Questions from the floor, and speakers."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from meetings.agenda.models import Item
from meetings.course.models import Meeting
from meetings.deputies.models import Deputy
from meetings.querysets import QuestionQuerySet

#: The longest question, in characters: one that can be read from a screen.
LONGEST_QUESTION = 500
#: A question that a device had no link to send is sent so long after it was written.
LONGEST_ON_DEVICE = timedelta(hours=24)
#: So much earlier it was written than it came, where that is told.
_APART = timedelta(minutes=1)


class Question(models.Model):
    """A question from the floor; who runs the meeting reads it before anybody else does.

    ``is_live``: it stands on the hall's displays, at most one of a meeting.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waits to be checked")
        SHOWN = "shown", _("shown")
        ANSWERED = "answered", pgettext_lazy("a question", "answered")
        LATER = "later", _("will be answered in writing")
        HIDDEN = "hidden", _("not shown")
        MERGED = "merged", _("asked by another one too")

    #: In which everybody reads it.
    PUBLIC = (State.SHOWN, State.ANSWERED, State.LATER)

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="questions")
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="questions")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    text = models.TextField(_("question"), max_length=LONGEST_QUESTION)
    asked_at = models.DateTimeField(db_default=Now(), editable=False)
    #: When it was written, as its author's device says, where it had no link then. It is shown, and
    #: decides nothing: order and deadlines go by ``asked_at``.
    written_at = models.DateTimeField(null=True, editable=False)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING, editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="merged"
    )
    is_live = models.BooleanField(default=False, db_default=False, editable=False)
    #: Why it is not shown; its author reads it.
    hidden_reason = models.CharField(_("reason"), max_length=500, blank=True, editable=False)
    #: What was answered in writing, or the gist of what was said.
    answer = models.TextField(_("answer"), max_length=5000, blank=True, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="question_merged_into_one",
                condition=Q(state="merged", merged_into__isnull=False) & ~Q(merged_into=F("id"))
                | ~Q(state="merged") & Q(merged_into=None),
            ),
            models.CheckConstraint(
                name="question_written_before_it_came",
                condition=Q(written_at=None)
                | Q(
                    written_at__lte=F("asked_at"), written_at__gte=F("asked_at") - LONGEST_ON_DEVICE
                ),
            ),
            models.CheckConstraint(
                name="question_live_when_shown", condition=Q(is_live=False) | Q(state="shown")
            ),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(is_live=True), name="question_one_live"
            ),
            models.CheckConstraint(
                name="question_hidden_with_reason",
                condition=Q(state="hidden") & ~Q(hidden_reason="")
                | ~Q(state="hidden") & Q(hidden_reason=""),
            ),
            models.CheckConstraint(
                name="question_answered_at_a_moment",
                condition=Q(state="answered", answered_at__isnull=False)
                | ~Q(state="answered") & Q(answered_at=None, answer=""),
            ),
        ]
        indexes = [models.Index(fields=["meeting", "state", "id"], name="question_of_state")]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def written_earlier(self) -> datetime | None:
        """When it was written, where that was more than a minute before it came."""
        is_apart = self.written_at is not None and self.asked_at - self.written_at > _APART
        return self.written_at if is_apart else None

    @property
    def author_shown(self) -> str:
        """The author's public name."""
        return self.author.public_name or gettext("deleted user")


class QuestionSupport(models.Model):
    """Somebody wants the same question answered."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="supports")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "user"], name="question_support_once"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}, {self.user_id}"


class Speaker(models.Model):
    """Somebody who asked to speak on an item: a deputy, a resident with an account, or a person
    in the hall by a typed name. Their order is a rule: meetings/speakers/rules.py."""

    class Stance(models.TextChoices):
        FOR = "for", _("for")
        AGAINST = "against", _("against")
        NONE = "", _("neither")

    class Kind(models.TextChoices):
        SPEECH = "speech", pgettext_lazy("of a speaker", "speech")
        REPLY = "reply", pgettext_lazy("of a speaker", "reply")
        ORDER = "order", _("point of order")
        RAPPORTEUR = "rapporteur", pgettext_lazy("of a speaker", "rapporteur")

    item = models.ForeignKey(Item, models.PROTECT, related_name="speakers")
    kind = models.CharField(
        pgettext_lazy("of a speaker", "kind"),
        max_length=10,
        choices=Kind,
        default=Kind.SPEECH,
        db_default=Kind.SPEECH,
    )
    deputy = models.ForeignKey(
        Deputy, models.PROTECT, null=True, blank=True, related_name="speeches"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    name = models.CharField(_("full name"), max_length=200, blank=True)
    stance = models.CharField(_("stance"), max_length=7, choices=Stance, blank=True)
    asked_at = models.DateTimeField(db_default=Now(), editable=False)
    #: Taken back by themselves, or struck off by who runs the meeting.
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    began_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    #: How long they may speak.
    seconds = models.PositiveSmallIntegerField(_("seconds"), default=180)
    #: Their clock stands since then; None: it runs.
    stopped_at = models.DateTimeField(null=True, editable=False)
    #: So long it stood before, which is not of their time.
    stopped_for = models.DurationField(default=timedelta, db_default=timedelta(), editable=False)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="speaker_is_somebody",
                condition=Q(deputy__isnull=False) | Q(user__isnull=False) | ~Q(name=""),
            ),
            models.CheckConstraint(
                name="speaker_ends_after_beginning",
                condition=Q(ended_at=None) | Q(began_at__isnull=False, ended_at__gte=F("began_at")),
            ),
            models.CheckConstraint(
                name="speaker_withdrawn_before_beginning",
                condition=Q(withdrawn_at=None) | Q(began_at=None),
            ),
            models.CheckConstraint(name="speaker_has_time", condition=Q(seconds__gte=1)),
            models.CheckConstraint(
                name="speaker_stopped_while_speaking",
                condition=Q(stopped_at=None)
                | Q(began_at__isnull=False, ended_at=None, stopped_at__gte=F("began_at")),
            ),
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(began_at__isnull=False, ended_at=None),
                name="speaker_one_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["item", "user"],
                condition=Q(began_at=None, withdrawn_at=None, user__isnull=False),
                name="speaker_waits_once_by_account",
            ),
            models.UniqueConstraint(
                fields=["item", "deputy"],
                condition=Q(began_at=None, withdrawn_at=None, deputy__isnull=False),
                name="speaker_waits_once_as_deputy",
            ),
        ]

    def __str__(self) -> str:
        return self.name_shown

    @property
    def name_shown(self) -> str:
        """The speaker's public name, also in the hall (load ``deputy`` and ``user`` with it)."""
        if self.deputy is not None:
            return self.deputy.name
        if self.name or self.user is None:
            return self.name
        return self.user.public_name or gettext("deleted user")

    @property
    def is_waiting(self) -> bool:
        return self.began_at is None and self.withdrawn_at is None

    @property
    def is_speaking(self) -> bool:
        return self.began_at is not None and self.ended_at is None

    @property
    def time_is_up_at(self) -> datetime | None:
        """The moment at which their time is over, once they have begun; None while their clock
        stands."""
        if self.began_at is None or self.stopped_at is not None:
            return None
        return self.began_at + self.stopped_for + timedelta(seconds=self.seconds)

    @property
    def left(self) -> timedelta | None:
        """Time left while their clock stands; None while it runs."""
        if self.began_at is None or self.stopped_at is None:
            return None
        return timedelta(seconds=self.seconds) - (
            self.stopped_at - self.began_at - self.stopped_for
        )

    @property
    def spoken_for(self) -> timedelta:
        """Time spoken, once they have ended: without the time their clock stood."""
        if self.began_at is None or self.ended_at is None:
            return timedelta()
        return self.ended_at - self.began_at - self.stopped_for
