"""A small city with something of everything, and everybody who may knock at its doors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from consultations import actions
from consultations.models import Consultation, Remark, State
from core.pages import forget_pages
from discussions import actions as discussion
from discussions.models import Comment
from drafts.models import Clause
from tests import factories

#: The roles of the matrices, each a fixture's name; "anon" is nobody.
ROLES = ("anon", "olena", "bohdan", "mo", "ofi", "stranger", "admin")


@pytest.fixture(autouse=True)
def nothing_kept():
    """No page that another test left in the process."""
    forget_pages()


@pytest.fixture
def no_jobs(request) -> Iterator[None]:
    """No job of another test, and none left: Django empties the tables of its own models alone."""
    transactional = request.node.get_closest_marker("django_db").kwargs.get("transaction")
    request.getfixturevalue("transactional_db" if transactional else "db")
    _forget_jobs()
    yield
    if transactional:
        _forget_jobs()


def _forget_jobs() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")


@pytest.fixture
def stranger(db):
    """An officer of another department."""
    return factories.user(
        "stranger",
        role="officer",
        department=factories.department("Департамент освіти", slug="education"),
    )


@dataclass
class City:
    """Consultations by their state, and what is said in the open one."""

    by_state: dict[str, Consultation]
    clause: Clause
    shown: Remark
    hidden: Remark
    deleted: Remark
    reply: Comment
    hidden_reply: Comment
    file_pk: int
    link_pk: int

    @property
    def opened(self) -> Consultation:
        return self.by_state[State.OPEN]

    @property
    def preparing(self) -> Consultation:
        return self.by_state[State.PREPARING]


@pytest.fixture
def city(department, olena, bohdan, mo, ofi, stranger, admin, settings, tmp_path) -> City:
    settings.MEDIA_ROOT = tmp_path
    by_state = {
        state: factories.consultation(department, state, title=f"Назва {state}")
        for state in State.values
    }
    opened = by_state[State.OPEN]
    clause = Clause.objects.get(version__draft=opened.draft, number="2.1")
    shown = actions.remark(opened, by=olena, text="видиме слово", clause_id=clause.pk)
    hidden = actions.remark(opened, by=olena, text="барвінок", clause_id=clause.pk)
    deleted = actions.remark(opened, by=olena, text="чорногуз")
    reply = actions.reply(shown, by=bohdan, text="видима відповідь")
    hidden_reply = actions.reply(shown, by=bohdan, text="дикобраз")
    actions.answer(shown, by=ofi, text="офіційна відповідь")
    discussion.hide(hidden.comment, by=mo, reason="spam", note="таємна примітка")
    discussion.hide(hidden_reply, by=mo, reason="spam")
    actions.delete_remark(deleted, by=olena)
    file = actions.attach(opened, by=ofi, title="Записка", file=BytesIO(b"%PDF-1.7 x"))
    link = actions.add_link(opened, by=ofi, title="Рада", url="https://rada.example/")
    return City(by_state, clause, shown, hidden, deleted, reply, hidden_reply, file.pk, link.pk)


@pytest.fixture
def enter(request):
    """``enter("mo")``: a client of that person, which tells of an error instead of raising it."""

    def client_of(who: str, **how: Any) -> Client:
        client = Client(raise_request_exception=False, **how)
        if who != "anon":
            client.force_login(request.getfixturevalue(who))
        return client

    return client_of
