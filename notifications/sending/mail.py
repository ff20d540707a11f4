"""Queue mails to one person in the transaction of what they tell; a worker sends each once.

    defer("consultations/remark_hidden", user_id=…, about=f"comment:{pk}", comment_id=pk)

Only ids are kept; the words are made at sending time, from what is true then, in the recipient's
language (notifications/mails/contents.py). What a moderator hid meanwhile is not sent.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from smtplib import SMTPRecipientsRefused
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import translation

from accounts.adapter import Adapter
from core.domain import clock, outbox
from core.domain.email_addresses import is_sendable
from core.state.runs import record_mail
from core.web.mail import Words, address, compose, draw, sender
from notifications.channels import push
from notifications.channels.bounces.actions import note_bounce
from notifications.channels.bounces.reports import is_about_address
from notifications.channels.bounces.stopping import is_stopped
from notifications.channels.bounces.tokens import envelope_sender
from notifications.mails.contents import context_of
from notifications.models import Letter, Sent
from notifications.sending.recipients import Recipient, load_account

log = logging.getLogger(__name__)

#: A code works for 15 minutes; a mail that comes later only confuses.
LETTER_LIVES = timedelta(minutes=15)


def defer(template: str, *, user_id: int, about: str, **ids: int) -> None:
    """Tell a person something, once: the mail ``emails/<template>`` to ``user_id``.

    ``about`` names the event (``"change:7"``); of one template and event a person gets one mail.
    ``ids`` are what the template's function in notifications/mails/contents.py needs. Call it
    inside the transaction of what it tells: it is rolled back and committed with it.
    """
    outbox.defer(
        "notifications.jobs.send", template=template, user_id=user_id, about=about, ids={**ids}
    )


def defer_letter(message: EmailMultiAlternatives) -> Letter:
    """Queue a mail that is written already. Its words are deleted when it has gone, or after
    LETTER_LIVES, when it would only confuse."""
    with transaction.atomic():
        letter = write_letter(message, lives=LETTER_LIVES)
        outbox.defer("notifications.jobs.send_letter", letter_id=letter.pk)
    return letter


def write_letter(message: EmailMultiAlternatives, *, lives: timedelta) -> Letter:
    """Keep a mail that is written already until it is sent, no longer than ``lives``."""
    return Letter.objects.create(
        to=message.to[0],
        subject=str(message.subject),
        text=str(message.body),
        html=str(message.alternatives[0][0]) if message.alternatives else "",
        expires_at=clock.now() + lives,
    )


def send(template: str, user_id: int, about: str, ids: dict[str, int]) -> bool:
    """Send a deferred mail to a person now. Returns whether it went (see send_once)."""
    recipient = load_account(user_id)
    return recipient is not None and send_once(template, recipient, about, ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A mail to one address that can be sent now: what it says, and what is noted when it goes.

    ``claim`` is called in the transaction that sends it; False: it went before. ``after`` is called
    when it has gone.
    """

    template: str
    context: Mapping[str, Any]
    to: str
    #: Makes its Message-ID.
    name: str
    language: str
    stop_path: str = ""
    #: What it says, where that was written before: instead of ``context``.
    words: Words | None = None
    claim: Callable[[], bool] = lambda: True
    after: Callable[[], None] = lambda: None
    #: False for an address that nobody has confirmed (see hand_over).
    notes_bounces: bool = True

    def draw(self) -> Words:
        """Draw the content, in its language."""
        with translation.override(self.language):
            return self.words or draw(self.template, self.context)


def send_once(template: str, recipient: Recipient, about: str, ids: dict[str, int]) -> bool:
    """Send a mail now, unless it has gone before, or there is nothing to tell any more. Returns
    whether it went. Raises what the mail server raises, for a later try.

    The row that says "told" commits after the server has taken the mail: a worker killed between
    the two sends it again (with the same Message-ID), one killed before never loses it.
    """
    with transaction.atomic():
        draft = draft_once(template, recipient, about, ids)
        return draft is not None and draft.claim() and send_draft(draft)


def draft_once(
    template: str, recipient: Recipient, about: str, ids: dict[str, int]
) -> Draft | None:
    """The mail that a recipient gets once of an event; None: there is nothing to tell."""
    event = f"{template}:{about}"
    language = recipient.load_language()
    with translation.override(language):
        context = context_of(template, recipient, ids)
    if context is None:
        return None

    def claim() -> bool:
        _row, is_first = Sent.objects.get_or_create(
            user=recipient.user,
            signature=recipient.signature,
            invitation=recipient.invitation,
            accreditation=recipient.accreditation,
            follower=recipient.follower,
            event=event,
        )
        return is_first

    def tell_browsers() -> None:
        if recipient.activity_id is not None:
            push.tell(recipient.account_ids, recipient.activity_id)

    return Draft(
        template=template,
        context=context,
        to=recipient.email,
        name=f"{recipient.name}:{event}",
        language=language,
        stop_path=context.get("stop_path", ""),
        claim=claim,
        after=tell_browsers,
    )


