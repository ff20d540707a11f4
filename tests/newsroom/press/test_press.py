"""Journalists are accredited, invited once, and say whether they come."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from accounts.data.register import retentions
from accounts.models import DataAccess
from core.domain import clock
from core.domain.calendar import local_date
from meetings.models import State
from meetings.planning import actions as planning_actions
from newsroom.models import Accreditation, AccreditationState, PressAttendance
from newsroom.personal_data import _own_accreditations
from newsroom.press import actions, rules, tokens
from newsroom.press.queries import coming_to
from tests.meetings import factories as meetings
from tests.meetings.factories import refused
from tests.newsroom.press_factories import EMAIL, accredited, asked, conference, waiting

pytestmark = pytest.mark.django_db

ADDRESS = "/news/press/"


def today() -> date:
    return local_date(clock.now())


def form(**changed: str) -> dict[str, str]:
    sent = {"name": "Дарина Січова", "outlet": "Міські новини", "email": "Redaktsiia@Example.org"}
    return {**sent, "phone": "067 123-45-67", "consents": "on", **changed}


def test_a_journalist_applies_and_nobody_sees_it_before_it_is_confirmed(client, ofi, do):
    answer = client.post(ADDRESS, form())
    assert (answer.status_code, answer.url) == (302, "/news/press/sent/")
    made = Accreditation.objects.get()
    assert (made.email, made.phone) == (EMAIL, "+380671234567")
    assert do() == 1
    (message,) = mail.outbox
    assert message.to == [EMAIL] and tokens.own_path(made) in message.body
    assert "Міські новини" not in message.body  # a stranger's words, to any address
    client.force_login(ofi)
    assert "Січова" not in client.get("/desk/press/").content.decode()
    # The scanner of a mail server opens the link: nothing is confirmed.
    client.get(tokens.own_path(made))
    made.refresh_from_db()
    assert made.state_on(today()) == AccreditationState.UNCONFIRMED
    for _twice in range(2):
        client.post(tokens.own_path(made), {"step": "confirm"})
    assert "Січова" in client.get("/desk/press/").content.decode()


def test_without_consent_nothing_is_kept_and_nothing_typed_is_lost(client):
    answer = client.post(ADDRESS, form(consents=""))
    assert answer.status_code == 422 and "Міські новини" in answer.content.decode()
    assert not Accreditation.objects.exists()


def test_of_two_applications_with_one_address_one_waits():
    first, second = asked(), asked()
    actions.confirm(first)
    with refused("press.waits_already"):
        actions.confirm(second)


@pytest.mark.parametrize("who", ["mo", "olena", "anon"])
def test_only_officers_work_with_the_list(client, request, who):
    if who != "anon":
        client.force_login(request.getfixturevalue(who))
    row = waiting()
    for path in ("/desk/press/", f"/desk/press/{row.pk}/"):
        assert client.get(path).status_code in (302, 403)
    client.post(f"/desk/press/{row.pk}/grant/", {"until": "2030-01-01"})
    row.refresh_from_db()
    assert row.decided_at is None


def test_an_officer_accredits_for_a_term_and_it_ends_by_itself(client, ofi, olena, do):
    row = waiting(email=olena.email)
    client.force_login(ofi)
    page = client.get(f"/desk/press/{row.pk}/").content.decode()
    assert f'value="{rules.usual_term(today())}"' in page
    assert DataAccess.objects.filter(user=olena, why="press.accreditation").exists()
    for until in ("2020-01-01", "2099-01-01", "колись"):
        wrong = client.post(f"/desk/press/{row.pk}/grant/", {"until": until})
        assert wrong.status_code == 422 and until in wrong.content.decode()
    until = today() + timedelta(days=30)
    client.post(f"/desk/press/{row.pk}/grant/", {"until": until.isoformat()})
    row.refresh_from_db()
    assert row.state_on(until) == AccreditationState.ACCREDITED
    assert row.state_on(until + timedelta(days=1)) == AccreditationState.OVER
    do()
    assert until.strftime("%Y") in mail.outbox[-1].body
    with refused("press.decided_already"):
        actions.refuse(row, by=ofi, reason="Пізно")


def test_a_new_accreditation_takes_the_place_of_the_old(ofi):
    old = accredited(ofi)
    new = accredited(ofi, outlet="Інша газета")
    old.refresh_from_db()
    assert old.ended_at and old.ended_by is None
    assert list(Accreditation.objects.in_force(today())) == [new]


def test_refusal_and_ending_need_a_reason_that_is_told(ofi, do):
    row = waiting()
    with refused("press.reason_missing"):
        actions.refuse(row, by=ofi, reason=" ")
    actions.refuse(row, by=ofi, reason="Немає листа редакції")
    do()
    assert "Немає листа редакції" in mail.outbox[-1].body
    row = accredited(ofi)
    actions.end(row, by=ofi, reason="Порушено порядок")
    do()
    assert "Порушено порядок" in mail.outbox[-1].body
    with refused("press.not_in_force"):
        actions.end(row, by=ofi, reason="Ще раз")


def test_the_accredited_are_invited_once_and_the_new_by_the_button(client, ofi, do):
    accredited(ofi)
    waiting(email="inshi@example.org")
    do()
    mail.outbox.clear()
    meeting = conference()
    conference(kind="hearing", title="Слухання")
    do()
    (message,) = mail.outbox
    assert message.to == [EMAIL] and "Пресконференція" in message.subject
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    accredited(ofi, email="nova@example.org")
    do()
    mail.outbox.clear()
    client.force_login(ofi)
    for _twice in range(2):
        client.post(f"/desk/press/conferences/{meeting.pk}/invite/")
        do()
    assert [each.to for each in mail.outbox] == [["nova@example.org"]]


def test_one_click_stops_the_invitations_and_nothing_else(client, ofi, do):
    row = accredited(ofi)
    path = tokens.stop_path(row)
    client.get(path)
    row.refresh_from_db()
    assert row.mails_stopped_at is None
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    row.refresh_from_db()
    assert row.mails_stopped_at and row.state_on(today()) == AccreditationState.ACCREDITED
    do()
    mail.outbox.clear()
    conference()
    do()
    assert mail.outbox == []
    # The link of the mailing opens nothing else.
    foreign = reverse("press:own", args=[row.pk, tokens.token_of_mails(row)])
    assert client.get(foreign).status_code == 404
    client.post(path, {"again": "1"})
    row.refresh_from_db()
    assert row.mails_stopped_at is None


def test_they_say_by_a_link_whether_they_come_and_are_told_of_changes(client, ofi, do):
    row = accredited(ofi)
    meeting = conference()
    path = tokens.attend_path(row, meeting.pk)
    assert client.get(path).status_code == 200
    assert not PressAttendance.objects.exists()
    for coming in ("yes", "no", "yes"):
        client.post(path, {"coming": coming})
    assert PressAttendance.objects.get().is_coming
    client.force_login(ofi)
    page = client.get(f"/desk/press/conferences/{meeting.pk}/").content.decode()
    assert "Січова" in page and "+380671234567" in page
    do()
    mail.outbox.clear()
    planning_actions.cancel(meeting, by=meetings.secretary(), reason="Немає світла в залі")
    do()
    assert "Немає світла в залі" in mail.outbox[-1].body
    assert client.post(path, {"coming": "no"}).status_code == 422
    meeting.refresh_from_db()
    with refused("press.nothing_to_invite_to"):
        actions.invite(meeting, by=ofi)


def test_whose_accreditation_is_over_says_nothing_any_more(ofi):
    row = accredited(ofi)
    meeting = conference()
    actions.end(row, by=ofi, reason="Порушено порядок")
    with refused("press.not_in_force"):
        actions.say_coming(row, meeting, is_coming=True)


def test_who_does_not_come_is_not_on_the_list(ofi):
    meeting = conference()
    comes, stays = accredited(ofi), accredited(ofi, email="doma@example.org")
    for row in (comes, stays):
        actions.say_coming(row, meeting, is_coming=row == comes)
    assert [each.accreditation for each in coming_to(meeting)] == [comes]


def test_the_journalist_erases_it_by_the_link(client, ofi):
    row = accredited(ofi)
    actions.say_coming(row, conference(), is_coming=True)
    answer = client.post(tokens.own_path(row), {"step": "erase"})
    assert answer.url == "/news/press/erased/"
    assert not Accreditation.objects.exists() and not PressAttendance.objects.exists()


def test_it_is_among_the_data_of_the_account_with_its_address(olena, ofi):
    row = accredited(ofi, email=olena.email.upper())
    accredited(ofi)
    assert list(_own_accreditations(olena)) == [row]


def test_they_are_kept_for_a_year_after_the_end(ofi):
    accredited(ofi)
    asked(email="zabuto@example.org")
    ours = [each for each in retentions if each.model is Accreditation]
    assert all(each.run(clock.now() - timedelta(days=1), most=10) == 0 for each in ours)
    later = clock.now() + timedelta(days=2 * 366)
    assert [each.run(later, most=10) for each in ours] == [1, 1]


def test_one_says_so_until_it_begins(ofi):
    with refused("press.not_ahead"):
        actions.say_coming(accredited(ofi), conference(State.RUNNING), is_coming=True)


def test_the_desk_s_list_takes_as_many_queries_at_any_size(
    client, ofi, django_assert_max_num_queries
):
    for number in range(12):
        waiting(email=f"redaktor{number}@example.org")
    client.force_login(ofi)
    with django_assert_max_num_queries(11):
        client.get("/desk/press/")
