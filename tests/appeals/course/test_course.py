"""What the office and heads do with an appeal: each by its form, refused at its field."""

from __future__ import annotations

from datetime import timedelta

import pytest

from appeals import actions
from appeals.models import Appeal, Entry, Executor, State
from core.domain import clock as database_clock
from tests import factories as people
from tests.appeals import factories

pytestmark = pytest.mark.django_db


def state_of(appeal):
    return Appeal.objects.get(pk=appeal.pk).state_at(database_clock.now())


def errors(response):
    return response.context["form"].errors


def test_the_office_accepts_it(client, staff, received, to):
    client.force_login(staff.clerk)
    executor = f"{staff.department.pk}:{staff.worker.pk}"
    sent = {"kind": "complaint", "executor": executor, "privileged": "combatant", "term": "simple"}
    found = client.post(to("accept", received), sent)
    assert found.status_code == 302
    received.refresh_from_db()
    assert (received.kind, received.term, received.privileged) == (
        "complaint",
        "simple",
        "combatant",
    )
    assert (received.department, received.officer) == (staff.department, staff.worker)
    assert state_of(received) == State.IN_WORK
    # A second one finds that it is done, and loses nothing that was typed.
    again = client.post(to("accept", received), sent)
    assert again.status_code == 422
    assert 'name="executor"' in again.text


def test_a_term_of_another_kind_is_refused_at_its_field(client, staff, received, to):
    client.force_login(staff.clerk)
    sent = {"kind": "request", "term": "month", "executor": staff.department.pk}
    found = client.post(to("accept", received), sent)
    assert found.status_code == 422
    assert "term" in errors(found)


def test_a_complaint_is_never_offered_to_whom_it_is_about(client, staff, to):
    complaint = factories.appeal(kind="complaint", about_department=staff.department)
    client.force_login(staff.clerk)
    keys = [
        key
        for key, _name in client.get(to("accept", complaint))
        .context["form"]["executor"]
        .field.choices
    ]
    assert str(staff.department.pk) not in keys
    sent = {"kind": "complaint", "executor": staff.department.pk}
    found = client.post(to("accept", complaint), sent)
    assert "executor" in errors(found)
    assert state_of(complaint) == State.RECEIVED


def test_the_office_says_whom_it_is_about(client, staff, received, to):
    client.force_login(staff.clerk)
    sent = {"kind": "complaint", "about_person": staff.head.pk, "executor": staff.department.pk}
    # The head of a department is its head, whoever of it would answer.
    assert "executor" in errors(client.post(to("accept", received), sent))
    assert state_of(received) == State.RECEIVED
    helpers = people.department("Управління доріг", slug="roads")
    sent |= {"executor": helpers.pk, "about_department": staff.department.pk}
    assert client.post(to("accept", received), sent).status_code == 302
    received.refresh_from_db()
    assert (received.about_person, received.about_department) == (staff.head, staff.department)
    keys = [
        key
        for key, _name in client.get(to("assign", received)).context["form"]["others"].field.choices
    ]
    assert str(staff.department.pk) not in keys


def test_an_officer_finds_nothing_of_their_own_at_the_desk(client, staff, to):
    own = factories.appeal(staff.worker, State.IN_WORK, by=staff.department)
    client.force_login(staff.worker)
    for name in ("detail", "note", "draft"):
        assert client.get(to(name, own)).status_code == 404, name


def test_a_resolution_names_other_executors(client, staff, in_work, to):
    client.force_login(staff.head)
    page = client.get(to("assign", in_work))
    helpers = people.department("Управління доріг", slug="roads")
    sent = {
        "drawn_from": page.context["form"]["drawn_from"].value(),
        "executor": f"{staff.department.pk}:{staff.worker.pk}",
        "others": [helpers.pk],
        "resolution": "До п’ятниці.",
    }
    assert client.post(to("assign", in_work), sent).status_code == 302
    rows = Executor.objects.filter(appeal=in_work)
    assert {(row.department, row.user, row.is_main) for row in rows} == {
        (staff.department, staff.worker, True),
        (helpers, None, False),
    }
    assert Entry.objects.filter(appeal=in_work, internal=True, words="До п’ятниці.").exists()
    # A form drawn before that stores nothing.
    stale = client.post(
        to("assign", in_work), sent | {"executor": staff.department.pk, "others": []}
    )
    assert stale.status_code == 409
    assert Executor.objects.filter(appeal=in_work).count() == 2


