"""The part of a draft that a remark is about."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from drafts.clauses.anchors import Selector

#: The most characters that a remark may quote from a clause.
LONGEST_QUOTE = 2000


class Kind(models.TextChoices):
    """Kind of a remark."""

    REMARK = "remark", _("remark")
    WORDING = "wording", _("proposed wording")
    QUESTION = "question", _("question")


class Source(models.TextChoices):
    """By what way a remark reached the council."""

    PAGE = "page", _("on the site")
    API = "api", _("by a program")
    LETTER = "letter", _("by letter")
    EMAIL = "email", _("by e-mail")
    HEARING = "hearing", _("at a hearing")
    TELEPHONE = "telephone", _("by telephone")

    @property
    def is_offline(self) -> bool:
        """Whether staff entered it: it came neither by the site nor by its API."""
        return self not in (Source.PAGE, Source.API)


class AboutDraft(models.Model):
    """The columns that say what a remark is about: the draft, a clause, words of a clause.

    The quote is a text position selector with its context, so that the words can be found again in
    a later version (drafts.clauses.anchors).
    """

    clause = models.ForeignKey(
        "drafts.Clause", models.PROTECT, null=True, blank=True, related_name="+"
    )
    #: The clause's identity across versions: clause.key.
    clause_key = models.UUIDField(null=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.REMARK)
    quote_start = models.PositiveIntegerField(null=True, blank=True)
    quote_end = models.PositiveIntegerField(null=True, blank=True)
    quote = models.CharField(max_length=LONGEST_QUOTE, blank=True)
    quote_prefix = models.CharField(max_length=64, blank=True)
    quote_suffix = models.CharField(max_length=64, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_quote_in_a_clause",
                condition=Q(quote="", quote_start__isnull=True, quote_end__isnull=True)
                | (Q(clause__isnull=False, quote_end__gt=F("quote_start")) & ~Q(quote="")),
            ),
            models.CheckConstraint(
                name="%(class)s_key_with_clause",
                condition=Q(clause__isnull=True, clause_key__isnull=True)
                | Q(clause__isnull=False, clause_key__isnull=False),
            ),
            models.CheckConstraint(
                name="%(class)s_wording_of_a_clause",
                condition=~Q(kind="wording") | Q(clause__isnull=False),
            ),
        ]

    @property
    def selector(self) -> Selector | None:
        """The words of the clause that it is about, where they were selected."""
        if self.quote_start is None or self.quote_end is None:
            return None
        return Selector(
            self.quote_start, self.quote_end, self.quote, self.quote_prefix, self.quote_suffix
        )

    @property
    def about(self) -> dict[str, Any]:
        """These columns and their values, for another row about the same words."""
        return {field.attname: getattr(self, field.attname) for field in _FIELDS}


_FIELDS = tuple(AboutDraft._meta.local_concrete_fields)
