"""What a machine did to the collecting petition of the city, what mo removed, and who objects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from accounts.models import User
from petitions.defence.pages import sign_filter
from petitions.defence.signature_filter import SignatureFilter
from petitions.models import Objection, Petition, Removal, Signature, State
from petitions.signing.tokens import token_of_objection
from tests.petitions import factories

if TYPE_CHECKING:
    from tests.access.city import City

Data = dict[str, Any]
Things = dict[str, tuple[Any, ...]]

_WAITING = "203.0.113.0"


@dataclass
class Defence:
    """One counted signature, one removed by mo with an objection, one removed that said nothing."""

    counted: Signature
    removal: Removal
    removed: Signature
    objection: Objection


def build(petitions: Mapping[str, Petition], people: Mapping[str, User]) -> Defence:
    one, mo = petitions[State.COLLECTING], people["mo"]
    Signature.objects.create(
        petition=one,
        user=people["bohdan"],
        network=_WAITING,
        status=Signature.Status.CHECKING,
        suspicion="network",
    )
    removal = Removal.objects.create(
        petition=one, rule="network", reason="Машина.", number=2, by=mo
    )
    gone = {"status": Signature.Status.REMOVED, "removal": removal}
    objecting, removed = factories.signatures(one, 2, **gone)
    return Defence(
        counted=factories.signatures(one, 1)[0],
        removal=removal,
        removed=removed,
        objection=Objection.objects.create(
            signature=objecting, removal=removal, removed_by=mo, text="Це я."
        ),
    )


def _part(name: str) -> Callable[..., Things]:
    def found(city: City, parameters: tuple[str, ...]) -> Things:
        pk = getattr(city.defence, name).pk
        return {
            "collecting": (city.petitions["collecting"].pk, pk),
            "astray": (city.petitions["answered"].pk, pk),
        }

    return found


def _petition(city: City, parameters: tuple[str, ...]) -> Things:
    return {state: (city.petitions[state].pk,) for state in ("collecting", "moderation")}


def by_link(city: City, parameters: tuple[str, ...]) -> Things:
    """The objection of whoever signed by mail."""
    args = (city.petitions["collecting"].pk, city.defence.removed.pk)
    return {
        "a mail's": (*args, token_of_objection(city.defence.removed)),
        "forged": (*args, "0" * 40),
    }


ABOUT: dict[str, Callable[..., Things]] = {
    **dict.fromkeys(
        ("defence", "defence_rule", "defence_remove", "defence_count", "defence_guard"), _petition
    ),
    "defence_signature": _part("counted"),
    "defence_removal": _part("removal"),
    "objection": _part("objection"),
}


def _tried(city: City, arguments: tuple[Any, ...]) -> Data:
    signature_filter = SignatureFilter(networks=(_WAITING,))
    tried = sign_filter(Petition(pk=arguments[0]), signature_filter)
    return {"tried": tried, "shown": "1", "rule": "network", "reason": "Машина."}


FORMS: dict[str, Callable[[City, tuple[Any, ...]], Data]] = {
    "defence_rule": lambda city, arguments: {"networks": f"{_WAITING}/24"},
    "defence_remove": _tried,
    "defence_count": _tried,
    "defence_guard": lambda city, arguments: {"raise": "yes"},
    "defence_signature": lambda city, arguments: {"reason": "Чужий підпис."},
    "defence_removal": lambda city, arguments: {"reason": "Це школа."},
    "objection": lambda city, arguments: {"upheld": "yes", "answer": "Так."},
}
