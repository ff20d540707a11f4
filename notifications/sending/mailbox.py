"""Mail backend for development and the demo: it writes files, which are read at /dev/mail/."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage as StoredMessage
from pathlib import Path
from secrets import token_hex
from typing import Any

import nh3
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

#: The oldest beyond this many are deleted.
MOST_KEPT = 300
_NAME = re.compile(r"\d{20}-[0-9a-f]{8}\.eml")
_TAGS = {"a", "b", "br", "div", "em", "h1", "h2", "i", "li", "ol", "p", "strong", "ul"}


class KeptMail(BaseEmailBackend):
    """A mail backend that writes each mail to ``settings.MAIL_KEPT_AT`` as an .eml file."""

    def __init__(self, *, most: int = MOST_KEPT, **options: Any) -> None:
        super().__init__(**options)
        self.most = most

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            _keep(message.message().as_bytes(), self.most)
        return len(email_messages)


@dataclass(frozen=True, slots=True)
class Kept:
    """One kept mail: its file's name and the parsed message."""

    name: str
    message: StoredMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def to(self) -> str:
        return str(self.message["To"])

    @property
    def sent_at(self) -> datetime:
        return datetime.fromtimestamp(int(self.name[:20]) / 1e9, UTC)

    @property
    def text(self) -> str:
        return self._part("plain")

    @property
    def html(self) -> str:
        """Its HTML with everything but plain text elements and links taken out."""
        clean = nh3.clean(
            self._part("html"), tags=_TAGS, clean_content_tags={"style", "script", "title"}
        )
        return mark_safe(clean)

    def _part(self, subtype: str) -> str:
        body = self.message.get_body(preferencelist=(subtype,))
        return str(body.get_content()) if body is not None else ""


def load_mails(name: str | None = None) -> Iterator[Kept]:
    """Kept mails, the newest first; or the one of that name."""
    files = sorted(_folder().glob("*.eml"), reverse=True)
    for file in files:
        if name in (None, file.name):
            content = file.read_bytes()
            message: Any = message_from_bytes(content, policy=policy.default)
            yield Kept(file.name, message)


@require_safe
def mail_list(request: HttpRequest) -> HttpResponse:
    """All kept mails, the newest first."""
    return render(request, "notifications/mail_list.html", {"mails": list(load_mails())})


@require_safe
def mail_detail(request: HttpRequest, name: str) -> HttpResponse:
    """One kept mail, plain and as HTML."""
    mail = next(load_mails(name), None) if _NAME.fullmatch(name) else None
    if mail is None:
        raise Http404
    return render(request, "notifications/mail_detail.html", {"mail": mail})


#: Included by config.urls with DEBUG alone: anybody may read these mails.
urlpatterns: list[URLPattern] = [
    path("", mail_list, name="kept_mail_list"),
    path("<str:name>/", mail_detail, name="kept_mail_detail"),
]


def _folder() -> Path:
    folder = Path(settings.MAIL_KEPT_AT)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _keep(content: bytes, most: int) -> None:
    folder = _folder()
    name = f"{time.time_ns():020d}-{token_hex(4)}.eml"
    unfinished = folder / f"{name}.part"
    unfinished.write_bytes(content)
    unfinished.replace(folder / name)
    for old in sorted(folder.glob("*.eml"), reverse=True)[most:]:
        old.unlink(missing_ok=True)
