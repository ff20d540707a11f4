"""The API is as its OpenAPI document says, whoever calls it, whatever is sent to it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from consultations import actions
from consultations.models import State
from discussions import actions as discussion
from drafts.models import Clause
from portal.api_docs import document
from tests import factories

pytestmark = pytest.mark.django_db
ROLES = ["anon", "olena", "mo", "ofi", "admin"]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
TOKEN = "a" * 32
HOST = "http://localhost"


@pytest.fixture
def city(department, olena, bohdan, mo, ofi):
    """Consultations in every state, with remarks: answered, hidden, deleted."""
    made = {state: factories.consultation(department, state) for state in State}
    opened = made[State.OPEN]
    clauses = list(Clause.objects.filter(version__draft=opened.draft).order_by("position"))
    remarks = [
        actions.remark(opened, by=by, text=f"Думка {number}", clause_id=clause.pk)
        for number, (by, clause) in enumerate(zip([olena, bohdan] * 2, clauses, strict=False))
    ]
    actions.answer(remarks[0], by=ofi, text="Дякуємо.")
    discussion.hide(remarks[1].comment, by=mo, reason="spam")
    discussion.delete(remarks[2].comment, by=olena)
    return SimpleNamespace(
        consultations=[each.pk for each in made.values()],
        clauses=[str(clause.key) for clause in clauses],
        remarks=[remark.pk for remark in remarks],
    )


def _signed_in(request, role: str) -> dict[str, dict[str, str]]:
    plain = {"Accept-Encoding": "identity"}  # the WSGI client does not unpack
    if role == "anon":
        return {"headers": plain}
    client = Client()
    client.force_login(request.getfixturevalue(role))
    cookies = {"session": client.cookies["session"].value, "csrf": TOKEN}
    return {"cookies": cookies, "headers": plain | {"X-CSRFToken": TOKEN}}


def _drive(request, city, role: str, examples: int) -> None:
    schema = schemathesis.openapi.from_dict(document("en"))
    schema.app = get_wsgi_application()
    identity = _signed_in(request, role)
    for result in schema.get_all_operations():
        _drive_one(result.ok(), city, identity, examples)


def _drive_one(operation, city, identity, examples: int) -> None:
    modes = [operation.as_strategy(generation_mode=mode) for mode in GenerationMode]

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.one_of(modes), st.data())
    def answers_as_documented(case, data):
        assume("\0" not in str(case.path_parameters))
        _aim(case, data, city)
        case.call_and_validate(base_url=HOST, checks=CHECKS, **identity)

    answers_as_documented()


def _aim(case, data, city) -> None:
    """Mostly at something that is there: a number made up hits nothing."""
    if case.path_parameters and data.draw(st.booleans()):
        aim = {"consultation": city.consultations, "remark": city.remarks}
        for name in case.path_parameters:
            case.path_parameters[name] = data.draw(st.sampled_from(aim[name]))
    if isinstance(case.body, dict) and "clause" in case.body and data.draw(st.booleans()):
        case.body["clause"] = data.draw(st.sampled_from(city.clauses))


@pytest.fixture
def unlimited(settings):
    """No limits, and a WSGI application that keeps the test's transaction."""
    settings.API_LIMITS = {"read": 10**9, "write": 10**9}
    settings.ALLOWED_HOSTS = ["localhost"]
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("role", ROLES)
def test_answers_as_documented(request, unlimited, city, role):
    _drive(request, city, role, examples=12)


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("role", ROLES)
def test_answers_as_documented_at_length(request, unlimited, city, role):
    _drive(request, city, role, examples=100)


def test_the_document_is_one_address_for_both_languages(client):
    for language, word in (("uk", "/api/v1/consultations/"), ("en", "Post a remark")):
        answer = client.get("/api/v1/schema/", headers={"Accept-Language": language})
        assert answer.status_code == 200
        assert answer.json()["openapi"].startswith("3.")
        assert word in answer.content.decode()
        assert answer.headers["Content-Language"] == language


def test_the_document_names_every_address_and_no_other(client):
    prefix = "/api/v1/consultations/"
    assert set(document("uk")["paths"]) == {
        prefix,
        f"{prefix}{{consultation}}/",
        f"{prefix}{{consultation}}/clauses/",
        f"{prefix}{{consultation}}/remarks/",
        f"{prefix}{{consultation}}/remarks/{{remark}}/",
    }


@pytest.mark.parametrize("path", ["/api/v1/docs/", "/en/api/v1/docs/"])
def test_the_page_for_people_names_every_operation(client, path):
    page = client.get(path).content.decode()
    for operations in document("uk")["paths"].values():
        for operation in operations.values():
            assert f'id="{operation["operationId"]}"' in page
    assert "<script>" not in page
    assert "style=" not in page
