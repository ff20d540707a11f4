"""Pictures of a petition: the card of a link to it, and a poster (A4) with a QR code."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from core.domain.council import Council, council
from core.export.prints import setting
from core.export.prints.card import Card
from core.templatetags.components import thousands
from petitions.models import State
from petitions.presenters import ShownPetition


def card_of(shown: ShownPetition) -> Card:
    """Card of a link's picture, in the active language."""
    return Card(
        title=shown.petition.title,
        state=str(shown.state_label),
        tone=shown.state_kind,
        number=thousands(shown.counted),
        beside=_("of %(needed)s signatures needed") % {"needed": thousands(shown.needed)},
        share=min(1.0, shown.counted / shown.needed),
        line=_line(shown),
    )


def _line(shown: ShownPetition) -> str:
    last_day = shown.petition.last_day
    if shown.state == State.COLLECTING and last_day:
        return _("You can sign until %(day)s") % {"day": date_format(last_day, "j\xa0E Y")}
    if shown.state == State.ANSWERED:
        return _("The council has answered")
    return _("Electronic petition to the city council")


_TEMPLATE = Path(__file__).resolve().parent / "poster.typ"
#: So much of the text fits under the title.
_MOST_TEXT = 420


@dataclass(frozen=True, slots=True)
class Poster:
    """Content of the sheet; it holds no number that grows old, but the number needed and the last
    day.
    """

    title: str
    heading: str
    text: str
    by: str
    needed: str
    until: str
    call: str
    how: str
    url: str
    qr_words: str

    @classmethod
    def of(cls, shown: ShownPetition) -> Poster:
        """In the active language."""
        petition = shown.petition
        url = settings.SITE_URL + petition.get_absolute_url()
        return cls(
            title=petition.title,
            heading=_("Electronic petition to the city council"),
            text=Truncator(" ".join(petition.text.split())).chars(_MOST_TEXT),
            by=_("Author: %(name)s") % {"name": petition.author_name},
            needed=_("Signatures needed: %(number)s") % {"number": thousands(shown.needed)},
            until=_until(shown),
            call=_("Read and sign") if shown.is_open else _("Read"),
            how=_("Point the camera of your phone at the code, or open this address:"),
            url=url,
            qr_words=_("QR code of %(url)s") % {"url": url},
        )


def _until(shown: ShownPetition) -> str:
    last_day = shown.petition.last_day
    if not shown.is_open or last_day is None:
        return str(shown.state_label)
    return _("You can sign until %(day)s") % {"day": date_format(last_day, "j\xa0E Y")}


def draw_poster(poster: Poster, language: str) -> bytes:
    """The sheet as PDF."""
    return _draw(poster, language, council())


@lru_cache(maxsize=64)
def _draw(poster: Poster, language: str, _of: Council) -> bytes:
    """Draw a poster once for its content and the council, whose name stands on it (``setting``)."""
    return setting.pdf(_TEMPLATE, language, **asdict(poster), qr=setting.qr(poster.url))
