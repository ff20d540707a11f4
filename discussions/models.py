"""Models of discussions: threads, comments, reactions and reports.

Everything that can be talked about holds the key to a Thread of its own; a Thread knows none of
them. Author, text, edits, hiding, flags and reactions live here and nowhere else.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Least, Now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.db.search import document
from discussions.querysets import CommentQuerySet

if TYPE_CHECKING:
    from organisations.models import Organisation

#: How long an author may edit what they wrote.
EDIT_WINDOW = timedelta(minutes=15)
#: The longest comment, in characters.
LONGEST = 5000
#: The longest name of somebody without an account, in characters.
LONGEST_NAME = 200
#: The longest declaration of an interest, in characters.
LONGEST_INTEREST = 300


class Thread(models.Model):
    """One conversation. Whether one may speak in it, its owner's rule says."""

    created_at = models.DateTimeField(db_default=Now(), editable=False)

    def __str__(self) -> str:
        return f"#{self.pk}"


class HideReason(models.TextChoices):
    """Why a comment may be hidden or reported: the grounds of the participation rules."""

    UNLAWFUL = "unlawful", _("calls for unlawful acts, war, violence or hatred")
    PROFANITY = "profanity", _("profanity")
    INSULT = "insult", _("insults")
    PERSONAL = "personal", _("somebody’s personal data")
    OFF_TOPIC = "off_topic", _("not about the subject")
    SPAM = "spam", _("advertising or repetition")
    #: Only where a procedure's law has it (3841-IX art. 15(3)(2)).
    UNNAMED = "unnamed", _("without the data that the law asks of its author")


#: In ``Comment.hidden_reason``, of words that no moderator has read yet where each is read before
#: it is shown: hidden like any other, so that nothing public holds them. No rule, so no HideReason.
HELD = "held"
#: In ``Comment.hidden_reason``, of what staff entered that names no author, or no contact, where
#: the law asks for both: neither published nor considered (law 3841-IX art. 15(3)2).
UNDECLARED = "undeclared"


