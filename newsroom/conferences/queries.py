"""Queries of questions that articles retell: a fixed number at any size."""

from __future__ import annotations

from meetings.models import Meeting, Question
from newsroom.conferences.models import ArticleQuestion
from newsroom.models import Article

_RETOLD = (Question.State.ANSWERED, Question.State.LATER)


def retold_questions(meeting: Meeting) -> list[Question]:
    """The questions of a conference that were answered or will be in writing, in the order in
    which they were asked; never one that is hidden, waits or was merged. One query."""
    rows = Question.objects.filter(meeting=meeting, state__in=_RETOLD)
    return list(rows.select_related("author").order_by("asked_at", "pk"))


def names_beside(article: Article) -> list[ArticleQuestion]:
    """Whose questions an article retells; without those that are not shown any more. One query."""
    rows = ArticleQuestion.objects.filter(article=article)
    return list(rows.filter(question__state__in=Question.PUBLIC))


def hidden_words(article: Article) -> list[str]:
    """The words of questions that were hidden since the draft was made. One query."""
    rows = ArticleQuestion.objects.filter(article=article)
    hidden = rows.filter(question__state=Question.State.HIDDEN)
    return list(hidden.values_list("question__text", flat=True))
