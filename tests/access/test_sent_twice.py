"""Every form and operation that creates something is carried out once, however often it is sent.

Which ones create is read from the counters of PostgreSQL, not from a list: a POST after which a
table other than those of NOT_CREATED has more rows. A new route of that kind fails here until its
view is ``@idempotent`` (core.idempotency), or its act counts once by a constraint of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import resolve, reverse

from consultations.costs.rules import can_cost
from consultations.models import Consultation
from core.idempotency import FIELD, HEADER, new_key
from core.models import IdempotencyKey
from drafts.models import Clause
from portal.api_docs import document
from tests.access import table
from tests.access.city import City
from tests.access.conftest import COLUMNS
from tests.access.doors import Knocker, _undone
from tests.access.forms import ALSO, BEFORE, BODIES, FORMS
from tests.access.routes import names, things
from tests.factories import DRAFT

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(1200)]

#: Limits, sessions, jobs (the words of a mail wait for one), audit, counters of changes, the trace
#: of who looked at data, and the keys themselves.
NOT_CREATED = {
    *("core_limit", "core_cache", "core_auditentry", "core_topic", "core_idempotencykey"),
    *("django_session", "usersessions_usersession", "accounts_look", "notifications_letter"),
    *("procrastinate_jobs", "procrastinate_events", "procrastinate_periodic_defers"),
}
#: Acts of which a constraint of their own lets a person have one: support, report, sign, vote.
COUNT_ONCE = {
    *("consultations:react", "petitions:react", "moderation:report", "votes:vote"),
    *("petitions:sign", "petitions:sign_code", "petitions:confirm", "signature_create"),
    "ballot_create",
    "mfa_generate_recovery_codes",  # one set a person: the one before is gone
}
#: A secret ballot: its code is its key, and no other row is written (ADR 24).
SECRET = {"secret_ballot_create"}
#: Codes printed on paper, which nothing keeps: another print makes the one before void.
PRINTED = {"people:sheet", "people:print", "people:print_again"}
#: Creating routes of which the city holds nothing to be created: tested by their own tests.
ELSEWHERE: set[str] = {"votes_desk:publish", "organisations_desk:head", "petitions:objection"}
_ROWS = """
SELECT relname, n_tup_ins - n_tup_del FROM pg_stat_xact_user_tables WHERE n_tup_ins > n_tup_del
"""


def _file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def _clause(consultation: Consultation) -> Clause:
    """A clause that obliges somebody, of which nothing was said yet."""
    return next(
        clause
        for clause in Clause.objects.filter(version__draft=consultation.draft_id).order_by("pk")
        if can_cost(clause)
    )


#: Forms that the table of access sends empty or elsewhere: route -> (who, its form).
MORE: dict[str, tuple[str, Callable[[City, tuple[Any, ...]], dict[str, Any]]]] = {
    "desk:attach": (
        "ofi",
        lambda *_: {"file-title": "Записка", "file-file": _file("a.pdf", b"%PDF-1.7 x")},
    ),
    "consultations:say_cost": (
        "firm",
        lambda town, _arguments: {
            "hours_once": "2",
            "organisation": town.registers.confirmed.pk,
            "clause": _clause(town.registers.business).key,
        },
    ),
    "people:lists": (
        "ofi",
        lambda town, _arguments: {
            "table": _file(
                "a.csv",
                f"person,document,identity\n{town.people['charlie'].email},id_card,так\n".encode(),
            )
        },
    ),
    "desk:import": ("ofi", lambda *_: {"file": _file("a.txt", DRAFT.encode())}),
}


def _created() -> Counter[str]:
    with connection.cursor() as cursor:
        cursor.execute(_ROWS)
        return Counter({name: n for name, n in cursor.fetchall() if name not in NOT_CREATED})


def _who_stores() -> dict[str, list[str]]:
    """Of each door where something is stored by POST: who stores it."""
    found: dict[str, list[str]] = {}
    columns = list(COLUMNS)
    for line in table.FILE.read_text().splitlines():
        door, is_post, cells = line.partition(" POST ")
        if is_post:
            words = cells.split()[: len(columns)]
            people = [who for who, cell in zip(columns, words, strict=True) if cell.endswith("+")]
            found.setdefault(door.strip(), []).extend(people[:1])
    return found


#: What sends a form or a request once: the key (or none), and then the answer.
Send = Callable[[str], Any]


def _sends(town: City, knockers: dict[str, Knocker]) -> Iterator[tuple[str, str, Send]]:
    """Each form and operation that stores something: its door, address, and what sends it."""
    stores = _who_stores()
    for name, parameters in names():
        for use, filled in {"": FORMS.get(name, lambda *_: {}), **ALSO.get(name, {})}.items():
            door = f"{name} ({use})" if use else name
            more = MORE.get(door)
            people = [more[0]] if more else stores.get(door, [])
            for arguments in things(town, name, parameters).values() if people else ():
                for who in dict.fromkeys(people):
                    address = reverse(name, args=arguments)
                    after = BEFORE[name](town, arguments) if name in BEFORE else None
                    form = more[1] if more else filled
                    yield door, address, _form(knockers[who], address, town, arguments, form, after)
    for path, operations in document("uk")["paths"].items():
        if "post" not in operations:
            continue
        operation = operations["post"]["operationId"]
        parameters = tuple(part[1:-1] for part in path.split("/") if part.startswith("{"))
        for arguments in things(town, "api:", parameters).values():
            address = path.format(**dict(zip(parameters, arguments, strict=True)))
            body = BODIES.get(operation)
            body = body(town, arguments) if callable(body) else body
            yield operation, address, _request(knockers["resident"], address, body)


def _form(
    who: Knocker, address: str, town: City, arguments: Any, form: Any, after: Any
) -> Callable[[str], Any]:
    data = form(town, arguments)

    def send(key: str) -> Any:
        client = _client(who)
        if after:
            client.post(*after)
        for value in data.values():
            if isinstance(value, SimpleUploadedFile):
                value.seek(0)
        return client.post(address, data | ({FIELD: key} if key else {}))

    return send


def _request(who: Knocker, address: str, body: Any) -> Send:
    def send(key: str) -> Any:
        headers = {HEADER: key} if key else {}
        return _client(who).post(address, body, content_type="application/json", headers=headers)

    return send


def _client(who: Knocker) -> Client:
    client = Client(raise_request_exception=False, headers=who.headers)
    for name, value in who.cookies.items():
        client.cookies[name] = value
    return client


def _told(answer: Any) -> tuple[Any, ...]:
    location = answer.get("Location")
    return answer.status_code, location, b"" if location else answer.content


def _answers_again(address: str) -> bool:
    view = resolve(address).func
    return bool(getattr(getattr(view, "cls", view), "answers_again", ""))


def test_what_creates_is_carried_out_once(
    town: City, knockers: dict[str, Knocker], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("ERROR", "django.request")  # what nobody may do here is refused
    kept: set[str] = set()  # doors of which one post was carried out
    wrong: list[str] = []
    for door, address, send in _sends(town, knockers):
        name, is_kept = door.partition(" ")[0], _answers_again(address)
        if door in kept or name in COUNT_ONCE | PRINTED:
            continue
        with _undone():
            before, key = _created(), new_key()
            answers = [_told(send(key))]
            made = _created() - before
            rows = IdempotencyKey.objects.count()
            if is_kept and rows:
                answers += [_told(send(key)) for _ in range(2)]
            twice = _created() - before
        if rows if is_kept else answers[0][0] < 400:
            kept.add(door)
        if made and not rows and name not in SECRET:
            wrong.append(f"{door} creates {dict(made)} and takes no key")
        if len(set(answers)) > 1 or twice != made or rows > is_kept:
            wrong.append(f"{door} {answers} {rows} {dict(made)} {dict(twice)}")
    assert not wrong, "\n".join(wrong)
    idempotent = {
        name
        for name, parameters in names()
        if not name.startswith("api:")
        and not name.endswith(":")
        and _answers_again(reverse(name, args=next(iter(things(town, name, parameters).values()))))
    }
    assert idempotent - {door.partition(" ")[0] for door in kept} == ELSEWHERE
