"""Rules of notes between officers. Pure: the facts are passed in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.notes.models import LONGEST_NOTE, WITHDRAWABLE_FOR, StaffNote
from accounts.rules import use_desk
from core.domain.rules import ALLOWED, Verdict, refuse, refuse_unless

if TYPE_CHECKING:
    from accounts.models import Anybody, User
    from accounts.notes.matters import Matter

CHOOSE_A_COLLEAGUE = _("Choose a colleague who works on this matter.")
NOT_A_COLLEAGUE = refuse("note.not_a_colleague", CHOOSE_A_COLLEAGUE)

GONE = refuse("note.matter_gone", _("What it was about is not there any more."))


def read(user: Anybody, matter: Matter) -> Verdict:
    """Read the notes about a matter: who may work on it now."""
    return use_desk(user) and matter.work(user)


def write(
    user: Anybody,
    matter: Matter,
    *,
    words: str,
    to: User | None = None,
    is_handed_over: bool = False,
) -> Verdict:
    """Write a note: who reads them. ``to``: a colleague who reads them too, with their grants in
    force; ``is_handed_over``: the matter becomes theirs."""
    return (
        read(user, matter)
        and refuse_unless(words.strip(), "note.empty", _("The note says nothing."))
        and refuse_unless(
            len(words) <= LONGEST_NOTE,
            "note.too_long",
            _("The note is longer than 2,000 characters."),
        )
        and refuse_unless(
            to is not None or not is_handed_over,
            "note.to_nobody",
            _("Choose to whom you hand it over."),
        )
        and (ALLOWED if to is None or _is_colleague(to, user, matter) else NOT_A_COLLEAGUE)
    )


def _is_colleague(to: User, user: Anybody, matter: Matter) -> bool:
    return to.pk != user.pk and bool(read(to, matter))


def withdraw(user: Anybody, note: StaffNote, matter: Matter, *, now: datetime) -> Verdict:
    """Withdraw one's own note within a day: its words go, a trace stays."""
    return (
        read(user, matter)
        and refuse_unless(
            note.author_id == user.pk, "note.not_yours", _("Only its author may withdraw a note.")
        )
        and refuse_unless(
            note.withdrawn_at is None, "note.withdrawn", _("This note is withdrawn already.")
        )
        and refuse_unless(
            now < note.written_at + WITHDRAWABLE_FOR,
            "note.stays",
            _("A note can be withdrawn within a day. This one stays."),
        )
    )