def test_the_head_of_the_body_extends_it_once_with_reasons(client, staff, in_work, to):
    client.force_login(staff.head)
    assert client.get(to("extend", in_work)).status_code == 403
    mayor = factories.mayor()
    actions.ask_head(in_work, by=staff.clerk, words="Потрібна експертиза.")
    client.force_login(mayor)
    form = client.get(to("extend", in_work)).context["form"]
    until = form["until"].value()
    assert "reason" in errors(client.post(to("extend", in_work), {"until": until}))
    too_far = until + timedelta(days=30)
    sent = {"until": too_far.isoformat(), "reason": "Потрібна експертиза."}
    assert "until" in errors(client.post(to("extend", in_work), sent))
    sent["until"] = until.isoformat()
    assert client.post(to("extend", in_work), sent).status_code == 302
    in_work.refresh_from_db()
    assert (in_work.term, in_work.extension_reason) == ("extended", "Потрібна експертиза.")
    again = client.get(to("extend", in_work))
    assert not again.context["verdict"]


@pytest.mark.parametrize(
    ("name", "sent", "state"),
    [
        ("forward", {"to": "Обласна рада", "note": "Її питання.", "sheets": 2}, State.FORWARDED),
        ("return", {"ground": "malformed", "note": "Немає підпису."}, State.RETURNED),
        ("move", {"note": "Видача дозволу."}, State.MOVED),
    ],
)
def test_the_office_ends_it_with_words_for_the_applicant(
    client, staff, received, to, name, sent, state
):
    client.force_login(staff.clerk)
    assert client.post(to(name, received), {}).status_code == 422
    assert client.post(to(name, received), sent).status_code == 302
    assert state_of(received) == state
    told = Entry.objects.filter(appeal=received, internal=False).latest("pk").words
    assert next(iter(sent.values())) in told or sent["note"] in told


def test_the_head_of_the_body_alone_leaves_it_without_consideration(client, staff, received, to):
    """393/96-ВР art. 8: once they were asked, before which they cannot read it."""
    sent = {"ground": "anonymous", "note": "Не вказано прізвища."}
    for user in (staff.clerk, staff.chief, people.user("root", role="administrator")):
        client.force_login(user)
        for ask in (client.get, client.post):
            assert ask(to("leave", received), sent).status_code == 403
    mayor = factories.mayor()
    client.force_login(mayor)
    assert client.post(to("leave", received), sent).status_code == 404
    client.force_login(staff.clerk)
    assert client.post(to("ask_head", received), {"words": "Анонімне."}).status_code == 302
    client.force_login(mayor)
    assert client.post(to("leave", received), sent).status_code == 302
    assert state_of(received) == State.NOT_CONSIDERED


def test_it_is_returned_no_more_after_its_term(client, staff, received, to):
    ago = database_clock.now() - timedelta(days=20)
    Appeal.objects.filter(pk=received.pk).update(received_at=ago)
    client.force_login(staff.clerk)
    sent = {"ground": "insufficient", "note": "Бракує адреси."}
    found = client.post(to("return", received), sent)
    assert found.status_code == 422
    assert "Бракує адреси." in found.text
    assert state_of(received) == State.RECEIVED


def test_a_note_is_written_and_empty_ones_are_not(client, staff, in_work, to):
    client.force_login(staff.sec)
    assert client.post(to("note", in_work), {"text": " "}).status_code == 422
    assert client.post(to("note", in_work), {"text": "Дзвонили."}).status_code == 302
    note = Entry.objects.get(appeal=in_work, kind="note")
    assert (note.words, note.internal, note.by) == ("Дзвонили.", True, staff.sec)


def test_who_helps_does_not_decide(client, staff, in_work, to):
    client.force_login(staff.sec)
    for name in ("accept", "assign", "extend", "leave", "approve", "receipt"):
        assert client.get(to(name, in_work)).status_code == 403, name


def test_others_find_nothing(client, staff, in_work, to):
    client.force_login(staff.other)
    for name in (
        *("accept", "assign", "extend", "forward", "return", "leave", "move", "note"),
        *("draft", "approve", "send", "receipt"),
    ):
        assert client.get(to(name, in_work)).status_code == 404, name
        assert client.post(to(name, in_work), {}).status_code in (404, 405), name
