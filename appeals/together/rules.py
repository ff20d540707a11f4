"""Rules of one answer to many appeals, and the version by which each draft was read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from appeals.answers import rules as answers
from appeals.letters.wording import has_greeting
from appeals.many.rules import CHANGED, version_of
from appeals.models import Answer, Appeal
from appeals.publishing.applicant import find_applicant
from appeals.rules import Involved
from core.domain.personal_data_finder import Kind
from core.domain.rules import ALLOWED, Verdict, refuse, refuse_unless

if TYPE_CHECKING:
    from accounts.models import Anybody

#: Of an applicant, what no letter to another may say. Neighbours have their address in common.
_OWN = frozenset({Kind.NAME, Kind.EMAIL, Kind.PHONE})


def version_of_draft(answer: Answer, files: Collection[int] = ()) -> str:
    """The version of what a head approves, and of what is sent: words, result, files, approval."""
    seen = (answer.pk, answer.text, answer.result, answer.approved_at, sorted(files))
    return blake2b(repr(seen).encode(), digest_size=8).hexdigest()


def answer_alike(appeals: Sequence[Appeal], *, text: str, result: str) -> Verdict:
    """One text for all of them: they are of one kind, and it is whole, greets nobody and names none
    of the applicants, because each of the others would read it (393/96-ВР art. 10)."""
    return (
        answers.is_whole(text, result)
        and refuse_unless(
            len({each.kind for each in appeals}) <= 1,
            "appeal.unlike_kinds",
            _("These are of unlike kinds: one answer is for appeals of one kind."),
            field="appeals",
        )
        and refuse_unless(
            not has_greeting(text),
            "appeal.greets_many",
            _("Each letter greets its own applicant by itself: leave the greeting out."),
            field="text",
        )
        and _names_nobody(appeals, text)
    )


def _names_nobody(appeals: Sequence[Appeal], text: str) -> Verdict:
    for each in appeals:
        if any(found.kind in _OWN for found in find_applicant(text, each)):
            words = _(
                "Here stands the name, e-mail or telephone of the applicant of %(label)s, which "
                "the others would read: leave it out."
            )
            return refuse("appeal.names_another", words % {"label": each.label}, field="text")
    return ALLOWED


def draft_one(
    user: Anybody,
    appeal: Appeal,
    *,
    involved: Involved,
    now: datetime,
    version: str,
    has_draft: bool,
    result: str,
) -> Verdict:
    """Draft the answer to one of them: who works on it, as it was when it was chosen. A draft that
    there is already is never replaced."""
    return (
        answers.draft_answer(user, appeal, involved=involved, now=now, result=result)
        and (ALLOWED if version == version_of(appeal) else CHANGED)
        and refuse_unless(
            not has_draft,
            "appeal.has_a_draft",
            _("It has a draft of its own already: change that one."),
        )
    )


def is_as_read(answer: Answer | None, files: Collection[int], version: str) -> Verdict:
    """The draft is what was read when it was chosen."""
    is_same = answer is not None and version_of_draft(answer, files) == version
    return ALLOWED if is_same else CHANGED
