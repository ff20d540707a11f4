"""The budget of mails that a mailbox has over all doors: it delays and folds, and refuses nobody.

Counted are the mails that anybody causes who types an address (links to confirm, numbers of
appeals, invitations) and the news that people follow. The first BURST of a day go at once, and so
does the first that each network asks for; then one goes each hour, and holds all that came
meanwhile. Links that were sent before work on. Codes to sign in, to reset a password and to open an
appeal are not counted here (accounts/limits.py): nobody waits for them (docs/adr/0110).

Counting and sending are one transaction: what the mail server does not take was not counted.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import translation

from accounts.limits import DAY, HOUR, Limit
from core.domain import clock, outbox
from core.web.mail import address, greeting
from core.web.mail import draw as draw_mail
from notifications.channels.bounces.stopping import is_stopped
from notifications.models import HeldMail, Letter
from notifications.sending.mail import (
    Draft,
    draft_letter,
    hand_over,
    message_id,
    send_draft,
    unsubscribing,
    write_letter,
)
from petitions.signing.mailbox import is_one, limit_key

#: Mails to a mailbox, however its address is written, that go at once.
BURST = Limit("mails-of-mailbox", 6, DAY)
#: Beyond that: one for each network that has not asked, whatever others have asked for,
FIRST = Limit("mails-of-asker", 1, DAY)
#: what somebody asks for to their own address, signed in,
OWN = Limit("mails-of-owner", 12, DAY)
#: and one for all else together.
HOURLY = Limit("mails-of-mailbox-hourly", 1, HOUR)
#: Messages that one mail holds; the others wait for the next.
MOST = 20
_TEMPLATE = "notifications/several"


@dataclass(frozen=True, slots=True)
class Asker:
    """The requester of a mail, as far as the budget tells them apart; "": nobody in particular."""

    key: str = ""
    #: They are signed in, and it is their own address.
    is_owner: bool = False


#: Of what nobody asked for just now.
NOBODY = Asker()


def asker_of(email: str, network: str | None) -> Asker:
    """The requester from a network (core.web.client_ip.network_of) of mails to an address: by a
    keyed digest of both, since jobs are kept.
    """
    if network is None:
        return NOBODY
    text = f"notifications.asker:{limit_key(email)}:{network}"
    mixed = hmac.new(settings.PERSON_KEY_SECRET.encode(), text.encode(), sha256)
    return Asker(mixed.hexdigest()[:32])


@dataclass(frozen=True, slots=True)
class _Writer:
    draft: Callable[..., Draft | None]
    about: Callable[..., str]
    forget: Callable[..., object] | None


_writers: dict[str, _Writer] = {}


def writes(
    kind: str,
    *,
    about: Callable[..., str],
    forget: Callable[..., object] | None = None,
) -> Callable[[Callable[..., Draft | None]], Callable[..., Draft | None]]:
    """Register what makes the mails of a kind from the ids that are kept of one that waits; None:
    there is no use in it any more.

    ``about`` says of the same ids what it is about: of one thing a mailbox has one that waits, the
    latest. ``forget`` is called with the ids of the one that goes for it.
    """

    def register(function: Callable[..., Draft | None]) -> Callable[..., Draft | None]:
        _writers[kind] = _Writer(function, about, forget)
        return function

    return register


@writes(
    "letter",
    about=lambda letter_id, about: about,
    forget=lambda letter_id, about: Letter.objects.filter(pk=letter_id).delete(),
)
def _write_letter(*, letter_id: int, about: str) -> Draft | None:
    return draft_letter(letter_id)


def defer_letter(
    message: EmailMultiAlternatives, *, lives: timedelta, about: str, asker: Asker
) -> Letter:
    """Queue a mail that is written already, and that anybody can ask for to any address. Its words
    are deleted when it has gone, or after ``lives``."""
    with transaction.atomic():
        letter = write_letter(message, lives=lives)
        outbox.defer(
            "notifications.jobs.send_asked_letter",
            letter_id=letter.pk,
            about=about,
            asker=asker.key,
        )
    return letter


def send(kind: str, ids: dict[str, Any], *, asker: Asker = NOBODY) -> bool:
    """Send a mail of a kind now if the budget of its mailbox lets; else it waits, and goes within
    the hour together with what else waits. Returns whether a mail went. Raises what the mail server
    raises, for a later try."""
    with transaction.atomic():
        draft = _writers[kind].draft(**ids)
        if draft is None:
            return False
        mailbox = limit_key(draft.to)
        if _may_go(mailbox, asker):
            return draft.claim() and send_draft(draft)
        verdict = HOURLY.spend(mailbox)
        due_at = clock.now() if verdict else verdict.params["at"]
        _hold(mailbox, kind, ids, due_at)
        return bool(verdict) and _send_held(mailbox)


def _may_go(mailbox: str, asker: Asker) -> bool:
    is_in_burst = BURST.spend(mailbox)
    if not asker.key:
        return bool(is_in_burst)
    own = OWN if asker.is_owner else FIRST
    return bool(own.spend(mailbox, asker.key) or is_in_burst)


def _hold(mailbox: str, kind: str, ids: dict[str, Any], due_at: datetime) -> None:
    """Under the lock of the mailbox's count: HOURLY.spend came before, in this transaction."""
    writer = _writers[kind]
    about = writer.about(**ids)
    before = HeldMail.objects.filter(mailbox=bytes.fromhex(mailbox), kind=kind, about=about).first()
    if before is None:
        HeldMail.objects.create(
            mailbox=bytes.fromhex(mailbox), kind=kind, about=about, ids=ids, due_at=due_at
        )
    elif before.ids != ids:
        if writer.forget is not None:
            writer.forget(**before.ids)
        before.ids = ids
        before.save(update_fields=["ids"])


