"""Accreditations, press conferences and pages for tests, made by the actions."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from core.domain import clock
from core.domain.calendar import local_date
from meetings.models import Meeting, State
from newsroom.models import Accreditation
from newsroom.press import actions, rules
from newsroom.press.actions import Application
from tests.meetings import factories as meetings

EMAIL = "redaktsiia@example.org"


def application(**changed: Any) -> Application:
    facts = {
        "name": "Дарина Січова",
        "outlet": "Міські новини",
        "email": EMAIL,
        "phone": "+380671234567",
    }
    return Application(**{**facts, **changed})


def asked(**changed: Any) -> Accreditation:
    return actions.apply(application(**changed), language="uk", consents=True)


def waiting(**changed: Any) -> Accreditation:
    return actions.confirm(asked(**changed))


def accredited(by: User, **changed: Any) -> Accreditation:
    until = rules.usual_term(local_date(clock.now()))
    return actions.grant(waiting(**changed), by=by, until=until)


def conference(state: State = State.ANNOUNCED, **fields: Any) -> Meeting:
    return meetings.meeting(state, **{"kind": "press", "title": "Пресконференція", **fields})
