"""Appeals for tests, made by the actions that make them everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from accounts.models import User
from appeals import actions
from appeals.models import Answer, Appeal, State
from city.calendar import work_calendar
from city.models import Department
from core.domain import clock
from core.domain.calendar import last_date
from core.domain.rules import Refused
from tests import factories as people

NOBODY = AnonymousUser()
WORDS: dict[str, Any] = {
    "kind": Appeal.Kind.APPLICATION,
    "name": "Коваль Олена Петрівна",
    "residence": "вул. Соборності, 12, кв. 3",
    "email": "olena.koval@example.org",
    "subject": "Не світять ліхтарі",
    "text": "Прошу відновити освітлення біля школи на вулиці Соборності.",
}


def department(name: str, slug: str, **fields: Any) -> Department:
    return Department.objects.get_or_create(slug=slug, defaults={"name": name, **fields})[0]


def office() -> Department:
    """The department that registers appeals."""
    return department("Відділ звернень", "appeals-office", registers_appeals=True)


def registrar(role: str = "officer") -> User:
    """Somebody of the office."""
    found = User.objects.filter(email=f"office-{role}@viche.example").first()
    return found or people.user(f"office-{role}", role=role, department=office())


def head(of: Department) -> User:
    found = User.objects.filter(email=f"head-{of.slug}@viche.example").first()
    return found or people.user(f"head-{of.slug}", role="head", department=of)


def mayor() -> User:
    """The head of the body (393/96-ВР arts 8, 20)."""
    found = User.objects.filter(email="mayor@viche.example").first()
    if found is None:
        found = people.user("mayor", "Віра", "Гаврилюк")
        people.grant(found, "body_head", post="міський голова", post_genitive="міського голови")
    return found


def deputy() -> User:
    found = people.user("deputy", "Ігор", "Бондар")
    posts = {"post": "заступник міського голови", "post_genitive": "заступника міського голови"}
    people.grant(found, "body_deputy", **posts)
    return found


def who_extends(appeal: Appeal) -> User:
    """Who sets a longer term: of a request its head, of an appeal the head of the body."""
    if not appeal.is_request:
        return mayor()
    assert appeal.department is not None
    return head(appeal.department)


def filed(author: User | None = None, **fields: Any) -> actions.Filed:
    """One just filed by the form, with an account or without."""
    return actions.file(by=author or NOBODY, **{**WORDS, **fields})


def petition(author: User, **fields: Any) -> Appeal:
    """One that came as a petition without enough signatures, on its last day a second ago."""
    words = {name: WORDS[name] for name in ("name", "residence", "subject", "text")}
    history = [(clock.now() - timedelta(days=90), "Оприлюднено.")]
    given = {
        **words,
        "author": author,
        "origin": actions.Origin("петиція № 45", "/petitions/45/", history),
        "people": 98,
        "received_at": clock.now() - timedelta(seconds=1),
        **fields,
    }
    made = actions.receive_petition(**given)
    return Appeal.objects.get(pk=made.pk)


def appeal(
    author: User | None = None,
    state: str = State.RECEIVED,
    *,
    by: Department | None = None,
    **fields: Any,
) -> Appeal:
    """An appeal in ``state`` now; ``by``: the department that considers it."""
    if state == State.GIVEN_BACK:
        made = petition(author or people.user("petitioner"))
        actions.give_back(made)
        return Appeal.objects.get(pk=made.pk)
    made = filed(author, **fields).appeal
    clerk = registrar()
    state = State(state)
    if state == State.RETURNED:
        return actions.return_(made, by=clerk, ground="malformed", note="Немає підпису.")
    if state == State.FORWARDED:
        return actions.forward(made, by=clerk, to="Криворізька районна рада")
    if state == State.MOVED:
        return actions.move(made, by=clerk, note="Видача дозволу – адміністративна справа.")
    if state == State.NOT_CONSIDERED:
        note = "Такі саме звернення вирішено по суті."
        return actions.leave_without_consideration(made, by=mayor(), ground="repeated", note=note)
    if state == State.WITHDRAWN:
        return actions.withdraw(made, by=author or NOBODY, holds_secret=author is None)
    if state == State.RECEIVED:
        return made
    executor = by or department("Управління благоустрою", "improvement")
    made = actions.accept(made, by=clerk, department=executor)
    if state == State.IN_WORK:
        return made
    answered(made)
    made.refresh_from_db()
    if state == State.REOPENED:
        made = actions.reopen(
            made,
            by=author or NOBODY,
            holds_secret=author is None,
            reason="Ліхтарі так і не світять.",
        )
    return made


def answered(appeal: Appeal, text: str = "Ліхтарі відремонтовано.") -> Answer:
    """Its answer, drafted, approved and sent by a head."""
    assert appeal.department is not None
    signer = head(appeal.department)
    actions.draft_answer(appeal, by=signer, text=text, result="satisfied")
    actions.approve(appeal, by=signer)
    return actions.answer(appeal, by=signer, how="email" if appeal.email else "visit")


def working_day(appeal: Appeal, days: int) -> date:
    """The first working day that is ``days`` from the end of its term, or later."""
    return work_calendar().next_working_day(last_date(appeal.due_at) + timedelta(days=days))


def until(appeal: Appeal) -> str:
    """The day on which it is due, as a date of Kyiv in ISO 8601."""
    return last_date(appeal.due_at).isoformat()


@contextmanager
def refused(code: str) -> Iterator[None]:
    """What is done within is refused with this code."""
    with pytest.raises(Refused) as caught, transaction.atomic():
        yield
    assert caught.value.verdict.code == code