#: Mailboxes that one run serves, and when one is tried again that the mail server did not serve.
_AT_ONCE = 500
_AGAIN_AFTER = timedelta(minutes=5)


def send_due() -> int:
    """Send what is due, a mail to each mailbox; a job calls it each minute. Returns how many went.

    Where the mail server does not take one, it is tried again later and the others go on; the last
    such error is raised in the end, for the log of jobs.
    """
    due = HeldMail.objects.filter(due_at__lte=clock.now()).order_by("mailbox").distinct("mailbox")
    went = 0
    error: OSError | None = None
    for key in due.values_list("mailbox", flat=True)[:_AT_ONCE]:
        mailbox = bytes(key).hex()
        try:
            with transaction.atomic():
                verdict = HOURLY.spend(mailbox)
                if verdict:
                    went += _send_held(mailbox)
                else:
                    _wait(mailbox, verdict.params["at"])
        except OSError as caught:  # what smtplib raises, and sockets
            error = caught
            _wait(mailbox, clock.now() + _AGAIN_AFTER)
    if error is not None:
        raise error
    return went


def _wait(mailbox: str, until: datetime) -> None:
    HeldMail.objects.filter(mailbox=bytes.fromhex(mailbox)).update(due_at=until)


def _send_held(mailbox: str) -> bool:
    """Send what waits for a mailbox as one mail: the latest MOST of it. Call it under the lock of
    the mailbox's count."""
    rows = list(
        HeldMail.objects.select_for_update()
        .filter(mailbox=bytes.fromhex(mailbox))
        .order_by("-pk")[:MOST]
    )
    drafts = [_writers[row.kind].draft(**row.ids) for row in rows]
    HeldMail.objects.filter(pk__in=[row.pk for row in rows]).delete()
    _wait(mailbox, clock.now() + HOUR)
    going = [
        each
        for each in drafts
        if each and not (each.template and is_stopped(each.template, each.to)) and each.claim()
    ]
    went = [
        _send_folded(those) if len(those) > 1 else send_draft(those[0])
        for those in _read_together(going)
    ]
    return any(went)


def _read_together(drafts: list[Draft]) -> list[list[Draft]]:
    """Those that are read in one mailbox, together. A domain that merely looks like another one
    shares the budget, but nobody there is sent what is for the other."""
    groups: list[list[Draft]] = []
    for draft in drafts:
        group = next((those for those in groups if is_one(those[0].to, draft.to)), None)
        if group is None:
            groups.append([draft])
        else:
            group.append(draft)
    return groups


def _send_folded(drafts: list[Draft]) -> bool:
    first = drafts[0]
    parts = [each.draw() for each in drafts]
    with translation.override(first.language):
        words = draw_mail(
            _TEMPLATE,
            {
                "first": parts[0].subject,
                "more": len(parts) - 1,
                "parts": [(part.subject, _without_ends(part.text)) for part in parts],
            },
        )
    stop_paths = {each.stop_path for each in drafts}
    headers = {
        "Message-ID": message_id(f"several:{':'.join(each.name for each in drafts)}"),
        **unsubscribing(stop_paths.pop() if len(stop_paths) == 1 else ""),
    }
    message = address(words, to=first.to, headers=headers)
    if not hand_over(message, notes_bounces=all(each.notes_bounces for each in drafts)):
        return False
    for each in drafts:
        each.after()
    return True


def _without_ends(text: str) -> str:
    """A mail's text without greeting and the council's name, which stand once around them all."""
    above, dashes, _below = text.rpartition("\n-- \n")
    return (above if dashes else text).strip().removeprefix(greeting()).strip()
