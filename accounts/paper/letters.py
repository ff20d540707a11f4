"""Letters of the council as one PDF to be printed, a page a letter.

    letters_pdf([Letter(addressee=("Олена Коваль", "вул. Рудна, 4, кв. 2"), subject=…, …)])

A4 for an envelope with a window, folded in three. The file is tagged (PDF/UA-1), its type is
Libertinus, which comes inside typst and has all of Ukrainian, so it prints alike on every machine.
What is written into a letter is data: nothing in it is read as markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils import formats, translation
from django.utils.translation import gettext as _

from core.domain import clock
from core.domain.calendar import local_date
from core.domain.council import council
from core.export.prints import setting

_FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter: who gets it, what it says, the code that it brings.

    ``addressee`` are the lines in the envelope's window (four at most are seen); ``paragraphs``
    plain sentences; ``code`` as ``codes.new_code`` gives it, or empty; ``path`` the page to open,
    from the site's root («/account/residence/»): it is printed and drawn as a QR code, and holds no
    code, so that nobody who looks over a shoulder or at a server's log gets in with it.
    """

    addressee: Sequence[str]
    subject: str
    paragraphs: Sequence[str]
    code: str = ""
    path: str = ""


def letters_pdf(letters: Iterable[Letter]) -> bytes:
    """The letters in their order, dated today, from the council.

    Fixed words are in the active language. ValueError when there is none: an empty file would be
    taken for letters that were lost.
    """
    rows = [
        {**asdict(letter), "url": settings.SITE_URL + letter.path if letter.path else ""}
        for letter in letters
    ]
    if not rows:
        raise ValueError("no letters to print")
    return compile_pdf(
        "letter.typ",
        title=_("Letters of the council"),
        letters=rows,
        window=settings.LETTER_WINDOW,
        words={
            "code": _("Your code"),
            "page": _("The page to enter it on"),
            "qr": _("QR code of the page’s address"),
        },
    )


def to_print(pdf: bytes, name: str) -> HttpResponse:
    """A file that is kept nowhere: it goes to the officer's printer."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def compile_pdf(template: str, *, title: str, **data: Any) -> bytes:
    """The PDF of a template of this folder; ``data`` is what it reads, beside the sender's."""
    now, ours = clock.now(), council()
    urls = {row.get("url") for row in data.get("letters", [data])}
    values = {
        **data,
        "title": title,
        "sender": {name: getattr(ours, name) for name in ("council", "address", "phone", "email")},
        "date": _format_day(now),
        "qr": {url: setting.qr(url) for url in urls if url},
    }
    return setting.pdf(_FOLDER / template, translation.get_language() or "", **values)


def _format_day(moment: datetime) -> str:
    return formats.date_format(local_date(moment), "DATE_FORMAT")
