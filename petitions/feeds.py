"""The Atom feed of petitions: what moderators published, and what the council did.

What people say about petitions, and what authors tell who signed, is not in it: nothing that a
moderator hides could be in a reader's cache.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from core.domain.clock import Now
from core.domain.council import local_council
from core.export import atom
from core.web.pages import shared_page
from petitions import queries
from petitions.as_appeal.considered import answer_due_on
from petitions.models import Petition


def _all() -> list[str]:
    return ["petitions"]


@require_safe
@shared_page(_all)
def feed(request: HttpRequest) -> HttpResponse:
    """Petitions published, with enough signatures, reviewed, decided and answered. Anybody."""
    return atom.answer(
        _("Petitions – %(council)s") % {"council": local_council().council},
        path=reverse("petitions:feed"),
        page=reverse("petitions:list"),
        entries=_news(),
    )


def _opening(petition: Any) -> str:
    return str(petition.opening)


def _until(day: Any) -> str:
    return _("until %(day)s") % {"day": date_format(day)} if day else ""


#: What is news: the moment that makes it so, its title, and what is told of it.
_KINDS: tuple[tuple[str, str, str | Promise, Callable[[Any], str]], ...] = (
    ("published", "published_at", gettext_lazy("Petition published: %s"), _opening),
    (
        "reached",
        "reached_at",
        gettext_lazy("Enough signatures: %s"),
        lambda petition: _until(petition.notice_due_on),
    ),
    (
        "review",
        "review_at",
        gettext_lazy("Under review: %s"),
        lambda petition: _until(petition.review_due_on),
    ),
    (
        "decided",
        "decided_at",
        gettext_lazy("Decided: %s"),
        lambda petition: petition.get_decision_display(),
    ),
    (
        "answered",
        "answered_at",
        gettext_lazy("Answered: %s"),
        lambda petition: petition.answer.decided if hasattr(petition, "answer") else "",
    ),
    (
        "withdrawn",
        "withdrawn_at",
        gettext_lazy("Withdrawn by its author: %s"),
        lambda petition: "",  # the reason is words that nobody has checked
    ),
    (
        "closed",
        "handed_over_at",
        gettext_lazy("Not enough signatures, considered as an appeal: %s"),
        lambda petition: _until(answer_due_on(petition, petition.now)),
    ),
)


def _news() -> Iterator[atom.Entry]:
    """The newest of each kind: a query each, at any number of petitions."""
    published = Petition.objects.published()
    for what, moment, title, text in _KINDS:
        passed = published.filter(**{f"{moment}__lte": Now()})
        if what == "closed":
            passed = passed.filter(reached_at=None)
        rows = queries.with_appeals(queries.for_lists(passed))
        newest = rows.select_related("answer").order_by(f"-{moment}", "-pk")
        for petition in newest[: atom.MOST_NEWS]:
            words, at = str(title) % petition, getattr(petition, moment)
            yield atom.Entry(
                path=petition.get_absolute_url(),
                what=f"petition/{petition.pk}/{what}",
                since=petition.published_at or at,
                at=at,
                title=words,
                text=text(petition),
            )
