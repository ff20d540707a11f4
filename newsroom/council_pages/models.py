"""Pages of the council about itself and the platform, with all their versions."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

#: The longest text of a page in one language, in characters.
LONGEST_TEXT = 40_000


class Page(models.Model):
    """A page at ``/about/<slug>/``; what it says is its newest version."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    #: Its place in lists of pages.
    place = models.PositiveSmallIntegerField(_("place in the list"), default=100)
    current = models.OneToOneField(
        "newsroom.PageVersion", models.PROTECT, null=True, editable=False, related_name="+"
    )

    #: Of what it says now, in both languages (core.db.search.document).
    search = SearchVectorField(null=True, editable=False)

    class Meta:
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("pages:page", args=[self.slug])


class PageVersion(models.Model):
    """A page's text from a moment on: Markdown, and in English where there is a translation.

    ``by`` is null where the platform itself brought the text (a migration).
    """

    page = models.ForeignKey(Page, models.PROTECT, db_index=False, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=150)
    text = models.TextField(_("text"), max_length=LONGEST_TEXT)
    title_en = models.CharField(_("title in English"), max_length=150, blank=True)
    text_en = models.TextField(_("text in English"), max_length=LONGEST_TEXT, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    reason = models.CharField(_("what is changed, and why"), max_length=300)
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["page", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="page_version_number"),
            models.CheckConstraint(
                name="page_version_with_words",
                condition=~Q(title="") & ~Q(text="") & ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="page_version_english_with_title", condition=Q(text_en="") | ~Q(title_en="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    @property
    def is_in_english(self) -> bool:
        """Whether there is a translation."""
        return bool(self.text_en)

    @property
    def shown_title(self) -> str:
        """The title in the active language, where it has one."""
        return self.title_en if get_language() == "en" and self.title_en else self.title

    @property
    def shown_text(self) -> str:
        """The text in the active language, where it is translated."""
        return self.text_en if get_language() == "en" and self.text_en else self.text
