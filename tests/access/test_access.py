"""Every door is on the list: who may, at every route, operation, file and topic there is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import resolve, reverse

from consultations.models import State, topic_of
from portal.api_docs import document
from tests.access import table
from tests.access.city import City
from tests.access.conftest import COLUMNS
from tests.access.doors import Knocker
from tests.access.editing import with_version
from tests.access.forms import ALSO, BEFORE, BODIES, FORMS
from tests.access.routes import names, things
from tests.access.table import Place

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(1200)]
Door = tuple[Place, Callable[[Knocker], str]]
#: A door that answers so has let nobody do anything.
CLOSED = (
    "in",
    "again",
    "factor",
    "400",
    "403",
    "404",
    "405",
    "410",
    "409",
    "413",
    "415",
    "422",
    "429",
)


def test_everybody_is_answered_as_the_table_says(
    town: City,
    knockers: dict[str, Knocker],
    request: pytest.FixtureRequest,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("ERROR", "django.request")  # refusals are what is asked for here
    rows = {}
    for place, ask in doors(town):
        # Whether a verb is one here is no matter of who asks: three are asked first.
        first = {name: ask(knockers[name]) for name in ("anon", "resident", "admin")}
        if not {"405"} <= set(first.values()) <= {"405", "in"}:
            rows[place] = [
                first[name] if name in first else ask(knocker) for name, knocker in knockers.items()
            ]
    _judge(rows)
    found = table.written(rows, COLUMNS)
    if request.config.getoption("--rewrite"):
        table.FILE.write_text(found)
    differing = table.difference(found)
    assert not differing, f"Answers that tests/access/expected.txt does not expect:\n{differing}"


def _judge(rows: table.Rows) -> None:
    """What holds for every door, whatever the table says."""
    nobody, *programs = (list(COLUMNS).index(name) for name in ("anon", "program", "narrow"))
    for (section, door, verb, thing), cells in rows.items():
        told = f"{verb} {door} {thing}: {' '.join(cells)}"
        assert not [cell for cell in cells if cell.startswith("5")], told
        if section != "the API":
            assert {cells[program] for program in programs} == {cells[nobody]}, told
        if verb == "GET":
            assert not [cell for cell in cells if cell.endswith("+")], f"changes something: {told}"
        refused = [cell for cell in cells if cell.rstrip("+") in CLOSED]
        assert not [cell for cell in refused if cell.endswith("+")], f"stores a refusal: {told}"


def doors(town: City) -> Iterator[Door]:
    yield from _pages(town)
    yield from _operations(town)
    yield from _topics(town)


def _pages(town: City) -> Iterator[Door]:
    admin = Client()
    admin.force_login(town.people["admin"])
    for name, parameters in names():
        if name.startswith("api:") and name != "api:schema":
            continue  # the operations of the API's own document
        for thing, arguments in things(town, name, parameters).items():
            address = reverse(name, args=arguments)
            after = BEFORE[name](town, arguments) if name in BEFORE else None
            yield (
                ("pages", name, "GET", thing),
                lambda who, at=address, after=after: who.ask("GET", at, after=after),
            )
            filled = {"": FORMS.get(name, lambda *_: {}), **ALSO.get(name, {})}
            for use, form in filled.items():
                data = with_version(admin, name, address, form(town, arguments))
                door = f"{name} ({use})" if use else name
                yield (
                    ("pages", door, "POST", thing),
                    lambda who, at=address, data=data, after=after: who.ask(
                        "POST", at, data, after=after
                    ),
                )


def _operations(town: City) -> Iterator[Door]:
    for path, operations in document("uk")["paths"].items():
        parameters = tuple(part[1:-1] for part in path.split("/") if part.startswith("{"))
        for thing, arguments in things(town, "api:", parameters).items():
            values = dict(zip(parameters, arguments, strict=True))
            address = path.format(**values)
            for verb, operation in operations.items():
                body = BODIES.get(operation["operationId"])
                body = body(town, arguments) if callable(body) else body
                yield (
                    ("the API", operation["operationId"], verb.upper(), thing),
                    lambda who, verb=verb, at=address, body=body: who.ask(
                        verb, at, body, as_json=True
                    ),
                )


def _topics(town: City) -> Iterator[Door]:
    known = {
        "consultations": "consultations",
        "polls": "polls",
        "mail": f"mail:{town.opened.pk}",
        **{f"poll {name}": poll.topic for name, poll in town.polls.items()},
    }
    for state in State.values:
        known[f"consultation {state}"] = topic_of(town.by_state[state].pk)
    for thing, topic in known.items():
        yield (
            ("topics of sockets", thing, "WATCH", ""),
            lambda who, topic=topic: who.watch(topic),
        )


def test_every_operation_is_a_route_and_every_route_an_operation() -> None:
    """An address of the API that its document does not know would have no line."""
    described = {resolve(re.sub(r"{\w+}", "1", path)).view_name for path in document("uk")["paths"]}
    assert described == {name for name, _parameters in names() if name.startswith("api:")} - {
        "api:",
        "api:schema",
    }
