"""Names of those whose questions an article retells, as rows beside its text."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from newsroom.articles.models import Article


class ArticleQuestion(models.Model):
    """A question from a press conference that an article retells, and the name of its author.

    The article's text has the number alone: a name that goes after an erasure goes from this row.
    ``number``: of the question in the text. ``name``: the public name when the draft was made.
    """

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="asked_questions", db_index=False
    )
    number = models.PositiveSmallIntegerField()
    question = models.ForeignKey("meetings.Question", models.PROTECT, related_name="+")
    #: None: the name was removed.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="article_question_number"),
            models.CheckConstraint(
                name="article_question_named_or_nobodys",
                condition=Q(user=None, name="") | Q(user__isnull=False) & ~Q(name=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}/{self.number}"
