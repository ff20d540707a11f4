"""Models of drafts, of their versions, and of what was changed or set aside in a version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models import Anybody
    from drafts.clauses.models import ClauseQuerySet


class DraftQuerySet(models.QuerySet["Draft"]):
    """Which drafts?"""

    def visible_to(self, user: Anybody) -> DraftQuerySet:
        """Return what `user` may read: the published to all, the rest to the council's staff."""
        if is_staff(user):
            return self
        return self.filter(versions__published_at__isnull=False).distinct()


class Draft(models.Model):
    """A draft decision: one text through all its versions."""

    title = models.CharField(_("title"), max_length=500)
    created_at = models.DateTimeField(_("created"), db_default=Now(), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("created by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title


class VersionQuerySet(models.QuerySet["Version"]):
    """Which versions?"""

    def published(self) -> VersionQuerySet:
        """Return the versions that everybody may read."""
        return self.filter(published_at__isnull=False)

    def previews(self) -> VersionQuerySet:
        """Return the versions still being prepared (at most one of a draft)."""
        return self.filter(published_at__isnull=True)

    def visible_to(self, user: Anybody) -> VersionQuerySet:
        """Return what `user` may read: the published to all, a preview to the council's staff."""
        return self if is_staff(user) else self.published()

    def latest_first(self) -> VersionQuerySet:
        """Return them from the newest number down."""
        return self.order_by("-number")


class Version(models.Model):
    """One wording of a draft. Until published it is a preview and can be edited; then never."""

    class Format(models.TextChoices):
        DOCX = "docx", _("Word document")
        DOC = "doc", _("document of an old Word (.doc)")
        ODT = "odt", _("OpenDocument text (.odt)")
        HTML = "html", _("HTML page")
        MARKDOWN = "markdown", _("Markdown")
        TEXT = "text", _("plain text")
        PDF = "pdf", _("PDF")

    draft = models.ForeignKey(
        Draft,
        verbose_name=_("draft"),
        on_delete=models.CASCADE,
        related_name="versions",
    )
    number = models.PositiveSmallIntegerField(_("number"))
    source_name = models.CharField(_("imported file"), max_length=255, blank=True)
    source_sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True)
    source_format = models.CharField(
        _("format"), max_length=10, choices=Format, default=Format.TEXT
    )
    #: Tracked changes of the imported file: they were read as accepted.
    tracked_changes = models.PositiveIntegerField(
        _("tracked changes"), default=0, db_default=0, editable=False
    )
    #: Of the whole file as it was read, those set aside too; None of what an earlier release read.
    file_words = models.PositiveIntegerField(
        _("words of the file"), null=True, blank=True, editable=False
    )
    #: How a PDF was read (`drafts.importing.pdf.Reading`); empty of other files.
    pdf_reading = models.JSONField(
        _("reading of the PDF"), default=dict, db_default={}, editable=False
    )
    created_at = models.DateTimeField(_("imported"), db_default=Now(), editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["draft", "number"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="drafts_version_number"),
            models.UniqueConstraint(
                fields=["draft"],
                condition=Q(published_at__isnull=True),
                name="drafts_version_one_preview",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="drafts_version_from_one"),
            models.CheckConstraint(
                condition=Q(pdf_reading={}) | Q(source_format="pdf"),
                name="drafts_version_pdf_reading",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id}/{self.number}"

    @property
    def is_published(self) -> bool:
        """Whether everybody may read it and nobody may change it."""
        return self.published_at is not None

    @property
    def is_converted(self) -> bool:
        """Whether LibreOffice made a .docx of the imported file, and that was read."""
        return self.source_format in (Version.Format.DOC, Version.Format.ODT)

    @property
    def is_from_pdf(self) -> bool:
        """Whether its paragraphs were guessed from the lines of a PDF."""
        return self.source_format == Version.Format.PDF

    def outline(self) -> ClauseQuerySet:
        """Return its clauses in document order: one query, parents before children."""
        return self.clauses.in_order().defer("search")


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Which changes?"""

    def latest_first(self) -> RevisionQuerySet:
        """Return them from the last one back."""
        return self.order_by("-pk")

    def of_words(self) -> RevisionQuerySet:
        """Return those after which the words are not the file's."""
        return self.filter(kind__in=[Revision.Kind.REWORD, Revision.Kind.REMOVE])


class Revision(models.Model):
    """An officer's change of a preview after its import, with the data to undo it.

    `were` holds the clauses as they were: the fields of those changed, the rows of those removed,
    the ids of those made. `old` and `new` are the words of a clause reworded, `old` those of
    parts removed: they stay with the version when it is published, since its text is then not the
    file's.
    """

    class Kind(models.TextChoices):
        SPLIT = "split", _("split")
        JOIN = "join", _("joined")
        RENUMBER = "renumber", _("number, kind or level changed")
        MOVE = "move", _("level changed")
        RETYPE = "retype", _("kind changed")
        REWORD = "reword", _("words changed")
        REMATCH = "rematch", _("continues another clause")
        REMOVE = "remove", _("removed from the text")
        PUT_BACK = "put_back", _("put back into the text")

    version = models.ForeignKey(
        Version,
        verbose_name=_("version"),
        on_delete=models.CASCADE,
        related_name="revisions",
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    label = models.CharField(_("label"), max_length=200)  # of the clause, before the change
    at = models.DateTimeField(_("changed"), db_default=Now(), editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("changed by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    old = models.TextField(_("former words"), blank=True)
    new = models.TextField(_("new words"), blank=True)
    were = models.JSONField(default=dict, editable=False)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a preview")
        verbose_name_plural = _("changes of a preview")
        ordering = ["version", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="reword") | Q(kind="remove", new="") | Q(old="", new=""),
                name="drafts_revision_words",
            )
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.get_kind_display()}"


class SetAsideQuerySet(models.QuerySet["SetAside"]):
    """Which lines set aside?"""

    def undecided(self) -> SetAsideQuerySet:
        """Return those that nobody has put back or left out: their version is not published."""
        return self.filter(decision=SetAside.Decision.NONE)

    def in_order(self) -> SetAsideQuerySet:
        """Return them as they stand in the file."""
        return self.order_by("pk")


class SetAside(models.Model):
    """Lines of an imported file that its text does not hold, such as its list of contents.

    `before` is the id of the clause before which they stood, None at the end. The clause may have
    been joined or removed since: its revision says what it stood after.
    """

    class Kind(models.TextChoices):
        CONTENTS = "contents", _("list of contents")
        MENU = "menu", _("menu of a page")
        RUNNING = "running", _("repeated on the pages of a PDF")

    class Decision(models.TextChoices):
        NONE = "", _("undecided")
        LEFT_OUT = "left_out", _("left out of the text")
        PUT_BACK = "put_back", _("put back into the text")

    version = models.ForeignKey(
        Version,
        verbose_name=_("version"),
        on_delete=models.CASCADE,
        related_name="set_aside",
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    before = models.BigIntegerField(_("before"), null=True, editable=False)
    text = models.TextField(_("lines"))
    words = models.PositiveIntegerField(_("words"))
    decision = models.CharField(
        _("decision"), max_length=10, choices=Decision, blank=True, default="", db_default=""
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = SetAsideQuerySet.as_manager()

    class Meta:
        verbose_name = _("lines set aside")
        verbose_name_plural = _("lines set aside")
        ordering = ["version", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None, decided_by=None)
                | Q(decision__in=["left_out", "put_back"], decided_at__isnull=False),
                name="drafts_setaside_decided",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="drafts_setaside_text"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.words}"


def is_staff(user: Anybody) -> bool:
    """Return whether `user` prepares drafts for the council: an officer or an administrator."""
    return user.is_authenticated and user.is_active and user.is_officer
