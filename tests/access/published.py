"""Published answers and letters: what their routes are about, and their forms filled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from accounts.models import User
from appeals import actions
from appeals.models import Answer, Appeal, State
from appeals.publishing.actions import set_consent
from city.models import Department
from tests.appeals import factories

if TYPE_CHECKING:
    from tests.access.city import City

Things = dict[str, tuple[Any, ...]]
#: What the desk suggests to leave out is in it.
WITH_PHONE = "Не світить ліхтар. Телефонуйте: 067 123 45 67."
TEXTS = {"subject": "Ліхтар", "question": "Не світить ліхтар.", "text": "Полагоджено."}


@dataclass
class Published:
    """An answer of olena's that everybody reads, and one that she lets be published."""

    published: Answer
    agreed: Answer


def build(people: Mapping[str, User], department: Department) -> Published:
    """Both, answered by the department of ofi."""
    olena, ofi = people["olena"], people["ofi"]
    answers = []
    for subject in ("Оприлюднене", "За згодою"):
        appeal = factories.appeal(
            olena, State.ANSWERED, by=department, subject=subject, text=WITH_PHONE
        )
        answers.append(set_consent(appeal.answers.get(), by=olena, agrees=True))
    return Published(actions.publish_answer(answers[0], by=ofi, **TEXTS), answers[1])


def _appeals(city: City, _parameters: tuple[str, ...]) -> Things:
    made, answered = city.published, city.desk_appeals.by_name["answered"]
    return {
        "published": (made.published.appeal_id, made.published.pk),
        "agreed": (made.agreed.appeal_id, made.agreed.pk),
        "answered": (answered.pk, answered.answers.get().pk),
    }


def _answers(city: City, _parameters: tuple[str, ...]) -> Things:
    return {"published": (city.published.published.pk,), "agreed": (city.published.agreed.pk,)}


def _letters(city: City, _parameters: tuple[str, ...]) -> Things:
    agreed, drafted = city.published.agreed, city.desk_appeals.by_name["drafted"]
    draft = drafted.answers.get()
    return {
        "answered": (agreed.appeal_id, agreed.pk),
        "drafted": (drafted.pk, draft.pk),
        "astray": (agreed.appeal_id, draft.pk),
    }


def _notices(city: City, _parameters: tuple[str, ...]) -> Things:
    forwarded: Appeal = city.desk_appeals.by_name["forwarded"]
    return {
        "forwarded": (forwarded.pk, "forwarded"),
        "covering": (forwarded.pk, "covering"),
        "none": (forwarded.pk, "returned"),
    }


#: Route -> what its addresses are about.
ABOUT: dict[str, Callable[[City, tuple[str, ...]], Things]] = {
    "appeals:answer": _answers,
    "appeals:publication": _appeals,
    "appeals:letter": _letters,
    "appeals:notice": _notices,
    "appeals_desk:publish": _appeals,
    "appeals_desk:letter": _letters,
    "appeals_desk:notice": _notices,
}
#: Route -> its form, filled.
FORMS: dict[str, Callable[[City, tuple[Any, ...]], dict[str, Any]]] = {
    "appeals:publication": lambda city, arguments: {"agrees": "1"},
    "appeals_desk:publish": lambda city, arguments: {**TEXTS, "is_read": "on", "do": "publish"},
}
