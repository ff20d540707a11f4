"""The API is as its OpenAPI document says, whoever calls it, whatever is sent to it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

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

from consultations.models import State
from consultations.remarks import actions
from discussions import actions as discussion
from drafts.models import Clause
from meetings.models import State as MeetingState
from meetings.rollcalls import actions as rollcalls_actions
from newsroom.models import State as ArticleState
from petitions.defence import actions as defence
from petitions.defence.signature_filter import SignatureFilter
from petitions.models import State as PetitionState
from petitions.signing import actions as signing
from portal.api_docs import document
from tests import factories
from tests.access import documents, published, services
from tests.appeals import factories as of_appeals
from tests.consultations.acts.test_acts import adopted
from tests.meetings import factories as meetings
from tests.newsroom import factories as news
from tests.petitions import factories as petitions
from tests.votes import factories as polls
from tokens import actions as tokens
from tokens.models import Scope
from votes.ballots import actions as voting
from votes.life import actions as voting_life
from votes.models import State as PollState

pytestmark = pytest.mark.django_db
#: Who calls: by a session, but for the programs, which have a token: one with every scope of an
#: administrator, and one that may only see who the resident is.
ROLES = ["anon", "olena", "firm", "mo", "ofi", "admin", "program", "narrow"]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
PROGRAMS = {"program": ("admin", Scope.values), "narrow": ("olena", ["me:read"])}
#: What no program does for anybody.
BY_ONESELF = {"secret_ballot_create", "secret_ballot_form"}
CSRF = "a" * 32
HOST = "http://localhost"


@pytest.fixture
def city(department, olena, bohdan, firm, mo, ofi):
    """Consultations in every state, with remarks: answered, hidden, deleted; organisations."""
    made = {state: factories.consultation(department, state) for state in State}
    opened = made[State.OPEN]
    clauses = list(Clause.objects.filter(version__draft=opened.draft).order_by("position"))
    remarks = [
        actions.remark(opened, by=by, text=f"Думка {number}", clause_id=clause.pk)
        for number, (by, clause) in enumerate(zip([olena, bohdan] * 2, clauses, strict=False))
    ]
    actions.answer(remarks[0], by=ofi, text="Дякуємо.")
    discussion.hide(remarks[1].comment, by=mo, reason="spam", note="Порушує правила")
    discussion.delete(remarks[2].comment, by=olena)
    organisations = [
        factories.organisation("ТОВ «Тераса»", firm),
        factories.organisation("ФОП Коваль", olena, kind="sole", code=""),
        factories.organisation("ТОВ «Чекає»", bohdan, how="", confirmed_at=None),
    ]
    return SimpleNamespace(
        consultations=[each.pk for each in made.values()],
        clauses=[str(clause.key) for clause in clauses],
        remarks=[remark.pk for remark in remarks],
        organisations=[organisation.pk for organisation in organisations],
        petitions=_petitions(olena, bohdan, mo),
        polls=_polls(ofi, department, olena, bohdan),
        appeals=[of_appeals.filed(by).appeal.pk for by in (olena, bohdan, None)],
        answers=_answers(olena, ofi, department),
        meetings=_meetings(olena),
        articles=[news.article(state, by=ofi).pk for state in ArticleState],
        acts=[adopted(department, ofi).pk],
        services=[each.pk for each in vars(services.build({"ofi": ofi}, department)).values()],
        documents=[documents.build({"ofi": ofi}, department).published.pk],
    )


def _answers(olena, ofi, department) -> list[int]:
    """One that everybody reads, and one that its applicant alone reads."""
    made = published.build({"olena": olena, "ofi": ofi}, department)
    return [made.published.pk, made.agreed.pk]


def _meetings(olena) -> list[int]:
    """In every state; one that goes on has questions, who is present and a published roll-call."""
    made = {state: meetings.meeting(state) for state in MeetingState}
    running, secretary = made[MeetingState.RUNNING], meetings.secretary()
    meetings.on_item(running)
    meetings.everybody_is_here(running)
    call = rollcalls_actions.close_roll_call(meetings.roll_call(running), by=secretary)
    rollcalls_actions.publish_roll_call(call, by=secretary)
    meetings.question(running, olena, state="shown")
    return [meeting.pk for meeting in made.values()]


def _polls(ofi, department, olena, bohdan) -> list[int]:
    """In every state, with every kind of question; open and secret ones have votes and results."""
    made = [polls.poll(ofi, department, state) for state in PollState]
    for secrecy in ("named", "secret"):
        kinds = polls.ALL_KINDS[: -1 if secrecy == "secret" else None]
        for is_over in (False, True):
            poll = polls.poll(ofi, department, secrecy=secrecy, questions=kinds)
            for person in (olena, bohdan):
                choices = polls.filled(poll)
                if poll.is_secret:
                    polls.cast_secretly(poll, person, choices)
                else:
                    voting.cast(poll, by=person, choices=choices)
            if is_over:
                voting_life.publish(polls.close(poll), by=ofi)
            made.append(poll)
    return [poll.pk for poll in made]


def _petitions(olena, bohdan, mo) -> list[int]:
    """In every state; one has signatures, by account and by mail, some removed, and its ledger."""
    made = {state: petitions.petition(olena, state) for state in PetitionState}
    collecting = made[PetitionState.COLLECTING]
    petitions.signatures(collecting, 2, name_withheld=True)
    signing.sign(collecting, by=bohdan, address="198.51.100.7")
    signature_filter = SignatureFilter(signature=petitions.signatures(collecting, 1)[0].pk)
    defence.remove(
        collecting, by=mo, rule="single", signature_filter=signature_filter, reason="Робот", shown=1
    )
    return [petition.pk for petition in made.values()]


def _signed_in(request, role: str) -> dict[str, dict[str, str]]:
    plain = {"Accept-Encoding": "identity"}  # the WSGI client does not unpack
    if role == "anon":
        return {"headers": plain}
    if role in PROGRAMS:
        name, scopes = PROGRAMS[role]
        user = request.getfixturevalue(name)
        token = tokens.create(user, name="Програма", scopes=scopes, days=30)[1]
        return {"headers": plain | {"Authorization": f"Bearer {token}"}}
    client = Client()
    client.force_login(request.getfixturevalue(role))
    cookies = {"session": client.cookies["session"].value, "csrf": CSRF}
    return {"cookies": cookies, "headers": plain | {"X-CSRFToken": CSRF}}


def _drive(request, city, role: str, examples: int) -> None:
    schema = schemathesis.openapi.from_dict(document("en"))
    schema.app = get_wsgi_application()
    identity = _signed_in(request, role)
    for result in schema.get_all_operations():
        operation = result.ok()
        more = 1 if operation.method == "get" else 4  # what writes is rarely right by chance
        _drive_one(operation, city, identity, more * examples)


def _drive_one(operation, city, identity, examples: int) -> None:
    modes = [operation.as_strategy(generation_mode=mode) for mode in GenerationMode]

    @settings(
        max_examples=examples,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.one_of(modes), st.data())
    def answers_as_documented(case, data):
        assume("\0" not in str(case.path_parameters))
        # What was wrong with it may just have been put right.
        aimed = _aim(case, data, city)
        checks = [each for each in CHECKS if not aimed or each is not negative_data_rejection]
        case.call_and_validate(base_url=HOST, checks=checks, **identity)

    answers_as_documented()


def _aim(case, data, city) -> bool:
    """Mostly at something that is there: a number made up hits nothing. Whether it was aimed."""
    aimed = False

    def at(there: list) -> Any:
        nonlocal aimed
        aimed = True
        return data.draw(st.sampled_from(there))

    if case.path_parameters and data.draw(st.booleans()):
        aim = {
            "consultation": city.consultations,
            "remark": city.remarks,
            "organisation": city.organisations,
            "petition": city.petitions,
            "poll": city.polls,
            "appeal": city.appeals,
            "answer": city.answers,
            "meeting": city.meetings,
            "article": city.articles,
            "act": city.acts,
            "service": city.services,
            "document": city.documents,
        }
        for name in case.path_parameters:
            case.path_parameters[name] = at(aim[name])
    if isinstance(case.body, dict) and "clause" in case.body and data.draw(st.booleans()):
        case.body["clause"] = at(city.clauses)
    if isinstance(case.body, dict) and case.body.get("organisation") and data.draw(st.booleans()):
        case.body["organisation"] = at(city.organisations)
    return aimed


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


@pytest.mark.in_turn("role", ROLES)
@pytest.mark.with_all
@pytest.mark.cpu(17)
def test_answers_as_documented(request, unlimited, city, role):
    _drive(request, city, role, examples=6)


@pytest.mark.in_turn("role", ROLES)
@pytest.mark.nightly
@pytest.mark.timeout(1200)
def test_answers_as_documented_at_length(request, unlimited, city, role):
    _drive(request, city, role, examples=20)


def test_the_document_is_one_address_for_both_languages(client):
    for language, word in (("uk", "/api/v1/consultations/"), ("en", "Post a remark")):
        answer = client.get("/api/v1/schema/", headers={"Accept-Language": language})
        assert answer.status_code == 200
        assert answer.json()["openapi"].startswith("3.")
        assert word in answer.content.decode()
        assert answer.headers["Content-Language"] == language


def test_every_operation_says_what_a_program_needs_and_how_it_is_refused(client):
    needed = {}
    for operations in document("uk")["paths"].values():
        for operation in operations.values():
            needed[operation["operationId"]] = operation.get("x-scope", "")
            by_program = {"token": []} in operation["security"]
            assert by_program != (operation["operationId"] in BY_ONESELF), operation["operationId"]
            assert {"401", "429", "503"} <= set(operation["responses"]), operation["operationId"]
    assert {name: scope for name, scope in needed.items() if scope} == {
        "me_read": "me:read",
        "me_change": "me:write",
        "remarks_create": "remarks:write",
        "signature_read": "petitions:sign",
        "signature_create": "petitions:sign",
        "signature_delete": "petitions:sign",
        "ballot_read": "votes:cast",
        "ballot_create": "votes:cast",
        "appeals_list": "appeals:read",
        "appeals_read": "appeals:read",
        "appeals_create": "appeals:write",
        "service_use_create": "services:write",
    }
    assert set(filter(None, needed.values())) == set(Scope.values)


@pytest.mark.parametrize("path", ["/api/v1/docs/", "/en/api/v1/docs/"])
def test_the_page_for_people_names_every_operation(client, path):
    page = client.get(path).content.decode()
    for operations in document("uk")["paths"].values():
        for operation in operations.values():
            assert f'id="{operation["operationId"]}"' in page
    assert "<script>" not in page
    assert "style=" not in page
