"""Read the mailbox of bounces by IMAP, and take the reports out of it."""

from __future__ import annotations

import imaplib
import logging
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings

from notifications.channels.bounces.actions import note_reports
from notifications.channels.bounces.reports import Report, read

log = logging.getLogger(__name__)

#: Seconds for each answer of the server; messages of one run; the first bytes of each, in which the
#: report stands before the mail that it returns.
_TIMEOUT = 15.0
_AT_ONCE = 200
_LONGEST = 64 * 1024


class Unreadable(Exception):
    """The mailbox could not be read; the message holds no name or password."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings of the mailbox (settings.BOUNCE_IMAP)."""

    host: str
    port: int
    user: str
    password: str
    folder: str
    is_secure: bool


def read_mailbox() -> int:
    """Note the addresses of the reports that wait, then delete these; other messages stay, seen.

    Returns how many addresses were noted; 0 where no mailbox is set. What was noted and not deleted
    is noted once more by the next run, which changes nothing. Raises Unreadable.
    """
    if not settings.BOUNCE_ADDRESS or not settings.BOUNCE_IMAP["host"]:
        return 0
    with _open(Settings(**settings.BOUNCE_IMAP)) as mailbox:
        reports: list[Report] = []
        done: list[str] = []
        for uid, content in _unseen(mailbox):
            report = _read_strangers(content)
            if report is not None:
                reports.append(report)
                done.append(uid)
            else:
                mailbox.uid("STORE", uid, "+FLAGS", r"(\Seen)")
        noted = note_reports(reports)
        if done:
            mailbox.uid("STORE", ",".join(done), "+FLAGS", r"(\Seen \Deleted)")
            mailbox.expunge()
        return noted


def _read_strangers(content: bytes) -> Report | None:
    """The report in a message. What cannot be read is none: anybody may write to this mailbox, and
    one mail must not stop the others."""
    try:
        return read(content)
    except Exception:
        log.warning("a message in the mailbox of bounces cannot be read", exc_info=True)
        return None


@contextmanager
def _open(mailbox: Settings) -> Iterator[imaplib.IMAP4]:
    """The selected folder. Whatever the server does wrong is Unreadable."""
    try:
        with _connect(mailbox) as connection:
            connection.login(mailbox.user, mailbox.password)
            answer, _data = connection.select(f'"{mailbox.folder}"')
            if answer != "OK":
                raise Unreadable("the folder of bounces cannot be opened")
            yield connection
    except (imaplib.IMAP4.error, OSError):
        # Not «from»: a server may repeat the name and the password in its message.
        raise Unreadable("the mailbox of bounces cannot be read") from None


def _connect(mailbox: Settings) -> imaplib.IMAP4:
    if mailbox.is_secure:
        return imaplib.IMAP4_SSL(
            mailbox.host,
            mailbox.port,
            ssl_context=ssl.create_default_context(),
            timeout=_TIMEOUT,
        )
    return imaplib.IMAP4(mailbox.host, mailbox.port, timeout=_TIMEOUT)


def _unseen(mailbox: imaplib.IMAP4) -> Iterator[tuple[str, bytes]]:
    """Number and content of messages that nobody has seen, the oldest first."""
    _answer, data = mailbox.uid("SEARCH", "UNSEEN")
    for uid in (data[0] or b"").decode("ascii").split()[:_AT_ONCE]:
        _answer, parts = mailbox.uid("FETCH", uid, f"(BODY.PEEK[]<0.{_LONGEST}>)")
        for part in parts:
            if isinstance(part, tuple):
                yield uid, part[1]
                break
