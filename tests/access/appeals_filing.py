"""The author's appeals, and one of somebody without an account, for the routes of applicants."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from accounts.models import User
from appeals import actions
from appeals.filing.actions import NewFile
from appeals.models import Appeal, Attachment, State
from tests.appeals import factories

if TYPE_CHECKING:
    from tests.access.city import City

Data = dict[str, Any]
Things = dict[str, tuple[Any, ...]]


@dataclass
class OwnAppeals:
    #: The author's: one that waits, and one that is answered, each with a file.
    received: Appeal
    answered: Appeal
    #: Of somebody without an account.
    nobodys: Appeal

    def file_of(self, appeal: Appeal) -> int:
        return Attachment.objects.get(appeal=appeal).pk


def build(people: Mapping[str, User]) -> OwnAppeals:
    olena = people["olena"]
    file = NewFile("кажан.pdf", "application/pdf", b"%PDF-1.7")
    written = ("subject", "text", "residence", "phone")
    private = {"files": [file], "email": "kazhan@viche.example", **dict.fromkeys(written, "кажан")}
    own = OwnAppeals(
        factories.appeal(olena, name="Кажан Олена", **private),
        factories.appeal(olena, State.ANSWERED, name="Кажан Олена", **private),
        factories.appeal(name="Кажан Іван", **private),
    )
    # What the council writes of one for itself.
    actions.note(own.nobodys, by=factories.registrar(), text="Дзвонив кажан.")
    return own


def _appeals(city: City, _parameters: tuple[str, ...]) -> Things:
    own = city.own_appeals
    return {
        "the author's": (own.received.pk,),
        "answered": (own.answered.pk,),
        "nobody's": (own.nobodys.pk,),
    }


def _files(city: City, _parameters: tuple[str, ...]) -> Things:
    own = city.own_appeals
    return {
        "the author's": (own.received.pk, own.file_of(own.received)),
        "astray": (own.received.pk, own.file_of(own.answered)),
        "nobody's": (own.nobodys.pk, own.file_of(own.nobodys)),
    }


ABOUT: dict[str, Callable[[Any, tuple[str, ...]], Things]] = {"": _appeals, "file": _files}


def _written(_city: City, _arguments: tuple[Any, ...]) -> Data:
    return {
        "kind": "request",
        "text": "Прошу надати план ремонту доріг.",
        "name": "Коваль Олена Петрівна",
        "email": "olena.koval@example.org",
    }


def _numbered(city: City, _arguments: tuple[Any, ...]) -> Data:
    """A number that there is, and a code that it has not."""
    nobodys = city.own_appeals.nobodys
    return {
        "number": nobodys.label,
        "secret": "0" * 26,
        "email": "olena.koval@example.org",
        "name": "Коваль Олена",
    }


FORMS: dict[str, Callable[[Any, tuple[Any, ...]], Data]] = {
    "new": _written,
    "find": _numbered,
    "renew": _numbered,
    "rate": lambda city, arguments: {"rating": "4"},
    "reopen": lambda city, arguments: {"reason": "Досі темно."},
}
