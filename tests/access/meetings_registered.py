"""Registration and documents of meetings: what their routes are about, and their forms filled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localtime

from accounts.models import User
from core.domain import clock
from meetings.documents import actions as documents
from meetings.models import Meeting, MeetingDocument, Registration, State
from meetings.registration import actions

if TYPE_CHECKING:
    from tests.access.city import City

Things = dict[str, tuple[Any, ...]]
About = Callable[["City", tuple[str, ...]], Things]
PDF = b"%PDF-1.7\n%%EOF\n"


def build(announced: Meeting, *, olena: User, by: User) -> None:
    """A registration for what is announced, and a document of it."""
    actions.register(announced, by=olena, needs="Пандус", consents=True)
    documents.add(announced, by=by, title="Порядок", file=BytesIO(PDF))


def _in(*states: State) -> About:
    """Meetings in these states, the first the plainest."""
    return lambda city, _parameters: {
        str(state): (city.meetings.by_state[state].pk,) for state in states
    }


def _document(city: City, *more: str) -> Things:
    document = MeetingDocument.objects.get()
    other = city.meetings.by_state[State.RUNNING].pk
    return {
        "announced": (document.meeting_id, document.pk, *more),
        "astray": (other, document.pk, *more),
    }


def _registration(city: City, _parameters: tuple[str, ...]) -> Things:
    row = Registration.objects.order_by("pk").first()
    assert row is not None
    other = city.meetings.by_state[State.RUNNING].pk
    return {
        "withdraw": (row.meeting_id, row.pk, "withdraw"),
        "no such step": (row.meeting_id, row.pk, "off"),
        "astray": (other, row.pk, "withdraw"),
    }


_EACH = _in(State.ANNOUNCED, State.RUNNING, State.DRAFT, State.CLOSED)
#: Route -> what its addresses are about.
ABOUT: dict[str, About] = {
    "meetings:register": _EACH,
    "meetings:withdraw": _EACH,
    "meetings:document": lambda city, _parameters: _document(city, "порядок.pdf"),
    **dict.fromkeys(
        (
            *("meetings_desk:registrations", "meetings_desk:registrations_csv"),
            *("meetings_desk:needs", "meetings_desk:closing"),
            *("meetings_desk:documents", "meetings_desk:new_document"),
        ),
        _EACH,
    ),
    "meetings_desk:registration": _registration,
    "meetings_desk:remove_document": lambda city, _parameters: _document(city),
}


def _same(**data: Any) -> Callable[[City, tuple[Any, ...]], dict[str, Any]]:
    return lambda city, arguments: data


def _closing(_city: City, _arguments: tuple[Any, ...]) -> dict[str, Any]:
    closes_at = localtime(clock.now()) + timedelta(minutes=10)
    return {"closes_at": closes_at.strftime("%Y-%m-%dT%H:%M")}


#: Route -> its form, filled for the thing that the address names.
FORMS: dict[str, Callable[[City, tuple[Any, ...]], dict[str, Any]]] = {
    "meetings:register": _same(stance="none"),
    "meetings_desk:closing": _closing,
    "meetings_desk:new_document": _same(title="Довідка"),
    "meetings_desk:remove_document": _same(reason="Помилка"),
}
