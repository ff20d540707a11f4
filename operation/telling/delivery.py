"""Second channels by which faults are told, for when it is mail that fails: a webhook, Telegram,
the machine's own sendmail."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.models import StateFault
from core.state.registry import title_of
from core.web.mail import sender
from notifications.channels import outgoing

#: The administrator names the servers, so any address may be asked.
_NETWORK = outgoing.Network(may_ask=lambda _address: True)
_SECONDS = 20


class NotTaken(Exception):
    """A channel did not take a message; it is tried again. The message holds no secret."""


@dataclass(frozen=True, slots=True)
class Message:
    """Message to a second channel: a line for a subject, the whole, and facts for programs."""

    subject: str
    text: str
    facts: dict[str, str | int | bool | None]


def set_channels() -> list[str]:
    """Names of the channels that the settings name."""
    is_set = {
        "webhook": bool(settings.STATE_WEBHOOK),
        "telegram": bool(settings.STATE_TELEGRAM_CHAT and settings.TELEGRAM_BOT_TOKEN),
        "sendmail": bool(settings.STATE_SENDMAIL_TO),
    }
    return [name for name, is_on in is_set.items() if is_on]


def tell_once(channel: str, fault_id: int, *, is_over: bool) -> bool:
    """Tell one channel of a fault, once. Returns whether it went. One that is over already is told
    as over alone. Raises NotTaken, outgoing.Unreachable or OSError for a later try."""
    told = f"{channel}:{'over' if is_over else 'raised'}"
    with transaction.atomic():
        fault = StateFault.objects.select_for_update().filter(pk=fault_id).first()
        if fault is None or channel not in set_channels() or told in fault.told:
            return False
        if not is_over and fault.over_at is not None:
            return False
        fault.told.append(told)
        fault.save(update_fields=["told"])
        send(channel, compose_message(fault))
    return True


def compose_message(fault: StateFault) -> Message:
    """The message of a fault as it stands: in Ukrainian, the state's language (law 2704-VIII
    art. 27)."""
    with translation.override(settings.LANGUAGE_CODE):
        if fault.over_at is not None:
            state = pgettext("fault", "over")
        else:
            state = _("critical") if fault.level == 2 else _("warning")
        title = str(title_of(fault.name))
        if fault.subject:
            title += f" ({fault.subject})"
        facts: dict[str, str | int | bool | None] = {
            "check": fault.name,
            "subject": fault.subject,
            "level": fault.level,
            "is_over": fault.over_at is not None,
            "raised_at": fault.raised_at.isoformat(),
            "over_at": fault.over_at.isoformat() if fault.over_at else None,
        }
        return _message(f"{title} – {state}", "" if fault.over_at else fault.words, facts)


def message_without_database() -> Message:
    """The message while PostgreSQL does not answer, and nothing can be written down."""
    with translation.override(settings.LANGUAGE_CODE):
        words = _("The database does not answer.")
        return _message(words, "", {"check": "database", "level": 2, "is_over": False})


def send(channel: str, message: Message) -> bool:
    """Hand a message over; True, for it went. Raises NotTaken, outgoing.Unreachable or OSError."""
    _SENDERS[channel](message)
    return True


def _message(subject: str, words: str, facts: dict[str, str | int | bool | None]) -> Message:
    page = f"{settings.SITE_URL}{reverse('state_desk:state')}"
    head = f"{_('Viche')} {urlsplit(settings.SITE_URL).hostname}: {subject}"
    text = "\n".join(filter(None, (head, words, page)))
    return Message(head, text, {**facts, "text": text})


def _post(url: str, body: dict[str, object]) -> None:
    headers = {"Content-Type": "application/json"}
    answer = outgoing.post(url, json.dumps(body).encode(), headers, network=_NETWORK)
    if not 200 <= answer.status < 300:
        raise NotTaken(f"the channel answered {answer.status}")


def _by_webhook(message: Message) -> None:
    _post(settings.STATE_WEBHOOK, {**message.facts})


def _by_telegram(message: Message) -> None:
    url = f"{settings.TELEGRAM_API}/bot{settings.TELEGRAM_BOT_TOKEN}/sendMessage"
    _post(url, {"chat_id": settings.STATE_TELEGRAM_CHAT, "text": message.text})


def _by_sendmail(message: Message) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"] = sender(), ", ".join(settings.STATE_SENDMAIL_TO)
    mail["Subject"], mail["Auto-Submitted"] = message.subject, "auto-generated"
    mail.set_content(message.text)
    try:
        done = subprocess.run(  # noqa: S603 - by the administrator's setting
            [settings.STATE_SENDMAIL, "-i", "-t"],
            input=mail.as_bytes(),
            capture_output=True,
            check=False,
            timeout=_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise NotTaken("sendmail did not end") from None
    if done.returncode:
        raise NotTaken(f"sendmail ended with {done.returncode}")


_SENDERS: dict[str, Callable[[Message], None]] = {
    "webhook": _by_webhook,
    "telegram": _by_telegram,
    "sendmail": _by_sendmail,
}
