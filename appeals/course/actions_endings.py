"""The endings of an appeal without an answer: the applicant is told of each, and why.

The letter that tells of it has the next outgoing number, and the post of who ends it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from appeals import terms
from appeals.begin import begin, decided_line, enter
from appeals.course import rules_endings as rules
from appeals.events import AppealForwarded, AppealMoved, AppealRefused, AppealReturned
from appeals.letters.letterhead import letterhead_of
from appeals.letters.wording import LetterKind
from appeals.models import Appeal, Entry
from appeals.queries import load_leaders
from appeals.register.outgoing import number_letter, register_letter
from city.calendar import work_calendar
from core.domain.actions import action
from core.domain.events import emit
from core.domain.rules import require

if TYPE_CHECKING:
    from accounts.models import User


def forward(appeal: Appeal, *, by: User, to: str, note: str = "", sheets: int = 0) -> Appeal:
    """Forward it to the body whose matter it is, named in ``to``. Its term is that of forwarding
    from then on (393/96-ВР art. 7; 2939-VI art. 22 sets none): so what is late is told late.
    ``sheets``: so many of the appeal go with the covering letter.

    Refuses by rules.forward (393/96-ВР art. 7; 2939-VI art. 22). Emits AppealForwarded.
    """
    with action():
        appeal, involved, now = begin(appeal)
        require(rules.forward(by, appeal, involved=involved, now=now, to=to))
        appeal.forwarded_at = appeal.closed_at = now
        appeal.forwarded_to, appeal.ending_note = to.strip(), note.strip()
        if not appeal.is_request:
            appeal.term = terms.FORWARD.code
            terms.set_due(appeal, work_calendar())
        appeal.save(
            update_fields=[
                *("forwarded_at", "forwarded_to", "ending_note", "closed_at", "term", "due_at")
            ]
        )
        words = "\n".join(filter(None, (appeal.forwarded_to, appeal.ending_note)))
        head = replace(
            number_letter(
                appeal, LetterKind.FORWARDED, letterhead_of(appeal, by, involved=involved), now
            ),
            covering_number=register_letter(appeal, LetterKind.COVERING, now).label,
            sheets=sheets,
        )
        enter(appeal, Entry.Kind.FORWARDED, by=by, at=now, words=words, letterhead=head)
        emit(AppealForwarded(appeal.pk, by.pk))
        return appeal


def return_(appeal: Appeal, *, by: User, ground: str, note: str) -> Appeal:
    """Return it, with what is missing; the applicant may file it anew.

    Refuses by rules.return_ (393/96-ВР arts 5, 7). Emits AppealReturned.
    """
    with action():
        appeal, involved, now = begin(appeal)
        require(
            rules.return_(
                by,
                appeal,
                involved=involved,
                now=now,
                calendar=work_calendar(),
                ground=ground,
                note=note,
            )
        )
        appeal.returned_at = appeal.closed_at = now
        appeal.returned_for, appeal.ending_note = ground, note.strip()
        appeal.save(update_fields=["returned_at", "returned_for", "ending_note", "closed_at"])
        head = letterhead_of(appeal, by, involved=involved)
        head = number_letter(appeal, LetterKind.RETURNED, head, now)
        enter(appeal, Entry.Kind.RETURNED, by=by, at=now, words=note, letterhead=head)
        emit(AppealReturned(appeal.pk, by.pk))
        return appeal


def leave_without_consideration(appeal: Appeal, *, by: User, ground: str, note: str) -> Appeal:
    """Decide, as the head of the body, not to consider it.

    Refuses by rules.leave_without_consideration (393/96-ВР arts 8, 17). Emits AppealRefused.
    """
    with action():
        appeal, involved, now = begin(appeal)
        require(
            rules.leave_without_consideration(
                by,
                appeal,
                involved=involved,
                now=now,
                leaders=load_leaders(),
                ground=ground,
                note=note,
            )
        )
        appeal.refused_at = appeal.closed_at = now
        appeal.refused_for, appeal.ending_note = ground, note.strip()
        appeal.save(update_fields=["refused_at", "refused_for", "ending_note", "closed_at"])
        head = letterhead_of(appeal, by, leads=True)
        head = number_letter(appeal, LetterKind.REFUSED, head, now)
        words = f"{note.strip()}\n{decided_line(head, now)}"
        enter(appeal, Entry.Kind.REFUSED, by=by, at=now, words=words, letterhead=head)
        emit(AppealRefused(appeal.pk, by.pk))
        return appeal


def move(appeal: Appeal, *, by: User, note: str) -> Appeal:
    """Go on with it as an administrative case, by the rules of law 2073-IX.

    Refuses by rules.move (393/96-ВР art. 12). Emits AppealMoved.
    """
    with action():
        appeal, involved, now = begin(appeal)
        require(rules.move(by, appeal, involved=involved, now=now, note=note))
        appeal.moved_at = appeal.closed_at = now
        appeal.ending_note = note.strip()
        appeal.save(update_fields=["moved_at", "ending_note", "closed_at"])
        head = letterhead_of(appeal, by, involved=involved)
        head = number_letter(appeal, LetterKind.MOVED, head, now)
        enter(appeal, Entry.Kind.MOVED, by=by, at=now, words=note, letterhead=head)
        emit(AppealMoved(appeal.pk, by.pk))
        return appeal