class Comment(models.Model):
    """A comment: a remark's words, a reply, an official answer.

    ``text`` is what was typed (markdown-light), ``html`` the same made safe once at writing.
    ``agrees``, ``disagrees`` and ``replies`` are counts of rows, kept under the comment's lock.
    """

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="comments"
    )
    #: Who said it, as it is published, where they have no account (staff entered a letter).
    author_name = models.CharField(
        _("name"), max_length=LONGEST_NAME, blank=True, default="", db_default=""
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="answers"
    )
    text = models.TextField(_("text"), max_length=LONGEST)
    html = models.TextField(editable=False)
    #: The wording that the author proposes for what is discussed; empty: none.
    proposal = models.TextField(_("proposed wording"), max_length=LONGEST, blank=True, default="")
    #: In whose name its author spoke; None: in their own. Stays when they lose the mandate.
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, editable=False, related_name="+"
    )
    #: What interest in the matter the author declares, in their own words.
    interest = models.CharField(
        _("declared interest"), max_length=LONGEST_INTEREST, blank=True, default=""
    )
    is_official = models.BooleanField(default=False, editable=False)
    #: The absent colleague by whose authority alone its author answers for the council.
    standing_in_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(db_default=Now())
    #: When its words were changed last; of an official reply: corrected.
    edited_at = models.DateTimeField(null=True, editable=False)
    deleted_at = models.DateTimeField(null=True, editable=False)
    #: When its author took their name off what stays in a record; the account stays its author.
    unnamed_at = models.DateTimeField(null=True, editable=False)
    hidden_at = models.DateTimeField(null=True, editable=False)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    hidden_reason = models.CharField(
        max_length=20,
        choices=[
            *HideReason.choices,
            (HELD, _("a moderator reads it before it is shown")),
            (UNDECLARED, _("it came without a name or a contact (law 3841-IX art. 15(3)2)")),
        ],
        blank=True,
        editable=False,
    )
    #: For its author alone: words of it that break the rule, and what a moderator says of it. One
    #: of both is there, but for what was hidden before that was asked (``is_hiding_explained``).
    hidden_note = models.CharField(max_length=500, blank=True, editable=False)
    hidden_quote = models.CharField(
        max_length=500, blank=True, default="", db_default="", editable=False
    )
    is_hiding_explained = models.BooleanField(default=True, db_default=True, editable=False)
    agrees = models.PositiveIntegerField(default=0, editable=False)
    disagrees = models.PositiveIntegerField(default=0, editable=False)
    #: Visible replies, and whether an official one is among them.
    replies = models.PositiveIntegerField(default=0, editable=False)
    is_answered = models.BooleanField(default=False, editable=False)
    #: The smaller of the two camps: how disputed it is.
    dispute = models.GeneratedField(
        expression=Least(F("agrees"), F("disagrees")),
        output_field=models.IntegerField(),
        db_persist=True,
    )
    #: What support it has: agreement less disagreement.
    score = models.GeneratedField(
        expression=F("agrees") - F("disagrees"),
        output_field=models.IntegerField(),
        db_persist=True,
    )
    search = SearchVectorField(null=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="comment_hidden_with_reason",
                condition=Q(hidden_at__isnull=True, hidden_reason="")
                | (Q(hidden_at__isnull=False) & ~Q(hidden_reason="")),
            ),
            models.CheckConstraint(
                name="comment_hidden_with_facts",
                condition=Q(hidden_at=None)
                | Q(hidden_reason__in=[HELD, UNDECLARED])
                | Q(is_hiding_explained=False)
                | ~Q(hidden_note="")
                | ~Q(hidden_quote=""),
            ),
            models.CheckConstraint(
                name="comment_named_without_account",
                condition=Q(author_name="") | Q(author=None),
            ),
            models.CheckConstraint(
                name="comment_unnamed_by_its_author",
                condition=Q(unnamed_at=None) | Q(author__isnull=False, is_official=False),
            ),
            models.CheckConstraint(
                name="official_comment_is_an_answer",
                condition=Q(is_official=False) | Q(parent__isnull=False),
            ),
            models.CheckConstraint(
                name="official_comment_is_the_councils",
                condition=Q(is_official=False) | Q(organisation=None),
            ),
            models.CheckConstraint(
                name="only_the_council_stands_in",
                condition=Q(is_official=True) | Q(standing_in_for=None),
            ),
        ]
        indexes = [
            models.Index(fields=["thread", "-id"], condition=Q(parent=None), name="comment_newest"),
            models.Index(
                fields=["thread", "-score", "-id"], condition=Q(parent=None), name="comment_top"
            ),
            models.Index(
                fields=["thread", "-dispute", "-id"],
                condition=Q(parent=None),
                name="comment_disputed",
            ),
            models.Index(fields=["parent", "id"], name="comment_answers"),
            # What the desk counts and leaves out, among tens of thousands of a thread.
            models.Index(
                fields=["thread"],
                condition=Q(parent=None, is_answered=False, hidden_at=None, deleted_at=None),
                name="comment_unanswered",
            ),
            models.Index(
                fields=["thread", "id"],
                condition=Q(deleted_at__isnull=False),
                name="comment_deleted",
            ),
            models.Index(fields=["author", "-id"], name="comment_author"),
            models.Index(
                fields=["thread", "-id"],
                condition=Q(parent=None, organisation__isnull=False),
                name="comment_organisations",
            ),
            models.Index(
                fields=["organisation", "-id"],
                condition=Q(organisation__isnull=False),
                name="comment_organisation",
            ),
            GinIndex(fields=["search"], name="comment_search"),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_visible(self) -> bool:
        """Its words may be shown to everybody."""
        return self.hidden_at is None and self.deleted_at is None

    @property
    def is_held(self) -> bool:
        """No moderator has read it yet, and until then nobody but its author does."""
        return self.hidden_at is not None and self.hidden_reason == HELD

    @property
    def is_undeclared(self) -> bool:
        """Whether it is neither published nor considered, since it names no author or contact."""
        return self.hidden_at is not None and self.hidden_reason == UNDECLARED

    @property
    def person(self) -> str:
        """The name of whoever wrote it, as it is published."""
        if self.unnamed_at is not None:
            return gettext("name taken off by the author")
        if self.author is None:
            return self.author_name or gettext("a deleted user")
        return self.author.public_name

    @property
    def voice(self) -> str:
        """The speaker in one line of text: a person, or a person for an organisation."""
        person = self.person
        if self.organisation is None:
            return person
        if self.unnamed_at is not None:
            return cite(self.organisation)
        return gettext("%(person)s on behalf of %(organisation)s") % {
            "person": person,
            "organisation": cite(self.organisation),
        }

    def may_still_be_edited(self, now: datetime) -> bool:
        return now < self.created_at + EDIT_WINDOW


def cite(organisation: Organisation) -> str:
    """An organisation as it is named: «ТОВ «Тераса», ЄДРПОУ 12345678»; of a sole proprietor only
    the name, whose number is personal data."""
    if not organisation.code:
        return organisation.short_name or gettext("a deleted sole proprietor")
    return gettext("%(name)s, ЄДРПОУ %(code)s") % {
        "name": organisation.short_name,
        "code": organisation.code,
    }


def searchable_text(text: str, proposal: str, organisation: Organisation | None) -> str:
    """Search text of a comment: its words, and the organisation in whose name they are."""
    return document(B=text, C=proposal, D=cite(organisation) if organisation else "")


class Edit(models.Model):
    """A comment's words before an edit: the trace that the page shows as «змінено»."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="edits")
    text = models.TextField()
    proposal = models.TextField(blank=True, default="")
    until = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return self.text[:60]


class Correction(models.Model):
    """An official reply's words before a correction: everybody may go on reading them."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="corrections")
    text = models.TextField()
    html = models.TextField(editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return self.text[:60]


class Reaction(models.Model):
    """One person's agreement (+1) or disagreement (−1) with a comment."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="reactions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reactions")
    value = models.SmallIntegerField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "user"], name="one_reaction_per_person"),
            models.CheckConstraint(name="reaction_for_or_against", condition=Q(value__in=[1, -1])),
        ]

    def __str__(self) -> str:
        return f"{self.value:+d}"


class Flag(models.Model):
    """Somebody's report of a comment, waiting for a moderator or settled by one."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="flags")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="flags")
    reason = models.CharField(_("reason"), max_length=20, choices=HideReason)
    details = models.CharField(_("in your own words"), max_length=500, blank=True)
    at = models.DateTimeField(db_default=Now())
    settled_at = models.DateTimeField(null=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "user"], name="one_flag_per_person")
        ]
        indexes = [
            models.Index(fields=["at"], condition=Q(settled_at=None), name="flag_waiting"),
        ]

    def __str__(self) -> str:
        return self.get_reason_display()


class SpeechSalt(models.Model):
    """Salt that links a comment to its entries in the ledger of speech (discussions.speech).

    It goes with its author's account; then the digests in the audit log say nothing.
    """

    comment = models.OneToOneField(
        Comment, models.CASCADE, primary_key=True, related_name="speech_salt", editable=False
    )
    salt = models.BinaryField(editable=False)

    def __str__(self) -> str:
        return f"salt of {self.pk}"
