"""The tree of clauses of each version of a draft."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Deferrable
from django.db.models.functions import Cast, Left
from django.utils.translation import gettext_lazy as _

from drafts.clauses import keys
from drafts.versions.models import Version, is_staff

if TYPE_CHECKING:
    from accounts.models import Anybody


class ClauseQuerySet(models.QuerySet["Clause"]):
    """Which clauses?"""

    def in_order(self) -> ClauseQuerySet:
        """Return them as they stand in the document; a parent always precedes its children."""
        return self.order_by("position")

    def visible_to(self, user: Anybody) -> ClauseQuerySet:
        """Return what `user` may read: clauses of published versions, to staff all."""
        return self if is_staff(user) else self.filter(version__published_at__isnull=False)

    def numbered(self) -> ClauseQuerySet:
        """Return those that print a number of their own."""
        return self.exclude(number="")


class Clause(models.Model):
    """A node of a version's tree: a section, an article, a numbered clause, a paragraph, a table.

    `key` is the clause's identity through the versions of a draft: remarks and comparisons
    follow it. `position` counts from 0 in document order, `depth` from 0 at the root.
    """

    class Kind(models.TextChoices):
        PREAMBLE = "preamble", _("preamble")
        SECTION = "section", _("section")
        CHAPTER = "chapter", _("chapter")
        ARTICLE = "article", _("article")
        CLAUSE = "clause", _("clause")
        SUBCLAUSE = "subclause", _("sub-clause")
        PARAGRAPH = "paragraph", _("paragraph")
        ANNEX = "annex", _("annex")
        TABLE = "table", _("table")
        HEADING = "heading", _("heading")

    class Role(models.TextChoices):
        """Role of a clause besides its kind; most have none."""

        ORDINARY = "", _("ordinary")
        TITLE = "title", _("title of an annex")
        QUOTED = "quoted", _("words put into another act")
        CLOSING = "closing", _("signatures and details")

    version = models.ForeignKey(
        Version,
        verbose_name=_("version"),
        on_delete=models.CASCADE,
        related_name="clauses",
    )
    key = models.UUIDField(_("key"), default=uuid.uuid4, editable=False)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("parent"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="children",
    )
    position = models.PositiveIntegerField(_("position"))
    depth = models.PositiveSmallIntegerField(_("depth"), default=0)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    number = models.CharField(_("number"), max_length=40, blank=True)  # "2.1", "13-1", "а", "IV"
    marker = models.CharField(_("printed number"), max_length=80, blank=True)  # "2.1.", "Стаття 5."
    role = models.CharField(_("role"), max_length=10, choices=Role, blank=True, default="")
    label = models.CharField(_("label"), max_length=200, blank=True)  # "дод. 1, п. 3"
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(_("marked-up text"), blank=True)
    #: An officer has looked at which clause of the version before it continues.
    is_match_confirmed = models.BooleanField(default=False, db_default=False, editable=False)
    #: Filled when the version is published: a preview is not searched.
    search = SearchVectorField(null=True, editable=False)

    objects = ClauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")
        ordering = ["version", "position"]
        constraints = [
            # Deferred: a split moves every later clause by one within a single transaction.
            models.UniqueConstraint(
                fields=["version", "position"],
                name="drafts_clause_position",
                deferrable=Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(fields=["version", "key"], name="drafts_clause_key"),
            models.UniqueConstraint(
                "version",
                Left(Cast("key", models.TextField()), keys.LENGTH),
                name="drafts_clause_short_key",
            ),
        ]
        indexes = [GinIndex(fields=["search"], name="drafts_clause_search")]

    def __str__(self) -> str:
        return self.label or self.get_kind_display()

    @property
    def printed(self) -> str:
        """The clause as the document prints it: its number and its text."""
        return f"{self.marker} {self.text}".strip()

    @property
    def short_key(self) -> str:
        """Its name in pages and URLs."""
        return keys.short_key_of(self.key)

    @property
    def is_container(self) -> bool:
        """Whether it is a title over other clauses rather than a rule of its own."""
        return self.kind in {
            Clause.Kind.SECTION,
            Clause.Kind.CHAPTER,
            Clause.Kind.ARTICLE,
            Clause.Kind.ANNEX,
            Clause.Kind.HEADING,
        }
