"""Pictures of consultations and photographs of petitions, for their routes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from accounts.models import User
from consultations.models import Consultation, ConsultationPicture
from consultations.pictures import actions
from petitions.models import Petition, PetitionPhoto, State
from petitions.photos import actions as photo_actions
from tests.newsroom.factories import photo

if TYPE_CHECKING:
    from tests.access.city import City

Things = dict[str, tuple[Any, ...]]


@dataclass
class Pictures:
    """Of the open consultation and one in preparation; of olena's petitions that is collecting and
    of her draft."""

    of_consultations: dict[str, ConsultationPicture]
    of_petitions: dict[str, PetitionPhoto]


def build(
    people: Mapping[str, User],
    consultations: Mapping[str, Consultation],
    petitions: Mapping[str, Petition],
) -> Pictures:
    words = {"alt": "Міст", "credit": "Фото: О. Сич"}
    pictures = {
        name: actions.add(row, by=people["ofi"], file=BytesIO(photo(300, 200)), **words)
        for name, row in consultations.items()
    }
    draft, collecting = petitions[State.DRAFT], petitions[State.COLLECTING]
    photos = {
        name: photo_actions.add(draft, by=people["olena"], file=BytesIO(photo(300, side)), alt="Яр")
        for name, side in (("draft", 200), ("collecting", 210))
    }
    photos["collecting"].petition = collecting
    photos["collecting"].save(update_fields=["petition"])
    return Pictures(pictures, photos)


def _of_consultations(city: City, _parameters: tuple[str, ...]) -> Things:
    opened, draft = (city.pictures.of_consultations[name] for name in ("open", "draft"))
    return {
        "open": (opened.consultation_id, opened.pk),
        "draft": (draft.consultation_id, draft.pk),
        "astray": (opened.consultation_id, draft.pk),
    }


def _of_petitions(city: City, _parameters: tuple[str, ...]) -> Things:
    photos = city.pictures.of_petitions
    astray = (photos["draft"].petition_id, photos["collecting"].pk)
    return {name: (each.petition_id, each.pk) for name, each in photos.items()} | {"astray": astray}


def _files(name: str) -> Callable[[City, tuple[str, ...]], Things]:
    return lambda city, _parameters: {
        state: (each.digest, f"{each.width}.webp")
        for state, each in getattr(city.pictures, name).items()
    }


ABOUT: Mapping[str, Callable[[City, tuple[str, ...]], Things]] = {
    **dict.fromkeys(("desk:picture", "desk:remove_picture"), _of_consultations),
    "consultation-picture": _files("of_consultations"),
    **dict.fromkeys(("petitions:take_out_photo", "petitions_desk:remove_photo"), _of_petitions),
    "petition-photo": _files("of_petitions"),
}

#: Route -> its form, filled for the thing that the address names.
FORMS: Mapping[str, Callable[[City, tuple[Any, ...]], dict[str, Any]]] = {
    "desk:new_picture": lambda *_: {"alt": "Міст", "credit": "О. Сич"},
    "desk:picture": lambda *_: {"alt": "Новий міст", "credit": "О. Сич"},
    "petitions:start_photos": lambda *_: {"alt": "Яр"},
    "petitions_desk:remove_photo": lambda _city, names: {f"p{names[1]}-reason": "spam"},
}
