"""Who sits in the council, kept by administrators at the desk."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.utils.translation import override

from core.models import AuditEntry
from meetings.models import Body, Deputy, Faction, Seat, State
from meetings.planning import actions as planning_actions
from meetings.rollcalls import actions as rollcalls_actions
from tests.access.editing import drawn_form
from tests.meetings import factories

pytestmark = pytest.mark.django_db
DESK = "/desk/deputies/"


@pytest.fixture
def desk(client, admin):
    client.force_login(admin)
    return client


def test_a_council_from_nothing(desk, olena):
    assert "ще нічого" in desk.get(DESK).text.lower() or desk.get(DESK).status_code == 200
    body = {"name": "Міська рада", "kind": "council", "membership": "2"}
    desk.post(f"{DESK}bodies/new/", body)
    desk.post(f"{DESK}factions/new/", {"name": "Рідне місто"})
    council, faction = Body.objects.get(), Faction.objects.get()
    made = desk.post(
        f"{DESK}new/",
        {
            "name": "Бондар Олег Іванович",
            "since": "2025-11-20",
            "faction": faction.pk,
            "email": olena.email.upper(),
        },
    )
    deputy = Deputy.objects.get()
    assert deputy.user == olena
    assert made["Location"] == f"{DESK}{deputy.pk}/seats/new/"
    desk.post(made["Location"], {"body": council.pk, "since": "2025-11-20", "is_chair": "on"})
    seat = Seat.objects.get()
    assert seat.is_chair
    page = desk.get(DESK)
    assert page.context["bodies"][0].taken == 1
    assert "Бондар Олег Іванович" in page.text

    drawn = drawn_form(desk.get(f"{DESK}seats/{seat.pk}/end/"), "")
    sent = {name: values[-1] for name, values in drawn.items()}
    early = desk.post(f"{DESK}seats/{seat.pk}/end/", {**sent, "until": "2025-01-01"})
    assert early.context["form"].errors.keys() == {"until"}
    desk.post(f"{DESK}seats/{seat.pk}/end/", {**sent, "until": "2026-01-31"})
    seat.refresh_from_db()
    assert seat.until == date(2026, 1, 31)
    assert (
        desk.post(f"{DESK}seats/{seat.pk}/end/", {**sent, "until": "2026-02-01"}).status_code == 409
    )


def test_what_cannot_be_is_said_at_its_field(desk, bohdan):
    council = factories.body(members=2)
    deputy = factories.deputies(council)[0]
    deputy.user = bohdan
    deputy.save()
    for path, sent, field in (
        ("bodies/new/", {"name": "Друга рада", "kind": "council", "membership": "5"}, "kind"),
        ("bodies/new/", {"name": council.name, "kind": "committee", "membership": "5"}, "name"),
        ("factions/new/", {"name": "Рідне місто"}, "name"),
        ("new/", {"name": "Хтось", "since": "2025-11-20", "email": bohdan.email}, "email"),
        ("new/", {"name": "Хтось", "since": "2025-11-20", "email": "ні@ні.укр"}, "email"),
        (f"{deputy.pk}/seats/new/", {"body": council.pk, "since": "2026-01-01"}, "body"),
        # Before the one that they have, and without an end.
        (f"{deputy.pk}/seats/new/", {"body": council.pk, "since": "2019-01-01"}, "body"),
    ):
        answer = desk.post(DESK + path, sent)
        assert answer.status_code == 422, path
        assert list(answer.context["form"].errors) == [field], path
    assert Body.objects.count() == 1


def test_administrators_alone(client, ofi):
    client.force_login(ofi)
    assert client.get(DESK).status_code == 403
    assert client.post(f"{DESK}factions/new/", {"name": "Нова"}).status_code == 403
    assert not Faction.objects.exists()


def test_the_number_of_queries_is_fixed(desk, django_assert_max_num_queries):
    factories.body(members=7)
    desk.get(DESK)
    with django_assert_max_num_queries(10):
        desk.get(DESK)


def sent(desk, path, **changed):
    """The form of a page as it is drawn, with what somebody changes in it."""
    drawn = drawn_form(desk.get(DESK + path), "")
    return desk.post(DESK + path, {**{name: of[-1] for name, of in drawn.items()}, **changed})


def test_a_deputy_is_renamed_moved_and_ended_and_votes_stay(desk, bohdan):
    council = factories.body(members=3)
    meeting = factories.meeting(State.RUNNING, of=council)
    deputy = factories.deputies(council)[0]
    factories.on_item(meeting)
    roll_call = factories.roll_call(meeting)
    rollcalls_actions.enter_vote(roll_call, deputy, by=factories.secretary(), choice="for")
    rollcalls_actions.close_roll_call(roll_call, by=factories.secretary())
    new = Faction.objects.create(name="Спільна дія")

    path = f"{deputy.pk}/edit/"
    assert sent(desk, path, until="2019-01-01").context["form"].errors.keys() == {"until"}
    assert sent(desk, path, email="nobody@viche.example").status_code == 422
    answer = sent(
        desk,
        path,
        name="Бондар-Коваль Олег",
        faction=new.pk,
        email=bohdan.email,
        until="2027-05-01",
    )
    assert answer.status_code == 302
    deputy.refresh_from_db()
    assert (deputy.name, deputy.faction, deputy.user) == ("Бондар-Коваль Олег", new, bohdan)
    assert deputy.seats.get().until == deputy.until == date(2027, 5, 1)
    assert roll_call.votes.get(deputy=deputy).faction.name == "Рідне місто"
    # Their own account is not taken by another; an older form does not save over a newer one.
    assert sent(desk, path, until="").status_code == 302
    assert desk.post(DESK + path, {"name": "Хтось", "drawn_from": "name:0"}).status_code == 409
    assert AuditEntry.objects.filter(event="CouncilChanged").exists()


def test_a_body_is_renamed_and_meets_no_more(desk):
    meeting = factories.meeting(State.ANNOUNCED)
    path = f"bodies/{meeting.body_id}/edit/"
    assert sent(desk, path, membership="4").context["form"].errors.keys() == {"membership"}
    assert sent(desk, path, is_closed="on").context["form"].errors.keys() == {"is_closed"}
    names = {"name": "Рада громади", "name_en": "Community Council"}
    assert sent(desk, path, **names, membership="6").status_code == 302
    planning_actions.cancel(meeting, by=factories.secretary(), reason="Немає кворуму")
    sent(desk, path, is_closed="on")
    body = Body.objects.get()
    assert (body.name, body.membership, body.closed_at is None) == ("Рада громади", 6, False)
    assert "більше не збирається" in desk.get(DESK).text
    assert "Community Council" in Client().get(f"/en/meetings/{meeting.pk}/").text
    factories.body()
    again = desk.get(DESK + path)
    drawn = {name: of[-1] for name, of in drawn_form(again, "").items() if name != "is_closed"}
    assert desk.post(DESK + path, drawn).context["form"].errors.keys() == {"is_closed"}


def test_a_faction_is_renamed(desk):
    factories.body()
    faction = Faction.objects.get()
    Faction.objects.create(name="Інша")
    path = f"factions/{faction.pk}/edit/"
    assert sent(desk, path, name="Інша").status_code == 422
    names = {"name": "Рідне місто – разом", "name_en": "Home Town Together"}
    assert sent(desk, path, **names).status_code == 302
    faction.refresh_from_db()
    assert str(faction) == "Рідне місто – разом"
    with override("en"):
        assert str(faction) == "Home Town Together"


def test_the_chair_changes_on_a_day_and_its_history_stays(desk):
    council = factories.body(members=3)
    first, second, _third = factories.deputies(council)
    path = f"bodies/{council.pk}/chair/"
    stranger = Deputy.objects.create(name="Хтось Інший", since=factories.LONG_AGO)
    for deputy, since in ((stranger, "2026-02-01"), (second, "2019-01-01"), (first, "2026-02-01")):
        answer = desk.post(DESK + path, {"deputy": deputy.pk, "since": since})
        assert answer.context["form"].errors.keys() == {"deputy"}
    for _twice in range(2):
        desk.post(DESK + path, {"deputy": second.pk, "since": "2026-02-01"})
    day, before = date(2026, 2, 1), date(2026, 1, 31)
    chairs = {on: Seat.objects.on(on).get(is_chair=True).deputy for on in (before, day)}
    assert chairs == {before: first, day: second}
    assert {Seat.objects.on(on).count() for on in (before, day)} == {3}
    # On the same day once more: no seat of no day is left.
    desk.post(DESK + path, {"deputy": first.pk, "since": "2026-02-01"})
    assert Seat.objects.on(day).get(is_chair=True).deputy == first
    earlier = desk.post(DESK + path, {"deputy": second.pk, "since": "2026-01-15"})
    assert earlier.context["form"].errors.keys() == {"since"}
