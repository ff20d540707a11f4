"""Actions on the keepers of a secret poll's keys, until it is announced (docs/adr/0118)."""

from __future__ import annotations

from typing import NoReturn

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import reject, require
from sealing import challenges
from sealing.boxes import SUITE
from votes import queries
from votes.ballots.boxes import length_for
from votes.events import KeeperAdded, KeeperProved, KeeperRemoved
from votes.keepers import rules as keepers_rules
from votes.models import Keeper, Poll


def add_keeper(poll: Poll, *, by: User, name: str, public_key: bytes) -> Keeper:
    """Write down the public half of a key that somebody made on their own device.

    Refuses by keepers.rules.change_keepers, with ``keeper.enough``, and with
    ``keeper.malformed``: no key of X25519, or one that is used already. Emits KeeperAdded.
    """
    try:
        with action():
            poll = locked(poll)
            require(keepers_rules.change_keepers(by, poll, now=clock.now()))
            taken = set(Keeper.objects.filter(poll=poll).values_list("place", flat=True))
            free = [place for place in range(1, keepers_rules.KEEPERS + 1) if place not in taken]
            if not free:
                reject("keeper.enough", _("This poll has its two keepers already."))
            return _write(poll, free[0], name, public_key, by)
    except IntegrityError:
        _refuse_malformed()


def _write(poll: Poll, place: int, name: str, public_key: bytes, by: User | None) -> Keeper:
    try:
        challenges.challenge(X25519PublicKey.from_public_bytes(public_key))
    except ValueError:
        _refuse_malformed()
    made = Keeper.objects.create(
        poll=poll, place=place, name=name, public_key=public_key, made_by=by
    )
    created(made)
    emit(KeeperAdded(poll.pk, by.pk if by else None, made.pk, made.fingerprint))
    return made


def _refuse_malformed() -> NoReturn:
    reject("keeper.malformed", _("This is no new key: make one on this page."))


def add_server(poll: Poll, public_key: bytes) -> Keeper | None:
    """Write down the public half of the server's own key, which is on its disk already; None where
    the poll needs none any more. Emits KeeperAdded, by nobody."""
    with action():
        poll = locked(poll)
        is_needed = poll.is_secret and poll.keeping == Poll.Keeping.SERVER
        if not is_needed or poll.scheduled_at or Keeper.objects.filter(poll=poll).exists():
            return None
        return _write(poll, 1, "", public_key, None)


def prove_keeper(keeper: Keeper, *, by: User, challenge: str, answer: str) -> None:
    """Note that somebody opened, with the saved file, what only this key opens.

    Refuses by keepers_rules.change_keepers, with ``keeper.wrong_answer``, and with ``keeper.gone``:
    somebody has discarded it meanwhile. Emits KeeperProved.
    """
    with action():
        poll = locked(Poll(pk=keeper.poll_id))
        require(keepers_rules.change_keepers(by, poll, now=clock.now()))
        if not Keeper.objects.filter(pk=keeper.pk).exists():
            reject("keeper.gone", _("This key was discarded meanwhile."))
        if not challenges.is_answer(keeper.pk, challenge, answer):
            reject(
                "keeper.wrong_answer",
                _("The file does not open what was sealed to this key: choose the saved file."),
            )
        keeper.proved_at = clock.now()
        keeper.save(update_fields=["proved_at"])
        emit(KeeperProved(poll.pk, by.pk, keeper.pk))


def remove_keeper(keeper: Keeper, *, by: User) -> None:
    """Discard a key, to make another. Refuses by rules.change_keepers. Emits KeeperRemoved."""
    with action():
        poll = locked(Poll(pk=keeper.poll_id))
        require(keepers_rules.change_keepers(by, poll, now=clock.now()))
        discard_keys(poll, by, pk=keeper.pk)


def discard_keys(poll: Poll, by: User, **which: int) -> None:
    """Discard keys of a draft, under its lock. Emits KeeperRemoved for each."""
    kept = Keeper.objects.filter(poll=poll, **which)
    for pk in kept.values_list("pk", flat=True):
        emit(KeeperRemoved(poll.pk, by.pk, pk))
    kept.delete()


def settle(poll: Poll) -> None:
    """At the announcement, under the poll's lock: by what its ballots are sealed, and how long what
    is sealed is. Refuses by keepers_rules.keep."""
    if not poll.is_secret:
        return
    kept = Keeper.objects.filter(poll=poll).values_list("proved_at", flat=True)
    require(keepers_rules.keep(poll, [proved_at is not None for proved_at in kept]))
    poll.suite = SUITE
    poll.box_length = length_for(queries.questions_of(poll), has_receipts=poll.has_receipts)
    poll.save(update_fields=["suite", "box_length"])
