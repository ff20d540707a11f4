"""The picture that social networks and messengers show with a link to a petition: 1200 × 630."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.templatetags.components import thousands
from petitions.models import Petition, State
from petitions.prints import setting

WIDTH, HEIGHT = 1200, 630


@dataclass(frozen=True, slots=True)
class Card:
    """What the picture says; equal ones are drawn once. ``share``: of what is needed, 0 to 1."""

    title: str
    state: str
    tone: str
    number: str
    beside: str
    share: float
    line: str

    @classmethod
    def of(cls, petition: Petition) -> Card:
        """From a petition that pages.show has seen, in the active language."""
        return cls(
            title=petition.title,
            state=str(petition.state_label),
            tone=petition.state_kind,
            number=thousands(petition.counted),
            beside=_("of %(needed)s signatures needed") % {"needed": thousands(petition.needed)},
            share=min(1.0, petition.counted / petition.needed),
            line=_line(petition),
        )


def _line(petition: Petition) -> str:
    if petition.state == State.COLLECTING and petition.last_day:
        return _("You can sign until %(day)s") % {"day": date_format(petition.last_day, "j\xa0E Y")}
    if petition.state == State.ANSWERED:
        return _("The council has answered")
    return _("Electronic petition to the city council")


@lru_cache(maxsize=64)
def drawn(card: Card, language: str) -> bytes:
    """The picture as PNG."""
    return setting.png("card.typ", language, **asdict(card))
