"""The thanks for a remark: drawn once for a clause, then filled in for each author.

Thanks hold the remark as its page shows it. Drawing that cost a third of a post, and of a thousand
plain remarks on one clause it differs in a name, the words, a number and a minute. So a process
draws it once with blanks, as core.web.filled_pages does with pages. What is not plain – a wording,
selected words, an organisation, an interest, a declared name – is drawn whole, and so is all where
the page is not in Ukrainian, since the letters of people's words then tell their language.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Hashable
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.html import conditional_escape
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from consultations import pages
from consultations.models import Consultation, Remark
from consultations.presenters import ShownRemark
from core.templatetags.times import moment
from core.web.render_cache import RenderCache
from discussions.models import Comment

_TEMPLATE = "consultations/remark_form.html#thanks"
#: Bytes of thanks with blanks that a process keeps, and about what one takes beside its text.
MOST_BYTES = 2 * 2**20
_BESIDE = 1000
#: What stands in the blanks: random, so that nothing else on the page can be the same.
_NUMBER = 10**17 + secrets.randbelow(9 * 10**17)
_NAME, _WORDS, _KEY, _RECEIPT = (f"\0{secrets.token_hex(12)}\0" for _blank in range(4))
_AT = datetime(9876, 5, 4, 3, 2, tzinfo=UTC)

#: Text and blanks, one after the other, beginning with text.
_frames: RenderCache[Hashable, tuple[str, ...]] = RenderCache(MOST_BYTES)

HELD_WORDS = gettext_lazy(
    "Thank you. We have your words. A moderator reads them before they are shown; on your page you "
    "see what becomes of them."
)


def draw_thanks(
    request: AuthenticatedHttpRequest,
    shown: ShownRemark,
    consultation: Consultation,
    *,
    keep_key: str,
    receipt: str,
) -> str:
    """The HTML of the thanks for a remark that is published, to be put in place of its form.

    ``keep_key``: what the device may forget. ``receipt``: the author's, of the ledger of speech.
    """
    next_steps = describe_next_steps(consultation, has_email=bool(request.user.email))
    context = {"consultation": consultation, "next_steps": next_steps}
    if settings.DEBUG or get_language() != "uk" or not _is_plain(shown):
        context |= {**pages.remark_part_context(shown), "keep_key": keep_key, "receipt": receipt}
        return render_to_string(_TEMPLATE, context, request)
    remark, comment = shown.remark, shown.comment
    clause = remark.clause
    key = (
        *(consultation.pk, remark.kind, remark.source, shown.newest_text, shown.text_number),
        *(clause and (clause.pk, clause.label, clause.marker), next_steps, bool(receipt)),
    )
    frame = _frames.get(key)
    if frame is None:
        drawn = _draw_with_blanks(request, shown, context, has_receipt=bool(receipt))
        frame = _frames.keep(key, drawn, 2 * sum(map(len, drawn)) + _BESIDE)
    words = {
        str(_NUMBER): str(comment.pk),
        _NAME: conditional_escape(comment.author.public_name) if comment.author else "",
        _WORDS: comment.html,
        _KEY: conditional_escape(keep_key),
        _RECEIPT: conditional_escape(receipt),
        _blank_moment(): moment(comment.created_at),
    }
    pieces = list(frame)
    pieces[1::2] = [words[blank] for blank in pieces[1::2]]
    return "".join(pieces)


def _is_plain(shown: ShownRemark) -> bool:
    """Whether it differs from others on its clause in nothing but what the blanks hold."""
    remark, comment = shown.remark, shown.comment
    differs: tuple[Any, ...] = (
        *(shown.full_name, shown.official_answers, shown.disposition, shown.place, shown.repeats),
        *(remark.number, remark.moved_key, remark.quote, comment.proposal, comment.interest),
        *(comment.organisation_id, comment.hidden_at, comment.deleted_at, comment.unnamed_at),
        *(comment.edited_at, comment.agrees, comment.disagrees, comment.replies),
    )
    return comment.author is not None and not any(differs)


def _draw_with_blanks(
    request: AuthenticatedHttpRequest,
    shown: ShownRemark,
    context: dict[str, Any],
    *,
    has_receipt: bool,
) -> tuple[str, ...]:
    """The thanks for a remark of nobody on the same clause."""
    real = shown.remark
    remark = Remark(
        consultation_id=real.consultation_id,
        clause=real.clause,
        clause_key=real.clause_key,
        kind=real.kind,
        source=real.source,
    )
    remark.comment = Comment(
        pk=_NUMBER, author=User(pk=_NUMBER, given_name=_NAME), html=_WORDS, created_at=_AT
    )
    of_nobody = ShownRemark(remark, shown.text_number, shown.newest_text, (), None)
    context = {
        **context,
        **pages.remark_part_context(of_nobody),
        "keep_key": _KEY,
        "receipt": _RECEIPT if has_receipt else "",
    }
    drawn = render_to_string(_TEMPLATE, context, request)
    blanks = (str(_NUMBER), _NAME, _WORDS, _KEY, _RECEIPT, _blank_moment())
    return tuple(re.split(f"({'|'.join(map(re.escape, blanks))})", drawn))


@cache
def _blank_moment() -> str:
    """The blank of the minute, as a Ukrainian page says it."""
    return str(moment(_AT))


def forget_thanks() -> None:
    """Drop what this process has kept (tests start from none)."""
    _frames.clear()


def describe_next_steps(consultation: Consultation, *, has_email: bool) -> str:
    """The following stages for a person who has just spoken, with dates, in sentences."""
    days = consultation.last_day, consultation.report_due_on
    return _next_steps(*days, get_language(), has_email=has_email)


@lru_cache(maxsize=256)
def _next_steps(
    last_day: date | None, report_due_on: date | None, _language: str | None, *, has_email: bool
) -> str:
    told = []
    if last_day:
        told.append(
            _("Remarks are accepted until %(day)s inclusive.")
            % {"day": date_format(last_day, "j E")}
        )
    if report_due_on:
        told.append(
            _("By %(day)s the council reports what it took into account, what not, and why.")
            % {"day": date_format(report_due_on, "j E Y")}
        )
    if has_email:
        told.append(_("The answer and the report come to you by e-mail."))
    return " ".join(told)
