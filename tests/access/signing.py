"""Who wants to sign the petition of the city that collects by mail, and who has done so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from core.domain import clock
from petitions.models import Pending, Petition, Signature, State
from petitions.signing import tokens
from petitions.signing.mailbox import key_of
from tests.petitions import factories

if TYPE_CHECKING:
    from tests.access.city import City

Data = dict[str, Any]
Things = dict[str, tuple[Any, ...]]

_EMAIL = "daryna@viche.example"


@dataclass
class Signers:
    asked: Pending
    by_mail: Signature


def build(petitions: Mapping[str, Petition]) -> Signers:
    one = petitions[State.COLLECTING]
    asked = Pending.objects.create(
        petition=one,
        name="Дарина Січова",
        email=_EMAIL,
        mailbox=key_of(one.pk, _EMAIL),
        language="uk",
        expires_at=clock.now() + timedelta(days=1),
    )
    (by_mail,) = factories.signatures(one, 1)
    by_mail.refresh_from_db()
    return Signers(asked, by_mail)


def _asked(token_of: Callable[[Pending], str]) -> Callable[..., Things]:
    def found(city: City, parameters: tuple[str, ...]) -> Things:
        asked = city.signers.asked
        args = (asked.petition_id, asked.pk)
        return {"a mail's": (*args, token_of(asked)), "forged": (*args, "0" * 40)}

    return found


def _own(city: City, parameters: tuple[str, ...]) -> Things:
    signed = city.signers.by_mail
    args = (signed.petition_id, signed.pk)
    return {"a mail's": (*args, tokens.page_of_signature(signed)), "forged": (*args, "0" * 40)}


ABOUT: dict[str, Callable[..., Things]] = {
    "sign_code": _asked(tokens.handle_of),
    "sign_code_again": _asked(tokens.handle_of),
    "confirm": _asked(tokens.link_of),
    "signature": _own,
}
FORMS: dict[str, Callable[[City, tuple[Any, ...]], Data]] = {
    "sign": lambda city, arguments: {"wants_news": "on"},
    "sign_by_mail": lambda city, arguments: {"name": "Дарина Січова", "email": "d@viche.example"},
    "sign_code": lambda city, arguments: {"code": tokens.code_of(city.signers.asked)},
}
