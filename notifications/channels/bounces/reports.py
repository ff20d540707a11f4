"""Read delivery status notifications (RFC 3464): which address nothing reaches, for good. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message

#: Headers that say to whom a message came; of a bounce: our envelope sender.
_TO = ("To", "Delivered-To", "X-Original-To", "X-Envelope-To", "Envelope-To")
_STATUS = re.compile(r"^([245]\.\d{1,3}\.\d{1,3})\b")


@dataclass(frozen=True, slots=True)
class Report:
    """A report's content about the address that was written to: ``addresses`` as it names them (the
    mailbox may forward to another one), and the status (RFC 3463).
    """

    recipients: str
    addresses: tuple[str, ...]
    status: str


def read(content: bytes) -> Report | None:
    """The report in a message, if it says that an address fails for good; None for delays, for
    deliveries, for replies of people and of programs.

    By the older policy of Python's email package: the newer one parses each header, where strangers
    make it fail, or take minutes. Headers nested too deep raise still.
    """
    message = message_from_bytes(content, policy=policy.compat32)
    if not _is_report(message):
        return None
    recipients = " ".join(str(value) for name in _TO for value in message.get_all(name, ()))
    for fields in _recipient_fields(message):
        action = str(fields.get("Action", "")).strip().lower()
        found = _STATUS.match(str(fields.get("Status", "")).strip())
        if action == "failed" and found and is_about_address(found[1]):
            named = ("Original-Recipient", "Final-Recipient")
            addresses = tuple(_address(str(fields[name])) for name in named if fields.get(name))
            return Report(recipients, addresses, found[1])
    return None


def is_about_address(status: str) -> bool:
    """Whether a status says for good that the address takes nothing (RFC 3463).

    The address (5.1), its mailbox (5.2, but for a message that is too long), a domain without a
    mail server (5.4.1, 5.4.4) and the bare 5.0.0. Not what is wrong with the message, with the
    connection, or what a policy has against the sender (5.7): of these no address is to blame.
    """
    parts = status.split(".")
    if parts[0] != "5":
        return False
    return (
        status in ("5.0.0", "5.4.1", "5.4.4")
        or (parts[1] == "1" and status not in ("5.1.7", "5.1.8"))  # of the sender's address
        or (parts[1] == "2" and status not in ("5.2.3", "5.2.4"))
    )


def _is_report(message: Message) -> bool:
    kind = str(message.get_param("report-type", "")).lower()
    return message.get_content_type() == "multipart/report" and kind == "delivery-status"


def _recipient_fields(message: Message) -> Iterator[Message]:
    """The groups of fields of each recipient: the first group is about the whole message."""
    for part in _parts(message):
        if part.get_content_type() in ("message/delivery-status", "message/global-delivery-status"):
            yield from _parts(part)[1:]


def _parts(message: Message) -> list[Message]:
    """The parts of a message; none where it says that it has some and has not."""
    found = message.get_payload()
    return [part for part in found if isinstance(part, Message)] if isinstance(found, list) else []


def _address(field: str) -> str:
    """The address of «rfc822; olena@example.org»."""
    return field.rpartition(";")[2].strip().strip("<>")
