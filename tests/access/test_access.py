"""Every route is on the list: who may, at every route, operation, file and topic there is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

import pytest
from django.test import Client
from django.urls import resolve, reverse

from consultations.models import State, topic_of
from portal.api_docs import document
from tests.access import table
from tests.access.city import City
from tests.access.clients import RoleClient
from tests.access.conftest import COLUMNS
from tests.access.editing import with_version
from tests.access.forms import ALSO, BEFORE, BODIES, FORMS
from tests.access.routes import names, things
from tests.access.table import Place
from tests.plugins.levels import level

pytestmark = pytest.mark.django_db
RouteRequest = tuple[Place, Callable[[RoleClient], str]]
#: A route that answers so has let nobody do anything.
CLOSED = (
    *("in", "again", "factor"),
    *("400", "403", "404", "405", "409", "410", "413", "415", "422", "429"),
)
PARAMETERS = dict(names())
#: To pages they are nobody: programs have no cookie, and a suspended person's session is none.
LIKE_NOBODY = ("program", "narrow", "suspended")
TOPICS = "topics of sockets"
#: Whoever reads the audit log leaves an entry in it.
LOOKS_ARE_ENTRIES = (
    *("audit_desk:log", "audit_desk:download"),
    *("appeals_desk:journal_csv", "appeals_desk:journal_pdf", "appeals_desk:exchange_file"),
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """All routes, and the topics; in an everyday run an eighth of them, by the day."""
    if "route" in metafunc.fixturenames:
        run = level(metafunc.config)
        routes = [name for name in (*PARAMETERS, TOPICS) if run.all or run.is_turn(name)]
        if run.routes:
            routes = [name for name in PARAMETERS if name in run.routes]
        # Each worker builds a city: not worth it for a few routes.
        marks = [pytest.mark.spread] if run.all else []
        metafunc.parametrize("route", [pytest.param(name, marks=marks) for name in routes])


@pytest.fixture(scope="module")
def rewritten(request: pytest.FixtureRequest) -> Iterator[dict[Place, list[str]]]:
    """What is answered now; with --rewrite its lines take the place of the committed ones."""
    rows: dict[Place, list[str]] = {}
    yield rows
    if request.config.getoption("--rewrite"):
        asked = {place[:2] for place in rows}
        others = [line for line in table.read() if (line.section, line.route) not in asked]
        table.write([*others, *table.lines_of(rows)], COLUMNS)


@pytest.fixture(scope="module")
def committed() -> list[table.Line]:
    """Read before anything is rewritten."""
    return table.read()


@pytest.mark.more_at_night
def test_everybody_is_answered_as_the_table_says(
    town: City,
    clients: dict[str, RoleClient],
    rewritten: dict[Place, list[str]],
    committed: list[table.Line],
    route: str,
    request: pytest.FixtureRequest,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("ERROR", "django.request")  # refusals are what is asked for here
    run = level(request.config)
    everybody = run.nightly or run.is_turn(route)
    rows, known = {}, set()
    for place, ask in routes(town, route):
        known.add(place[:2])
        # Whether a verb is one here is no matter of who asks: three are asked first.
        cells = {name: ask(clients[name]) for name in ("anon", "resident", "admin")}
        if {"405"} <= set(cells.values()) <= {"405", "in"}:
            continue
        if place[0] == "pages" and not everybody:
            cells |= dict.fromkeys(LIKE_NOBODY, cells["anon"])
        rows[place] = [cells.get(name) or ask(one) for name, one in clients.items()]
    _judge(rows)
    rewritten |= rows
    if not request.config.getoption("--rewrite"):
        expected = [line for line in committed if (line.section, line.route) in known]
        differing = table.difference(expected, table.lines_of(rows))
        assert not differing, f"Answers that the table does not expect:\n{differing}"


@pytest.mark.with_all
def test_the_table_names_no_door_that_is_not_there(
    town: City, request: pytest.FixtureRequest
) -> None:
    known = {place[:2] for route in (*PARAMETERS, TOPICS) for place, _ask in routes(town, route)}
    lines = table.read()
    gone = [line for line in lines if (line.section, line.route) not in known]
    if gone and request.config.getoption("--rewrite"):
        table.write([line for line in lines if line not in gone], COLUMNS)
        return
    assert not gone


def _judge(rows: table.Rows) -> None:
    """What holds for every route, whatever the table says."""
    nobody, *others = (list(COLUMNS).index(name) for name in ("anon", *LIKE_NOBODY))
    for (section, route, verb, thing), cells in rows.items():
        told = f"{verb} {route} {thing}: {' '.join(cells)}"
        assert not [cell for cell in cells if cell.startswith("5")], told
        if section != "the API":
            assert {cells[other] for other in others} == {cells[nobody]}, told
        if verb == "GET" and route not in LOOKS_ARE_ENTRIES:
            assert not [cell for cell in cells if cell.endswith("+")], f"changes something: {told}"
        refused = [cell for cell in cells if cell.rstrip("+") in CLOSED]
        assert not [cell for cell in refused if cell.endswith("+")], f"stores a refusal: {told}"


def routes(town: City, route: str) -> Iterator[RouteRequest]:
    """What a route leads to, by each verb; or the topics."""
    if route == TOPICS:
        yield from _topics(town)
    elif route.startswith("api:") and route != "api:schema":
        yield from _operations(town, route)
    else:
        yield from _pages(town, route)


def _pages(town: City, name: str) -> Iterator[RouteRequest]:
    admin = Client()
    admin.force_login(town.people["admin"])
    for thing, arguments in things(town, name, PARAMETERS[name]).items():
        address = reverse(name, args=arguments)
        after = BEFORE[name](town, arguments) if name in BEFORE else None
        yield (
            ("pages", name, "GET", thing),
            lambda who, at=address, after=after: who.ask("GET", at, after=after),
        )
        filled = {"": FORMS.get(name, lambda *_: {}), **ALSO.get(name, {})}
        for use, form in filled.items():
            data = with_version(admin, name, address, form(town, arguments))
            route = f"{name} ({use})" if use else name
            yield (
                ("pages", route, "POST", thing),
                lambda who, at=address, data=data, after=after: who.ask(
                    "POST", at, data, after=after
                ),
            )


@cache
def _paths() -> dict[str, list[str]]:
    """The paths of the API's own document by the name of their route."""
    found: dict[str, list[str]] = {}
    for path in document("uk")["paths"]:
        found.setdefault(resolve(re.sub(r"{\w+}", "1", path)).view_name, []).append(path)
    return found


