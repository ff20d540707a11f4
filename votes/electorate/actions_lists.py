"""Actions on the list of people who may vote, and on their codes on paper."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.db.collation import key
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.email_addresses import to_comparable
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import reject, require
from votes.electorate.lists import MOST_PEOPLE, Person
from votes.events import CodesVoided, ListChanged
from votes.models import Invitation, Poll
from votes.paper import rules


def invite(poll: Poll, people: Iterable[Person], *, by: User) -> int:
    """Put people on the list of a poll: (name, e-mail) each; known addresses are left as they are.

    Returns how many were added. Refuses by office_rules.list_people, and with ``list.too_many``.
    Emits ListChanged.
    """
    with action():
        poll = locked(poll)
        require(rules.list_people(by, poll, now=clock.now()))
        before = Invitation.objects.filter(poll=poll).count()
        rows = [
            Invitation(poll=poll, name=name, name_key=key(name), email=to_comparable(email))
            for name, email in people
        ]
        if before + len(rows) > MOST_PEOPLE:
            reject("list.too_many", _("There would be more than 50,000 people on the list."))
        Invitation.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2000)
        created(poll)
        emit(ListChanged(poll.pk, by.pk))
        return Invitation.objects.filter(poll=poll).count() - before


def uninvite(invitation: Invitation, *, by: User) -> None:
    """Take a line off the list. Refuses by office_rules.list_people. Emits ListChanged."""
    with action():
        poll = locked(invitation.poll)
        require(rules.list_people(by, poll, now=clock.now()))
        invitation.delete()
        emit(ListChanged(poll.pk, by.pk))


def uninvite_all(poll: Poll, *, by: User) -> None:
    """Empty the list: another one is coming. Refuses by office_rules.list_people. Emits
    ListChanged."""
    with action():
        poll = locked(poll)
        require(rules.list_people(by, poll, now=clock.now()))
        Invitation.objects.filter(poll=poll).delete()
        emit(ListChanged(poll.pk, by.pk))


def void_codes(poll: Poll, *, by: User) -> int:
    """Make all codes on paper void: a stack of sheets was lost. They can be printed anew.

    Returns how many. Refuses by office_rules.print_codes. Emits CodesVoided.
    """
    with action():
        poll = locked(poll)
        require(rules.print_codes(by, poll, now=clock.now()))
        voided = Invitation.objects.filter(poll=poll, code__isnull=False).update(code=None)
        emit(CodesVoided(poll.pk, by.pk))
        return voided
