"""An article: news, an announcement, an event of the calendar, or a press release."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from newsroom.querysets import ArticleQuerySet


class Kind(models.TextChoices):
    NEWS = "news", pgettext_lazy("a kind of article", "news")
    ANNOUNCEMENT = "announcement", pgettext_lazy("a kind of article", "announcement")
    EVENT = "event", pgettext_lazy("a kind of article", "event")
    RELEASE = "release", pgettext_lazy("a kind of article", "press release")


class State(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("of an article", "draft")
    PLANNED = "planned", pgettext_lazy("of an article", "planned")
    PUBLISHED = "published", pgettext_lazy("of an article", "published")
    WITHDRAWN = "withdrawn", pgettext_lazy("of an article", "withdrawn")


class Article(models.Model):
    """A news item, an announcement, an event or a press release published by the council.

    It is public from ``publish_at`` on, which may lie ahead; null: a draft. ``is_told``: that it is
    public was announced (ArticlePublished). Its English is empty where it is "only in Ukrainian";
    ``html`` and ``html_en`` are made of the texts (core.web.markup) when they are stored.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    department = models.ForeignKey(
        "city.Department", models.PROTECT, verbose_name=_("responsible department")
    )
    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(_("summary"), max_length=500)
    text = models.TextField(_("text"), max_length=20_000)
    html = models.TextField(editable=False, default="")
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    summary_en = models.CharField(_("summary in English"), max_length=500, blank=True)
    text_en = models.TextField(_("text in English"), max_length=20_000, blank=True)
    html_en = models.TextField(editable=False, default="", blank=True)
    #: Of an event: when and where it takes place.
    begins_at = models.DateTimeField(_("begins"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=300, blank=True)
    #: Of a press release: whom journalists ask, and how.
    contact = models.CharField(_("contact for the press"), max_length=300, blank=True)
    themes = models.ManyToManyField("city.Theme", blank=True, verbose_name=_("themes"))
    district = models.ForeignKey(
        "city.District", models.SET_NULL, null=True, blank=True, verbose_name=_("district")
    )
    streets = models.ManyToManyField("city.Street", blank=True, verbose_name=_("streets"))
    consultations = models.ManyToManyField("consultations.Consultation", related_name="articles")
    petitions = models.ManyToManyField("petitions.Petition", related_name="articles")
    polls = models.ManyToManyField("votes.Poll", related_name="articles")
    meetings = models.ManyToManyField("meetings.Meeting", related_name="articles")
    #: Until then its title stands on every page of the site.
    urgent_until = models.DateTimeField(_("urgent until"), null=True, blank=True)
    publish_at = models.DateTimeField(_("published from"), null=True, blank=True)
    is_told = models.BooleanField(default=False, db_default=False, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_reason = models.CharField(max_length=500, blank=True, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    #: What it is found by, in both languages.
    search = SearchVectorField(null=True, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="article_has_words", condition=~Q(title="") & ~Q(summary="") & ~Q(text="")
            ),
            models.CheckConstraint(
                name="article_english_whole_or_none",
                condition=Q(title_en="", summary_en="", text_en="")
                | ~Q(title_en="") & ~Q(summary_en="") & ~Q(text_en=""),
            ),
            models.CheckConstraint(
                name="article_event_has_time_and_place",
                condition=Q(kind="event", begins_at__isnull=False) & ~Q(place="")
                | ~Q(kind="event") & Q(begins_at=None, ends_at=None, place=""),
            ),
            models.CheckConstraint(
                name="article_release_has_contact",
                condition=Q(kind="release") & ~Q(contact="") | ~Q(kind="release") & Q(contact=""),
            ),
            models.CheckConstraint(
                name="article_ends_after_it_begins",
                condition=Q(ends_at=None) | Q(ends_at__gt=F("begins_at")),
            ),
            models.CheckConstraint(
                name="article_told_when_planned",
                condition=Q(is_told=False) | Q(publish_at__isnull=False),
            ),
            models.CheckConstraint(
                name="article_withdrawn_after_publication",
                condition=Q(withdrawn_at=None, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_at__gte=F("publish_at"), is_told=True)
                & ~Q(withdrawn_reason=""),
            ),
        ]
        indexes = [
            GinIndex(fields=["search"], name="article_search"),
            models.Index(fields=["-publish_at", "-id"], name="article_newest"),
            models.Index(fields=["begins_at", "id"], name="article_beginning"),
            models.Index(fields=["department", "-id"], name="article_department"),
            models.Index(fields=["publish_at"], name="article_untold", condition=Q(is_told=False)),
            models.Index(
                fields=["urgent_until"],
                name="article_urgent",
                condition=Q(urgent_until__isnull=False, withdrawn_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("newsroom:detail", args=[self.pk])

    def state_at(self, now: datetime) -> State:
        """The state at ``now`` (aware; core.domain.clock.now())."""
        if self.publish_at is None:
            return State.DRAFT
        if self.withdrawn_at is not None:
            return State.WITHDRAWN
        return State.PLANNED if now < self.publish_at else State.PUBLISHED

    @property
    def is_event(self) -> bool:
        return self.kind == Kind.EVENT

    @property
    def is_release(self) -> bool:
        return self.kind == Kind.RELEASE

    @property
    def has_english(self) -> bool:
        return bool(self.title_en)

    @property
    def topic(self) -> str:
        """The topic of its pages."""
        return topic_of(self.pk)


def topic_of(article_id: int) -> str:
    return f"article:{article_id}"
