"""Every form and operation that creates something is carried out once, however often it is sent.

Which ones create is read from the counters of PostgreSQL, not from a list: a POST after which a
table other than those of NOT_CREATED has more rows. A new route of that kind fails here until its
view is ``@idempotent`` (core.web.idempotency), or its act counts once by a constraint of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, override_settings
from django.urls import resolve, reverse

from consultations.costs.rules import can_cost
from consultations.models import Consultation
from core.models import IdempotencyKey
from core.web.idempotency import FIELD, HEADER, new_key
from drafts.models import Clause
from portal.api_docs import document
from tests import people
from tests.access import table
from tests.access.city import City, build
from tests.access.clients import RoleClient, _undone
from tests.access.conftest import COLUMNS, NAMES, ready_for_city, role_clients
from tests.access.editing import EDITING, with_version
from tests.access.forms import ALSO, BEFORE, BODIES, FORMS
from tests.access.lasting import folders
from tests.access.routes import names, things
from tests.core.audit.days import yesterdays_head
from tests.core.audit.signing import Signer
from tests.crowds import at_once
from tests.factories import DRAFT
from tests.newsroom.factories import photo

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(1200)]

#: Limits, sessions, jobs (the words of a mail wait for one), audit, counters of changes, the traces
#: of who looked at data and of what the council edits of itself, and the keys themselves.
NOT_CREATED = {
    *("core_limit", "core_cache", "audit.entry", "core_topic", "core_idempotencykey"),
    # What the record and the public evidence hold of an act, with it.
    *("audit.record", "core_recordsalt", "consultations_evidencebundle"),
    "city_change",
    "search_entry",  # how it is found, with it
    *("django_session", "usersessions_usersession", "accounts_look"),
    *("notifications_letter", "notifications_activity"),  # what is told of it, with it
    "appeals_reading",
    "meetings_logentry",  # a line of what was done, with it
    *("procrastinate_jobs", "procrastinate_events", "procrastinate_periodic_defers"),
}
#: Acts of which a constraint of their own lets a person have one: support, report, sign, vote.
COUNT_ONCE = {
    *("consultations:react", "petitions:react", "moderation:report", "votes:vote"),
    *("petitions:sign", "petitions:sign_code", "petitions:confirm", "signature_create"),
    *("ballot_create", "meetings:support", "meetings:cast"),
    *("meetings:raise_hand", "meetings:enter_hall"),
    *("meetings_control:several_votes", "meetings_control:arrival"),  # a vote each
    "meetings_control:annul",  # of a roll-call one
    # One pause in place of the one that its page showed; a row a deputy; a row a body.
    *("meetings_control:pause", "meetings_control:pause_until"),
    *("meetings:paper_ballot_receipt", "deputies_desk:times"),
    *("appeals:withdraw", "appeals:rate", "appeals:reopen"),  # a state each, under its lock
    *("portal:make_link", "portal:revoke_link", "portal:set_reminders"),  # one row a person
    "channels:push",  # one row a browser
    "panel_account:consent",  # one row a person
    *("panel_desk:publish_list", "panel_desk:draw"),  # a state each, under the panel's lock
    "notifications:unsubscribe",  # one row for each person and consultation
    # One row for each follower and thing, or kind.
    *("notifications:follow", "notifications:confirm", "notifications:settings"),
    *("notifications:settings_by_link", "notifications:stop", "notifications:stop_all"),
    *("desk:publish", "desk:sheet"),  # what was carried, of the version; a row of its own each
    *("desk:change_decision", "desk:entry"),  # the former words, if something else is sent
    *("moderation:approve", "moderation:hide"),  # what is decided is decided once, under its lock
    # Each once by its rule, under its lock; the draft and the executors under their version.
    *("appeals_desk:accept", "appeals_desk:extend", "appeals_desk:forward", "appeals_desk:return"),
    *("appeals_desk:leave", "appeals_desk:move", "appeals_desk:approve", "appeals_desk:send"),
    *("appeals_desk:many", "appeals_desk:send_back", "appeals_desk:together"),
    *("appeals_desk:approve_together", "appeals_desk:send_together"),
    *("appeals_desk:draft", "appeals_desk:assign", "appeals_desk:correct"),
    *("appeals_desk:shorten", "appeals_desk:ask", "appeals_desk:ask_head"),
    *("appeals_desk:refuse", "appeals_desk:postpone", "appeals_desk:fee", "appeals_desk:payment"),
    # A row a member, and once by its rule, under the meeting's lock.
    *("meetings_control:vote", "meetings_control:member", "meetings_control:roll_call"),
    *("meetings_control:all_come", "meetings_control:member_numbers", "meetings_control:rest"),
    *("meetings_control:vote_numbers", "meetings_control:voting_file"),
    "meetings_control:merge",
    "meetings_desk:minutes_section",  # a version, if something else is sent
    "deputies_desk:chair",  # who chairs it already is refused, under the body's lock
    "newsroom_desk:edit",  # a correction, if something else is sent
    # A row of the register of documents, of each thing one.
    *("newsroom_desk:publish", "desk:announce", "appeals_desk:publish"),
    # Sent again, nothing is left to change, or an invitation waits.
    *("city_desk:paste", "deputies_desk:paste", "staff:invite_many"),
    "city_desk:ages",  # the whole list is edited, under its version
    "desk:public_reason",  # the same text again changes nothing
    *("desk:table_row", "desk:approval"),  # a row of its own for each remark, each department
    "desk:checklist",  # one row for each consultation, under its version
    "pages_desk:edit",  # a version, if something else is sent
    "press:attend",  # one row for each journalist and press conference
    "mfa_generate_recovery_codes",  # one set a person: the one before is gone
}
#: A secret ballot: its form is its key, and no other row is written (ADR 118).
SECRET = {"secret_ballot_create"}
#: Codes printed on paper, which nothing keeps: another print makes the one before void.
PRINTED = {"people:sheet", "people:print", "people:print_again", "appeals_desk:secret"}
#: What other forms would leave nothing of: a preview that is imported anew, words that a clause no
#: longer has, the newest reply, signatures that wait. And a page of whose answers the first one
#: would show the messages that others have left. In this order.
FIRST = (
    *("desk:undo", "desk:split", "desk:renumber", "desk:join", "desk:repair", "desk:reword"),
    *("desk:answer", "petitions_desk:defence_count", "tokens:new"),
)
#: Creating routes that nothing in the city is in the state for. That their forms carry a key is
#: tested in tests/architecture/test_idempotency_keys.py.
ELSEWHERE: set[str] = {
    *("votes_desk:publish", "organisations_desk:head", "petitions:objection"),
    "votes_desk:keepers",  # the server keeps the keys of the city's secret polls
    "appeals_desk:secret",
    # Every seat is taken, and a roll-call is open.
    *("deputies_desk:new_seat", "meetings_control:new_roll_call", "meetings_control:new_poll"),
    "meetings_control:new_bundle",
    "meetings_control:new_show",  # one is open
    "meetings_control:new_paper_ballot",  # likewise
    "meetings_control:new_stop",  # no decision there is adopted
}
_ROWS = """
SELECT concat(nullif(schemaname, 'public') || '.', relname), n_tup_ins - n_tup_del
FROM pg_stat_xact_user_tables WHERE n_tup_ins > n_tup_del
"""


@pytest.fixture
def town(transactional_db: None, complete_sign_in: None, tmp_path: Path) -> Iterator[City]:
    """The city in real transactions: several connections post to it at once."""
    with ready_for_city(), override_settings(**folders(tmp_path)):
        department = people.load_department()
        yield build({name: people.load(name) for name in NAMES}, department)


@pytest.fixture
def clients(town: City) -> dict[str, RoleClient]:
    """Everybody of COLUMNS, in that order."""
    return role_clients(town)


def _file(name: str, content: bytes) -> Callable[[], SimpleUploadedFile]:
    """Another one for each post: each is read to its end."""
    return lambda: SimpleUploadedFile(name, content)


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
        lambda *_: {
            "file-kind": "note",
            "file-title": "Записка",
            "file-file": _file("a.pdf", b"%PDF-1.7 x"),
        },
    ),
    "meetings_desk:new_document": (
        "ofi",
        lambda *_: {"title": "Довідка", "file": _file("a.pdf", b"%PDF-1.7 x")},
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
    "newsroom_desk:new_picture": (
        "ofi",
        lambda *_: {"alt": "Міст", "file": _file("a.jpg", photo(300, 200))},
    ),
    "desk:new_picture": (
        "ofi",
        lambda *_: {"alt": "Міст", "credit": "Сич", "file": _file("a.jpg", photo(400, 200))},
    ),
    "petitions:start_photos": (
        "author",
        lambda *_: {"alt": "Яр", "file": _file("a.jpg", photo(400, 200))},
    ),
    "audit_desk:seal": (
        "admin",
        lambda _town, arguments: {
            "file": _file("a.p7s", Signer("ec").p7s(yesterdays_head().file)),
        },
    ),
    "desk:import": ("ofi", lambda *_: {"file": _file("a.txt", DRAFT.encode())}),
    "desk:tracked": ("ofi", lambda *_: {"file": _file("a.txt", DRAFT.encode())}),
    "desk:sheets": (
        "ofi",
        lambda *_: {"file": _file("a.csv", b"number;disposition;reason;resulting\n1;accepted;;\n")},
    ),
    "desk:renumber": (
        "ofi",
        lambda *_: {
            "renumber-marker": "9.",
            "renumber-kind": "clause",
            "renumber-depth": "0",
        },
    ),
}


def _created() -> Counter[str]:
    with connection.cursor() as cursor:
        cursor.execute(_ROWS)
        return Counter({name: n for name, n in cursor.fetchall() if name not in NOT_CREATED})


def _who_stores() -> dict[str, list[str]]:
    """Of each route where something is stored by POST: who stores it."""
    found: dict[str, list[str]] = {}
    columns = list(COLUMNS)
    for line in table.FILE.read_text().splitlines():
        route, is_post, cells = line.partition(" POST ")
        if is_post:
            words = cells.split()[: len(columns)]
            people = [who for who, cell in zip(columns, words, strict=True) if cell.endswith("+")]
            found.setdefault(route.strip(), []).extend(people[:1])
    return found


#: Sends a form or a request once, with this key.
Send = Callable[[str], Any]


def _sends(town: City, clients: dict[str, RoleClient]) -> Iterator[tuple[str, str, Send]]:
    """Each form and operation that stores something: its route, address, and what sends it."""
    stores = _who_stores()
    for name, parameters in names():
        for use, filled in {"": FORMS.get(name, lambda *_: {}), **ALSO.get(name, {})}.items():
            route = f"{name} ({use})" if use else name
            more = MORE.get(route)
            people = [more[0]] if more else stores.get(route, [])
            for arguments in things(town, name, parameters).values() if people else ():
                for who in dict.fromkeys(people):
                    address = reverse(name, args=arguments)
                    after = BEFORE[name](town, arguments) if name in BEFORE else None
                    form = more[1] if more else filled
                    data = form(town, arguments)
                    yield route, address, _form(clients[who], name, address, data, after)
    for path, operations in document("uk")["paths"].items():
        if "post" not in operations:
            continue
        operation = operations["post"]["operationId"]
        parameters = tuple(part[1:-1] for part in path.split("/") if part.startswith("{"))
        for arguments in things(town, "api:", parameters).values():
            address = path.format(**dict(zip(parameters, arguments, strict=True)))
            body = BODIES.get(operation)
            body = body(town, arguments) if callable(body) else body
            yield operation, address, _request(clients["resident"], address, body)


def _turn(one: tuple[str, str, Send]) -> int:
    return FIRST.index(one[0]) if one[0] in FIRST else len(FIRST)


def _form(who: RoleClient, name: str, address: str, data: dict[str, Any], after: Any) -> Send:
    versions: list[dict[str, Any]] = []  # the one that it was drawn from, asked for once

    def send(key: str) -> Any:
        client = _client(who)
        if after:
            client.post(*after)
        sent = {field: value() if callable(value) else value for field, value in data.items()}
        if not versions:
            drawn = with_version(client, name, address, sent)
            versions.append({field: drawn[field] for field in drawn.keys() - sent.keys()})
        return client.post(address, sent | versions[0] | {FIELD: key})

    return send


def _request(who: RoleClient, address: str, body: Any) -> Send:
    def send(key: str) -> Any:
        headers = {HEADER: key}
        return _client(who).post(address, body, content_type="application/json", headers=headers)

    return send


def _client(who: RoleClient) -> Client:
    client = Client(raise_request_exception=False, headers=who.headers)
    for name, value in who.cookies.items():
        client.cookies[name] = value
    return client


def _told(answer: Any) -> tuple[Any, ...]:
    location = answer.get("Location")
    return answer.status_code, location, b"" if location else answer.content


def _at_once(
    send: Send, number: int, tables: list[str]
) -> tuple[Counter[tuple[Any, ...]], Counter[str], int]:
    """The answers to so many posts with one key, the rows that they created, and the keys."""
    key, tables = new_key(), [*tables, "core_idempotencykey"]
    before = _counts(tables)
    answers = Counter(at_once([lambda: _told(send(key))] * number, threads=10))
    made = _counts(tables) - before
    return answers, made, made.pop("core_idempotencykey", 0)


def _counts(tables: list[str]) -> Counter[str]:
    with connection.cursor() as cursor:
        each = [f"SELECT '{name}', count(*) FROM {name}" for name in tables]  # noqa: S608 - ours
        cursor.execute(" UNION ALL ".join(each))
        return Counter(dict(cursor.fetchall()))


def _answers_again(address: str) -> bool:
    view = resolve(address).func
    return bool(getattr(getattr(view, "cls", view), "answers_again", ""))


@pytest.mark.parametrize(
    "number",
    [
        pytest.param(3, marks=[pytest.mark.short, pytest.mark.with_all, pytest.mark.cpu(40)]),
        pytest.param(15, marks=pytest.mark.long),
        pytest.param(40, marks=pytest.mark.nightly),
    ],
)
def test_what_creates_is_carried_out_once(
    town: City, clients: dict[str, RoleClient], caplog: pytest.LogCaptureFixture, number: int
) -> None:
    """Each is sent once and taken back, to see whether it creates; then so many times at once."""
    caplog.set_level("ERROR", "django.request")  # what nobody may do here is refused
    idempotent = {
        name
        for name, parameters in names()
        if not name.startswith("api:")
        and not name.endswith(":")
        and _answers_again(reverse(name, args=next(iter(things(town, name, parameters).values()))))
    }
    kept: set[str] = set()  # routes of which a post was carried out
    wrong: list[str] = []
    # All are filled in before anything is stored.
    for route, address, send in sorted(_sends(town, clients), key=_turn):
        name, is_kept = route.partition(" ")[0], _answers_again(address)
        if route in kept or name in PRINTED:
            continue
        if name in EDITING:  # the first post asks for the version: what it stores is no count
            with _undone():
                send(new_key())
        with _undone():
            before, keys = _created(), IdempotencyKey.objects.count()
            status = send(new_key()).status_code
            made, keys = _created() - before, IdempotencyKey.objects.count() - keys
        if keys > is_kept:
            wrong.append(f"{route} keeps {keys} keys")
        if made and not keys and name not in COUNT_ONCE | SECRET:
            wrong.append(f"{route} creates {dict(made)} and takes no key")
        if is_kept and keys:
            answers, more, keys = _at_once(send, number, list(made))
            if len(answers) > 1 or more != made or keys != 1:
                wrong.append(f"{route} {answers} {keys} {dict(made)} {dict(more)}")
        if keys if is_kept else status < 400:
            kept.add(route)
    assert not wrong, "\n".join(wrong)
    assert idempotent - {route.partition(" ")[0] for route in kept} == ELSEWHERE