def _operations(town: City, name: str) -> Iterator[RouteRequest]:
    for path in _paths().get(name, []):
        parameters = tuple(part[1:-1] for part in path.split("/") if part.startswith("{"))
        for thing, arguments in things(town, "api:", parameters).items():
            values = dict(zip(parameters, arguments, strict=True))
            address = path.format(**values)
            for verb, operation in document("uk")["paths"][path].items():
                body = BODIES.get(operation["operationId"])
                body = body(town, arguments) if callable(body) else body
                yield (
                    ("the API", operation["operationId"], verb.upper(), thing),
                    lambda who, verb=verb, at=address, body=body: who.ask(
                        verb, at, body, as_json=True
                    ),
                )


def _topics(town: City) -> Iterator[RouteRequest]:
    known = {
        "consultations": "consultations",
        "polls": "polls",
        "mail": f"mail:{town.opened.pk}",
        **{f"poll {name}": poll.topic for name, poll in town.polls.items()},
        "meetings": "meetings",
        **{f"meeting {name}": made.topic for name, made in town.meetings.by_state.items()},
    }
    for state in State.values:
        known[f"consultation {state}"] = topic_of(town.by_state[state].pk)
    for thing, topic in known.items():
        yield (
            (TOPICS, thing, "WATCH", ""),
            lambda who, topic=topic: who.watch(topic),
        )


def test_every_operation_is_a_route_and_every_route_an_operation() -> None:
    """An address of the API that its document does not know would have no line."""
    assert set(_paths()) == {name for name in PARAMETERS if name.startswith("api:")} - {
        "api:",
        "api:schema",
    }
