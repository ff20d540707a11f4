"""Who sits in the council, kept by administrators at the desk."""

from __future__ import annotations

from datetime import date

import pytest

from meetings.models import Body, Deputy, Faction, Seat
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
