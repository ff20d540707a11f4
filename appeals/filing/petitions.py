"""Appeals that come as petitions without enough signatures (393/96-ВР art. 23-1).

Whoever keeps petitions hands one over with plain words: appeals know of a petition that it was one,
and where its page stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from appeals import terms
from appeals.begin import enter
from appeals.events import AppealFiled, AppealGivenBack, AppealTakenAgain
from appeals.filing.actions import prepare
from appeals.models import Appeal, Entry
from appeals.register.numbering import number_at_commit
from city.calendar import work_calendar
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.events import emit

if TYPE_CHECKING:
    from accounts.models import User
    from city.models import District, Street, Theme


@dataclass(frozen=True, slots=True)
class Origin:
    """The petition that an appeal was: its words («петиція № 45»), the path of its page, and what
    happened to it before, for the applicant's timeline."""

    words: str
    path: str
    history: Sequence[tuple[datetime, str]] = ()


def receive_petition(
    *,
    author: User,
    origin: Origin,
    name: str,
    subject: str,
    text: str,
    people: int,
    received_at: datetime,
    registered_at: datetime | None = None,
    kind: str = Appeal.Kind.PROPOSAL,
    residence: str = "",
    email: str = "",
    phone: str = "",
    theme: Theme | None = None,
    district: District | None = None,
    street: Street | None = None,
) -> Appeal:
    """Register a petition that did not gather enough signatures, as an appeal of its author.

    ``people``: how many signed; from two on it is collective, and who they are is not copied.
    ``received_at``: when its collection ended, from which the term of the law runs;
    ``registered_at``: the moment of registration (None: now), which gives it the number of that
    day, or of the next working day. Nothing is asked of what the law has considered as it is. The
    number is there once the transaction is committed. Emits AppealFiled.
    """
    with action():
        now = registered_at or clock.now()
        appeal = Appeal(
            via=Appeal.Via.PETITION,
            kind=kind,
            author=author,
            origin=origin.words,
            origin_path=origin.path,
            name=name,
            residence=residence,
            email=email,
            phone=phone,
            is_collective=people > 1,
            people=max(people, 1),
            subject=subject,
            text=text,
            theme=theme,
            district=district,
            street=street,
            received_at=received_at,
        )
        prepare(appeal, now, work_calendar())
        appeal.save()
        Entry.objects.bulk_create(
            Entry(appeal=appeal, kind=Entry.Kind.PETITION, at=at, words=words)
            for at, words in origin.history
        )
        enter(appeal, Entry.Kind.FILED, by=None, at=now, words=origin.words)
        number_at_commit(appeal)
        emit(AppealFiled(appeal.pk, None))
        return appeal


def give_back(appeal: Appeal) -> bool:
    """End it, because the petition that it was has enough signatures after all.

    False where it has ended already: what is dealt with stays. Emits AppealGivenBack.
    """
    with action():
        appeal = locked(appeal)
        if appeal.closed_at is not None:
            return False
        appeal.given_back_at = appeal.closed_at = now = clock.now()
        appeal.save(update_fields=["given_back_at", "closed_at"])
        enter(appeal, Entry.Kind.GIVEN_BACK, by=None, at=now, words=appeal.origin)
        emit(AppealGivenBack(appeal.pk, None))
        return True


def take_again(appeal: Appeal) -> bool:
    """Go on with one that was given back, because the petition has lost signatures again.

    Its term is that of its receipt. False where it was not given back. Emits AppealTakenAgain.
    """
    with action():
        appeal = locked(appeal)
        if appeal.given_back_at is None:
            return False
        appeal.given_back_at = appeal.closed_at = None
        terms.set_due(appeal, work_calendar())
        appeal.save(update_fields=["given_back_at", "closed_at", "due_at"])
        enter(appeal, Entry.Kind.TAKEN_AGAIN, by=None, at=clock.now(), words=appeal.origin)
        emit(AppealTakenAgain(appeal.pk, None))
        return True
