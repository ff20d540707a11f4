"""Rules of many appeals at once, and the version by which each was chosen."""

from __future__ import annotations

from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from appeals.course import rules
from appeals.models import Appeal, State
from appeals.rules import Involved
from core.domain.rules import Verdict, refuse

if TYPE_CHECKING:
    from accounts.models import Anybody

CHANGED = refuse(
    "appeal.changed_meanwhile",
    _("Somebody changed it after this list was shown: look at it once more."),
)
THEIRS_ALREADY = refuse("appeal.theirs_already", _("They answer it already."))


def version_of(appeal: Appeal) -> str:
    """The version of what an officer decides by: where it stands, whose it is, whom it is about."""
    seen = (
        *(appeal.kind, appeal.term, appeal.privileged, appeal.department_id, appeal.officer_id),
        *(appeal.about_department_id, appeal.about_person_id, appeal.theme_id),
        *(appeal.accepted_at, appeal.due_at, appeal.reopened_at, appeal.closed_at),
    )
    return blake2b(repr(seen).encode(), digest_size=8).hexdigest()


def give(
    user: Anybody,
    appeal: Appeal,
    *,
    involved: Involved,
    now: datetime,
    version: str,
    department_id: int,
    officer_id: int | None,
) -> Verdict:
    """Accept one that waits for a department, or give one that is considered to it: by the rules
    of each step, as it was when it was chosen (393/96-ВР art. 7)."""
    people = () if officer_id is None else (officer_id,)
    step = (
        rules.accept(
            user,
            appeal,
            involved=involved,
            now=now,
            department_id=department_id,
            officer_id=officer_id,
            kind=appeal.kind,
            term=appeal.term,
        )
        if appeal.state_at(now) == State.RECEIVED
        else rules.assign(
            user,
            appeal,
            involved=involved,
            now=now,
            departments={department_id},
            people=people,
        )
    )
    given = (appeal.department_id, appeal.officer_id) == (department_id, officer_id)
    return (
        step
        and (CHANGED if version != version_of(appeal) else step)
        and (THEIRS_ALREADY if given and appeal.accepted_at is not None else step)
    )
