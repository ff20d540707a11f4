"""Draft an article of a press conference's questions and answers; remove names from articles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from city.models import Department
from core.domain.actions import action, shared
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import require
from meetings.models import Meeting, Question
from newsroom.articles import actions as articles
from newsroom.articles.content import Content
from newsroom.conferences import queries, rules
from newsroom.conferences.models import ArticleQuestion
from newsroom.events import ArticleNamesRemoved
from newsroom.models import Article, Kind

if TYPE_CHECKING:
    from accounts.models import User

#: What a question and its answer may take of the article's text, in characters; the rest is told
#: as a number.
_LONGEST_TEXT = 19_000
#: Signs that mean something in our markup (core.web.markup).
_MARKS = re.compile(r"([\\*_\[\]<>])|^([ \t]*)([-+]|\d+)(?=[.)\s])", re.MULTILINE)


def draft_article(meeting: Meeting, *, by: User) -> Article:
    """Draft an article of the questions that were answered, or will be in writing, for the
    department that held the conference, or else that of the officer.

    Names of those who asked are rows beside it. Refuses by rules.draft. Emits ArticleDrafted.
    """
    with action():
        meeting, _now = shared(meeting)
        questions = queries.retold_questions(meeting)
        require(rules.draft(by, meeting, answered=len(questions)))
        with translation.override(settings.LANGUAGE_CODE):
            text, told = _compose(meeting, questions)
            content = Content(
                kind=Kind.NEWS,
                title=(_("Questions and answers: %(title)s") % {"title": meeting.title})[:200],
                summary=_("What was asked at the press conference on %(day)s, and the answers.")
                % {"day": date_format(localtime(meeting.begins_at), "j\xa0E Y")},
                text=text,
                themes=list(meeting.themes.all()),
                meetings=[meeting],
            )
            made = articles.draft(by=by, department=_department_of(by, meeting), content=content)
            ArticleQuestion.objects.bulk_create(
                ArticleQuestion(
                    article=made,
                    number=number,
                    question=question,
                    **_author(question),
                )
                for number, question in enumerate(told, start=1)
            )
        created(made)
        return made


def _department_of(by: User, meeting: Meeting) -> Department:
    """The department that held the conference, where the officer writes for it; else their own."""
    if by.keeps_record_of(meeting.department_id):
        return meeting.department
    own = Department.objects.filter(pk__in=by.department_ids).order_by("pk").first()
    return own or meeting.department


def _author(question: Question) -> dict[str, object]:
    if question.author.erased_at is not None:
        return {"user": None, "name": ""}
    return {"user": question.author, "name": question.author_shown[:200]}


def _compose(meeting: Meeting, questions: Iterable[Question]) -> tuple[str, list[Question]]:
    """The text, and the questions that found room in it."""
    parts: list[str] = []
    told: list[Question] = []
    rows = list(questions)
    for number, question in enumerate(rows, start=1):
        asked = _("**Question %(number)s.** %(words)s") % {
            "number": number,
            "words": to_literal(" ".join(question.text.split())),
        }
        part = f"{asked}\n\n{_answer(question)}"
        if sum(map(len, parts)) + len(part) > _LONGEST_TEXT:
            break
        parts.append(part)
        told.append(question)
    if left := len(rows) - len(told):
        parts.append(_more(meeting, left))
    return "\n\n".join(parts), told


def _answer(question: Question) -> str:
    if question.state == Question.State.LATER:
        return _("It will be answered in writing.")
    return to_literal(question.answer.strip()) or _("It was answered aloud.")


def _more(meeting: Meeting, left: int) -> str:
    url = settings.SITE_URL + meeting.get_absolute_url()
    words = translation.ngettext(
        "%(number)s more question is on the page of the conference: %(url)s",
        "%(number)s more questions are on the page of the conference: %(url)s",
        left,
    )
    return words % {"number": left, "url": url}


def to_literal(text: str) -> str:
    """Somebody's words as our markup shows them unchanged."""
    return _MARKS.sub(_escape_mark, text)


def _escape_mark(found: re.Match[str]) -> str:
    """The sign with a backslash; of "1." the dot gets it, since digits cannot."""
    if found[1]:
        return f"\\{found[1]}"
    lead, sign = found[2], found[3]
    return f"{lead}{sign}\\" if sign.isdecimal() else f"{lead}\\{sign}"


def remove_names(user: User) -> None:
    """Take the name of somebody out of articles: part of the erasure of their account. Emits
    ArticleNamesRemoved for each article."""
    theirs = ArticleQuestion.objects.filter(user=user)
    articles_of = sorted(set(theirs.values_list("article", flat=True)))
    theirs.update(user=None, name="")
    for article_id in articles_of:
        emit(ArticleNamesRemoved(article_id))