def draft_letter(letter_id: int) -> Draft | None:
    """The mail that was written as a Letter, which goes when it is sent; None: it is too late."""
    letter = Letter.objects.filter(pk=letter_id, expires_at__gt=clock.now()).first()
    if letter is None:
        return None
    return Draft(
        template="",
        context={},
        to=letter.to,
        name=f"letter:{letter.pk}",
        language=translation.get_language() or settings.LANGUAGE_CODE,
        words=Words(letter.subject, letter.text, letter.html),
        claim=lambda: bool(Letter.objects.filter(pk=letter_id).delete()[0]),
        notes_bounces=False,
    )


def send_draft(draft: Draft) -> bool:
    """Send a mail that was claimed. Returns whether it went (see send_now)."""
    if draft.template and is_stopped(draft.template, draft.to):
        return False
    headers = {"Message-ID": message_id(draft.name), **unsubscribing(draft.stop_path)}
    message = address(draft.draw(), to=draft.to, headers=headers)
    if not hand_over(message, notes_bounces=draft.notes_bounces):
        return False
    draft.after()
    return True


def send_now(
    template: str,
    context: Mapping[str, Any],
    *,
    to: str,
    name: str,
    stop_path: str = "",
    files: Iterable[tuple[str, bytes, str]] = (),
) -> bool:
    """Compose a mail in the active language and hand it over; ``name`` makes its Message-ID.
    ``files`` go with it: name, content and media type of each.

    To an address that bounces goes only what channels.bounces.stopping says. Returns whether it
    went.
    """
    if is_stopped(template, to):
        return False
    headers = {"Message-ID": message_id(name), **unsubscribing(stop_path)}
    message = compose(template, context, to=to, headers=headers)
    for file in files:
        message.attach(*file)
    return hand_over(message)


def send_letter(letter_id: int) -> bool:
    """Send a written mail and delete it; one that is too late is only deleted."""
    with transaction.atomic():
        letter = Letter.objects.select_for_update().filter(pk=letter_id).first()
        if letter is None:
            return False
        letter.delete()
        if letter.expires_at <= clock.now():
            log.warning("a code expired before the mail server took its mail")
            return False
        message = EmailMultiAlternatives(
            letter.subject,
            letter.text,
            sender(),
            to=[letter.to],
            headers={"Auto-Submitted": "auto-generated"},
        )
        if letter.html:
            message.attach_alternative(letter.html, "text/html")
        return hand_over(message, notes_bounces=False)


def hand_over(
    message: EmailMultiAlternatives,
    connection: BaseEmailBackend | None = None,
    *,
    notes_bounces: bool = True,
) -> bool:
    """Give it to the mail server, on an open connection or one of its own; where bounces are read
    with an envelope sender of its own. A receiver that it refuses for good, or whose address cannot
    be put on an envelope, ends it; the rest raises.

    Without ``notes_bounces`` nothing is written down of an address that does not exist: for mails
    to addresses that nobody has confirmed, which strangers type.
    """
    if not all(map(is_sendable, message.to)):
        log.warning("no mail can be sent to the address of a receiver")
        return False
    if envelope := envelope_sender(message.to[0]) if notes_bounces else "":
        message.extra_headers.setdefault("From", message.from_email)
        message.from_email = envelope
    try:
        (connection or mailers.default).send_messages([message])
    except SMTPRecipientsRefused as refused:
        if any(code < 500 for code, _reason in refused.recipients.values()):
            raise
        log.warning("the mail server refuses the receiver of a mail for good")
        record_mail()
        if envelope:
            _note_refused(refused)
        return False
    record_mail()
    return True


def _note_refused(refused: SMTPRecipientsRefused) -> None:
    """Write down the addresses that do not exist, where the server says so at once."""
    for email, (_code, reason) in refused.recipients.items():
        status = reason.decode("ascii", "replace").partition(" ")[0]
        if is_about_address(status):
            note_bounce(email, status)


def message_id(name: str) -> str:
    """The Message-ID of what is told once under ``name``: the same for each try, so that mail
    programs show one."""
    mixed = sha256(f"{settings.SECRET_KEY}:{name}".encode()).hexdigest()[:32]
    return f"<{mixed}@{urlsplit(settings.SITE_URL).hostname}>"


def unsubscribing(path: str) -> dict[str, str]:
    """The headers by which a mail program stops such mails in one click (RFC 8058): both must be
    signed by DKIM (docs/deploy.md). None with "", for mails that nobody can stop."""
    if not path:
        return {}
    return {
        "List-Unsubscribe": f"<{settings.SITE_URL}{path}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


class QueuedMail(Adapter):
    """allauth's adapter, which queues its mails as all others.

    Sent by the request itself, a slow or absent mail server would hold people up or lose the mail,
    and the time of the answer would tell whether an address is known. So the words wait in a
    Letter, where the code lives as long as in the session that expects it, and not in a job, whose
    arguments are logged.
    """

    def deliver(self, message: EmailMultiAlternatives) -> None:
        defer_letter(message)
