"""Rules of the newsroom: who writes, what an article needs, when it may be published or taken back.
Pure: the facts are passed in."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.rules import act
from core.domain.rules import ALLOWED, Verdict, refuse, refuse_unless
from newsroom.models import Article, Kind, State
from newsroom.querysets import KIND

if TYPE_CHECKING:
    from accounts.models import Anybody
    from newsroom.articles.content import Content

#: An urgent notice that stands longer is read by nobody any more.
LONGEST_URGENT = timedelta(days=14)
WRITERS_ONLY = refuse(
    "article.writers_only", _("Only those who write for this department may do this.")
)


def write(user: Anybody, department_id: int | None) -> Verdict:
    """Write for a department: its head, officers and secretaries, administrators."""
    may = user.is_authenticated and user.keeps_record_of(department_id)
    return act(user) and (ALLOWED if may else WRITERS_ONLY)


def work_on(user: Anybody, article: Article) -> Verdict:
    """Change one article: who writes for its department, or has a grant for it alone."""
    scope = f"{KIND}:{article.pk}"
    may = user.is_authenticated and user.keeps_record_of(article.department_id, scope)
    return act(user) and (ALLOWED if may else WRITERS_ONLY)


def draft(user: Anybody, department_id: int, content: Content, *, now: datetime) -> Verdict:
    """Begin to write one."""
    return write(user, department_id) and be_whole(content) and _urgent(content, None, now)


def edit(
    user: Anybody,
    article: Article,
    content: Content,
    *,
    changed: Collection[str],
    reason: str,
    now: datetime,
) -> Verdict:
    """Change one. ``changed``: the columns of words that everybody has read, if it is published
    and they become others: these are corrected with a reason, and of its kind it stays."""
    return (
        begin_edit(user, article)
        and be_whole(content)
        and _urgent(content, article.urgent_until, now)
        and refuse_unless(
            content.kind == article.kind or article.state_at(now) != State.PUBLISHED,
            "article.kind_fixed",
            _("What kind of article it is cannot be changed after publication."),
        )
        and refuse_unless(
            reason.strip() or not changed,
            "article.reason_missing",
            _("It is published: please say what was wrong. Everybody reads it on the page."),
        )
    )


def begin_edit(user: Anybody, article: Article) -> Verdict:
    """Open the form that changes it."""
    return work_on(user, article) and refuse_unless(
        article.withdrawn_at is None,
        "article.withdrawn",
        _("This article was withdrawn. You may write another one."),
    )


def discard(user: Anybody, article: Article, *, now: datetime) -> Verdict:
    """Discard it: while nobody could read it, of a press release no journalist either."""
    return (
        work_on(user, article)
        and _not_public(article, now)
        and refuse_unless(
            not article.is_release or article.state_at(now) == State.DRAFT,
            "article.release_sent",
            _("Journalists have this release already: first do not publish it as planned."),
        )
    )


def publish(
    user: Anybody, article: Article, *, at: datetime | None = None, now: datetime
) -> Verdict:
    """Publish it at once, or ``at`` a time ahead; a planned one anew."""
    return (
        work_on(user, article)
        and _not_public(article, now)
        and refuse_unless(
            at is None or at > now,
            "article.planned_in_the_past",
            _("This time is over. Choose one ahead, or publish it now."),
        )
    )


def unplan(user: Anybody, article: Article, *, now: datetime) -> Verdict:
    """Make a draft again of what is planned."""
    return work_on(user, article) and refuse_unless(
        article.state_at(now) == State.PLANNED,
        "article.not_planned",
        _("This article is not planned. If it is published, you may withdraw it."),
    )


def withdraw(user: Anybody, article: Article, *, reason: str, now: datetime) -> Verdict:
    """Take back what everybody can read, with a reason."""
    return (
        work_on(user, article)
        and refuse_unless(
            article.state_at(now) == State.PUBLISHED,
            "article.not_published",
            _("Only what is published can be withdrawn."),
        )
        and refuse_unless(reason.strip(), "article.reason_missing", _("Please give the reason."))
    )


def be_whole(content: Content) -> Verdict:
    """Check what an article says, whoever writes it: an event has a time and a place, a press
    release a contact, English is complete or absent."""
    english = (content.title_en, content.summary_en, content.text_en)
    is_event = content.kind == Kind.EVENT
    return (
        refuse_unless(
            content.title and content.summary and content.text,
            "article.words_missing",
            _("An article has a title, a summary and a text."),
        )
        and refuse_unless(
            not is_event or content.begins_at is not None,
            "article.begins_missing",
            _("Please say when the event begins."),
        )
        and refuse_unless(
            not is_event or content.place,
            "article.place_missing",
            _("Please say where the event takes place."),
        )
        and refuse_unless(
            content.column("contact") or content.kind != Kind.RELEASE,
            "article.contact_missing",
            _("Please say whom journalists ask: a name of the office, a telephone, an e-mail."),
        )
        and refuse_unless(
            content.ends_at is None
            or content.begins_at is None
            or content.ends_at > content.begins_at,
            "article.ends_before_it_begins",
            _("The event must end after it begins."),
        )
        and refuse_unless(
            all(english) or not any(english),
            "article.english_in_part",
            _("In English it needs all three: title, summary and text; or none of them."),
        )
    )


def _urgent(content: Content, former: datetime | None, now: datetime) -> Verdict:
    until = content.urgent_until
    if until is None or until == former:
        return ALLOWED
    return refuse_unless(
        until > now, "article.urgent_in_the_past", _("This time is over. Choose one ahead.")
    ) and refuse_unless(
        until <= now + LONGEST_URGENT,
        "article.urgent_too_long",
        _("An urgent notice stands for fourteen days at most."),
    )


def _not_public(article: Article, now: datetime) -> Verdict:
    return refuse_unless(
        article.state_at(now) in (State.DRAFT, State.PLANNED),
        "article.published",
        _("This article is published already. You may correct or withdraw it."),
    )
