"""Compose a mail from one text template: as plain text, and as HTML in the council's frame.

``templates/emails/<app>/<name>.subject.txt`` and ``<name>.txt`` are all that a mail needs; it
begins with a greeting, and its HTML is the same text in ``emails/frame.html``, so the two can never
differ. What people wrote and stands between «…» is put in by ``|nested`` (core.domain.typography);
no line is changed after that. A mail with many links has a ``<name>.html`` too, for all of the text
above the dashes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context, loader
from django.utils.html import escape, linebreaks, urlize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core.domain.council import council, local_council

#: Above the council's name at the end of each mail.
_DASHES = "-- \n"
_CODE = re.compile(r"\d[\d-]+\d")
#: Mails whose words begin with a greeting of their own: what the council's officers have written.
_GREETS_ITSELF = frozenset({"appeals/letter"})
#: A paragraph that is an address, or a line and an address below it.
_ADDRESS = re.compile(r"(?:(?P<lead>[^\n]+)\n)?(?P<address>https?://\S+)")


def compose(
    template: str,
    context: Mapping[str, Any],
    *,
    to: str,
    headers: Mapping[str, str] | None = None,
    kind: type[EmailMultiAlternatives] = EmailMultiAlternatives,
) -> EmailMultiAlternatives:
    """The mail ``emails/<template>`` to one address, in the language that is active.

    ``context`` is joined by ``city`` and ``site_url``. ``kind`` of message: MassMail for many.
    Nothing is sent yet.
    """
    return address(draw(template, context), to=to, headers=headers, kind=kind)


@dataclass(frozen=True, slots=True)
class Words:
    """Content of a mail."""

    subject: str
    text: str
    html: str


def address(
    words: Words,
    *,
    to: str,
    headers: Mapping[str, str] | None = None,
    kind: type[EmailMultiAlternatives] = EmailMultiAlternatives,
) -> EmailMultiAlternatives:
    """A mail of these words to one address, from the council."""
    message = kind(
        words.subject,
        words.text,
        sender(),
        to=[to],
        # Nobody's holiday reply should come back.
        headers={"Auto-Submitted": "auto-generated", **(headers or {})},
    )
    message.attach_alternative(words.html, "text/html")
    return message


def draw(template: str, context: Mapping[str, Any], *, has_html: bool = False) -> Words:
    """The words of the mail ``emails/<template>``, in the language that is active. ``has_html``: it
    has a template of its HTML."""
    values = {"city": local_council(), "site_url": settings.SITE_URL, **context}
    subject = " ".join(_plain(f"emails/{template}.subject.txt", values).split())
    hello = "" if template in _GREETS_ITSELF else f"{greeting()}\n\n"
    body = _plain(f"emails/{template}.txt", values).strip()
    text = re.sub(r"\n{3,}", "\n\n", f"{hello}{body}\n")
    if has_html:
        own = mark_safe(loader.render_to_string(f"emails/{template}.html", values))
        end = _paragraphs(text[text.rindex(_DASHES) :])
        paragraphs = [*_paragraphs(hello), ("text", own), *end]
    else:
        paragraphs = _paragraphs(text)
    html = loader.render_to_string(
        "emails/frame.html", {**values, "subject": subject, "paragraphs": paragraphs}
    )
    return Words(subject, text, html)


def sender() -> str:
    """Sender of mails: the council, unless DEFAULT_FROM_EMAIL says otherwise."""
    return str(settings.FROM_EMAIL or council().sender)


def greeting() -> str:
    """The line with which mails begin, in the language that is active."""
    return _("Good day!")


def _plain(name: str, values: Mapping[str, Any]) -> str:
    template = loader.get_template(name).template  # type: ignore[attr-defined]  # Django's own engine
    return str(template.render(Context(dict(values), autoescape=False)))


def _paragraphs(text: str) -> list[tuple[str, SafeString]]:
    """Each paragraph with its kind: code (a code alone), end (below the dashes), go (the first
    address that stands alone: a button above it) or text."""
    paragraphs = []
    kind = "text"
    has_button = False
    for part in text.strip().split("\n\n"):
        if part.startswith(_DASHES):
            kind, part = "end", part[4:]
        is_code = kind == "text" and _CODE.fullmatch(part.strip())
        if kind == "text" and not has_button and (found := _ADDRESS.fullmatch(part.strip())):
            has_button = True
            facts = {"lead": found["lead"], "address": found["address"]}
            button = loader.render_to_string("emails/button.html", facts)
            paragraphs.append(("go", mark_safe(button)))
            continue
        # Escaped before the links are made; mark_safe on what these two functions escaped.
        html = linebreaks(mark_safe(urlize(escape(part.strip()))))
        paragraphs.append(("code" if is_code else kind, mark_safe(html)))
    return paragraphs
