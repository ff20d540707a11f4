"""Who reads an appeal and who acts on it: everybody in its chain and around it, at every page,
file, form and endpoint. 393/96-ВР arts 7, 8, 10; docs/appeals.md, «Who does what».

The sets below are the table of docs/appeals.md, person by person; tests/access has the routes of
everybody else.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Absence, User
from appeals import actions
from appeals.models import Answer, Appeal, Entry
from core.domain import clock
from core.domain.calendar import local_date
from core.models import AuditEntry
from core.web.optimistic_lock import CARRIED
from tests import factories as people
from tests.appeals import factories
from tests.appeals.filing.conftest import open_by
from tokens import actions as tokens
from tokens.models import Scope

pytestmark = pytest.mark.django_db

#: In each text of the appeals that nobody outside the chain may read.
CANARY = "канаркохід"

OFFICE = {"office officer", "office secretary", "office head"}
#: The head and the officer of the department that answers; who stands in for that head; who was
#: given this appeal alone.
RESPONSIBLE = {"main head", "main officer", "cover", "named"}
HELPING = {"main secretary", "co officer"}
ADMIN = {"admin"}
READERS = OFFICE | RESPONSIBLE | HELPING | ADMIN
RESPONDING = OFFICE | RESPONSIBLE | ADMIN
HEADS = {"office head", "main head", "cover"} | ADMIN
RESOLVING = OFFICE | {"main head", "cover"} | ADMIN
#: By an account or by the secret.
APPLICANT = {"author"}
NOBODY: set[str] = set()
#: Of an appeal with an account they have nothing, of one without all of APPLICANT.
BY_SECRET = "holder of the secret"
AROUND = {
    *("nobody", "resident", "former officer", "other officer", "other head", "moderator"),
    *("subject", "signed out by secret", "program", "narrow program", "program of admin"),
    "mayor",  # until they are asked to decide
}


@dataclass
class Chain:
    """An appeal of olena's and one without an account, both a complaint about an officer of the
    office: considered by a department and a helper, once by another one."""

    own: Appeal
    coded: Appeal
    clients: dict[str, Client]

    def draft(self, appeal: Appeal) -> Answer:
        return Answer.objects.get(appeal=appeal, sent_at=None)


@pytest.fixture
def chain(olena, bohdan, admin, mo, department) -> Chain:
    office = factories.office()
    helper = people.department("Служба доріг", slug="helper")
    former = people.department("Управління парків", slug="former")
    other = people.department("Архів", slug="other")
    staff = {
        "office officer": factories.registrar(),
        "office secretary": factories.registrar("secretary"),
        "office head": factories.head(office),
        "subject": people.user("subject", role="officer", department=office),
        "main head": factories.head(department),
        "main officer": people.user("officer", role="officer", department=department),
        "main secretary": people.user("secretary", role="secretary", department=department),
        "co officer": people.user("helping", role="officer", department=helper),
        "former officer": people.user("former", role="officer", department=former),
        "other officer": people.user("other", role="officer", department=other),
        "other head": people.user("other-head", role="head", department=other),
        "cover": people.user("cover", role="officer", department=other),
        "named": people.user("named"),
        "mayor": factories.mayor(),
        "moderator": mo,
        "admin": admin,
    }
    now = clock.now()
    Absence.objects.create(
        absent=staff["main head"],
        cover=staff["cover"],
        named_by=admin,
        starts_at=now - timedelta(days=1),
        ends_at=now + timedelta(days=1),
    )
    file = actions.NewFile(f"{CANARY}.pdf", "application/pdf", b"%PDF-1.7 x")
    words = {
        "kind": "complaint",
        "about_person": staff["subject"],
        "files": [file],
        "name": f"{CANARY.title()} Іван Іванович",
        **dict.fromkeys(("subject", "text", "residence"), CANARY),
    }
    own = factories.filed(olena, **words)
    coded = factories.filed(**words)
    for filed in (own, coded):
        _consider(filed.appeal, staff, former, department, helper)
        people.grant(staff["named"], "officer", scope=filed.appeal.topic)
    clients = {name: _client(user) for name, user in staff.items()}
    clients |= {"author": _client(olena), "resident": _client(bohdan), "nobody": Client()}
    clients[BY_SECRET] = Client()
    open_by(clients[BY_SECRET], coded)
    clients["signed out by secret"] = Client()
    open_by(clients["signed out by secret"], coded)
    clients["signed out by secret"].post(reverse("appeals:leave"))
    clients["program"] = _program(olena, Scope.APPEALS_READ)
    clients["narrow program"] = _program(olena, Scope.ME_READ)
    clients["program of admin"] = _program(admin, *Scope.values)
    return Chain(own.appeal, coded.appeal, clients)


def _consider(appeal: Appeal, staff: dict[str, User], former: Any, main: Any, helper: Any) -> None:
    """The office gives it to one department, then to another with a helper, who draft an answer."""
    clerk = staff["office officer"]
    actions.accept(appeal, by=clerk, department=former)
    actions.note(appeal, by=staff["former officer"], text=CANARY)
    actions.assign(
        appeal, by=clerk, department=main, others=[(helper, None)], resolution=f"Удвох: {CANARY}"
    )
    actions.draft_answer(appeal, by=staff["main officer"], text=CANARY, result="satisfied")
    appeal.refresh_from_db()


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _program(user: User, *scopes: str) -> Client:
    token = tokens.create(user, name="Програма", scopes=scopes, days=30)[1]
    return Client(headers={"Authorization": f"Bearer {token}"})


def _subject() -> User:
    return User.objects.get(email="subject@viche.example")


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


# --- Reading --------------------------------------------------------------------------------------


def reading_of(chain: Chain, appeal: Appeal) -> dict[str, tuple[str, set[str]]]:
    """Of each thing to read: its address, and who gets it."""
    applicant = APPLICANT if appeal == chain.own else {BY_SECRET}
    file, draft = appeal.attachments.get().pk, chain.draft(appeal).pk

    def own(name: str, *more: Any) -> str:
        return reverse(f"appeals:{name}", args=[appeal.pk, *more])

    def desk(name: str, *more: Any) -> str:
        return reverse(f"appeals_desk:{name}", args=[appeal.pk, *more])

    by_account = {"author", "program"} if appeal == chain.own else NOBODY
    return {
        "its page": (own("detail"), applicant),
        "its file": (own("file", file), applicant),
        "withdrawing": (own("withdraw"), applicant),
        "complaining": (own("complaint"), applicant),
        "saying it again": (reverse("tracks:again", args=["appeal", appeal.pk]), applicant),
        "the draft as a letter": (own("letter", draft), NOBODY),
        "rating nothing": (own("rate"), NOBODY),
        "reopening nothing": (own("reopen"), NOBODY),
        "the desk": (desk("detail"), READERS),
        "the desk's file": (desk("file", file), READERS),
        "the desk's letter": (desk("letter", draft), READERS),
        "noting": (desk("note"), READERS),
        "drafting": (desk("draft"), READERS),
        "approving": (desk("approve"), HEADS),
        "sending": (desk("send"), RESPONDING),
        "extending": (desk("extend"), set()),
        "assigning": (desk("assign"), RESOLVING),
        "accepting": (desk("accept"), OFFICE | ADMIN),
        "the receipt": (desk("receipt"), OFFICE | ADMIN),
        "forwarding": (desk("forward"), RESPONDING),
        "returning": (desk("return"), RESPONDING),
        "not considering": (desk("leave"), set()),
        "moving": (desk("move"), RESPONDING),
        "suggesting": (reverse("tracks_desk:suggest", args=[appeal.pk]), RESPONDING),
        "the API": (reverse("api:appeal", args=[appeal.pk]), by_account),
    }


@pytest.mark.with_all
@pytest.mark.cpu(15)
def test_each_thing_is_read_by_those_of_the_chain(chain):
    assert set(chain.clients) == READERS | AROUND | APPLICANT | {BY_SECRET}
    found, expected = {}, {}
    for appeal in (chain.own, chain.coded):
        for thing, (address, who) in reading_of(chain, appeal).items():
            if appeal == chain.coded and "/desk/" in address and thing != "the desk":
                continue  # as of the other one
            place = f"{thing}, {'own' if appeal == chain.own else 'coded'}"
            expected[place] = who
            found[place] = {
                name for name, client in chain.clients.items() if _is_shown(client, address)
            }
    assert {place: who for place, who in found.items() if who != expected[place]} == {}


def _is_shown(client: Client, address: str) -> bool:
    """Whether it is there for them; who is refused learns no word of it."""
    answer = client.get(address)
    assert answer.status_code in (200, 302, 403, 404), (address, answer.status_code)
    if answer.status_code == 200:
        return True
    assert CANARY not in answer.content.decode().lower(), address
    assert answer.status_code != 302 or "login" in answer.headers["Location"], address
    return False


#: Lists in which it stands for some.
LISTS: dict[str, tuple[str, set[str]]] = {
    "the desk's list": (f"/desk/appeals/?list=all&q={CANARY}", READERS),
    "own appeals": ("/appeals/mine/", APPLICANT),
    "the API": ("/api/v1/appeals/", {"author", "program"}),
    "the journal": ("/desk/appeals/journal/", OFFICE | ADMIN),
    "the journal as a table": ("/desk/appeals/journal/csv/", OFFICE | ADMIN),
}


def test_lists_name_it_to_those_who_may_read_it(chain):
    # What is registered in the evening has the day of the next working day.
    today = local_date(clock.now())
    period = {"since": str(today), "until": str(today + timedelta(days=10))}
    found = {}
    for name, (address, _who) in LISTS.items():
        given = period if "journal" in address else {}
        found[name] = {
            who for who, client in chain.clients.items() if _is_named(client, address, given)
        }
    assert found == {name: who for name, (_address, who) in LISTS.items()}


def _is_named(client: Client, address: str, given: dict[str, str]) -> bool:
    answer = client.get(address, given) if given else client.get(address)
    body = b"".join(answer).decode().lower()
    typed = (f"q={CANARY}", f'value="{CANARY}"', f"«{CANARY}»")
    for words in typed:
        body = body.replace(words, "")
    return CANARY in body


# --- Acting ---------------------------------------------------------------------------------------


def _carried(chain: Chain, address: str) -> dict[str, str]:
    """By what a form knows whether somebody has changed meanwhile what it was drawn from."""
    page = chain.clients["office head"].get(address).text
    found = re.search(rf'name="{CARRIED}" value="([^"]*)"', page)
    return {CARRIED: html.unescape(found[1])} if found else {}


type Form = Callable[[Chain, Appeal], dict[str, Any]]


def _later(_chain: Chain, appeal: Appeal) -> dict[str, Any]:
    """The Friday before the 45th day."""
    day = local_date(appeal.received_at) + timedelta(days=44)
    friday = day - timedelta(days=(day.weekday() - 4) % 7)
    return {"until": friday.isoformat(), "reason": "Експертиза"}


def _executor(chain: Chain, _appeal: Appeal) -> dict[str, Any]:
    return {"kind": "complaint", "executor": chain.own.department_id, "resolution": "Удвох"}


#: What is done at the desk with one that is considered («accept»: with a new one), and by whom.
STEPS: dict[str, tuple[Form, set[str]]] = {
    "note": (lambda chain, appeal: {"text": "Дзвонили."}, READERS),
    "draft": (lambda chain, appeal: {"text": "Інакше.", "result": "denied"}, READERS),
    "approve": (lambda chain, appeal: {}, HEADS),
    "send": (lambda chain, appeal: {"how": "page"}, RESPONDING),
    "extend": (_later, {"mayor"}),
    "ask_head": (lambda chain, appeal: {"words": "Продовжити?"}, RESPONDING),
    "assign": (_executor, RESOLVING),
    "accept": (_executor, OFFICE | ADMIN),
    "forward": (lambda chain, appeal: {"to": "Облрада", "sheets": 1}, RESPONDING),
    "return": (
        lambda chain, appeal: {"ground": "malformed", "note": "Підпис"},
        RESPONDING,
    ),
    "leave": (lambda chain, appeal: {"ground": "repeated", "note": "Двічі"}, {"mayor"}),
    "move": (lambda chain, appeal: {"note": "Дозвіл"}, RESPONDING),
}


@pytest.mark.with_all
@pytest.mark.cpu(12)
def test_each_step_is_taken_by_those_of_the_chain(chain):
    fresh, found = factories.filed(kind="complaint", about_person=_subject()).appeal, {}
    for step, (form, _who) in STEPS.items():
        appeal = fresh if step == "accept" else chain.own
        address = reverse(f"appeals_desk:{step}", args=[appeal.pk])
        with undone():
            if step in ("extend", "leave"):
                actions.ask_head(appeal, by=factories.registrar(), words="Вирішіть.")
            if step == "send":
                actions.approve(appeal, by=factories.head(appeal.department))
            typed = form(chain, appeal) | _carried(chain, address)
            found[step] = {
                name for name, client in chain.clients.items() if _is_done(client, address, typed)
            }
    assert found == {step: who for step, (_form, who) in STEPS.items()}


@pytest.mark.with_all
@pytest.mark.cpu(6)
def test_what_is_the_applicants_is_done_by_them_alone(chain):
    """Withdrawing before the answer; rating, reopening and consent after it."""
    for appeal, applicant in ((chain.own, "author"), (chain.coded, BY_SECRET)):
        found = {"withdraw": _doers(chain, "withdraw", {}, appeal)}
        boss = factories.head(appeal.department)
        actions.approve(appeal, by=boss)
        sent = actions.answer(appeal, by=boss, how="page").pk
        found["rate"] = _doers(chain, "rate", {"rating": "2"}, appeal)
        found["reopen"] = _doers(chain, "reopen", {"reason": "Не все"}, appeal)
        found["publication"] = _doers(chain, "publication", {"agrees": "1"}, appeal, sent)
        assert found == {what: {applicant} for what in found}


def _doers(chain: Chain, name: str, typed: dict[str, Any], appeal: Appeal, *more: Any) -> set[str]:
    address = reverse(f"appeals:{name}", args=[appeal.pk, *more])
    return {who for who, client in chain.clients.items() if _is_done(client, address, typed)}


def _is_done(client: Client, address: str, typed: dict[str, Any]) -> bool:
    """Whether it was carried out; it is taken back."""
    with undone():
        before = AuditEntry.objects.count(), Entry.objects.count()
        answer = client.post(address, typed)
        done = (AuditEntry.objects.count(), Entry.objects.count()) != before
        assert done == (answer.status_code == 302 and "login" not in answer.headers["Location"])
        return done
