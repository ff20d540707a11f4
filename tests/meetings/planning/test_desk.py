"""Meetings at the desk: prepared, published, edited by two, cancelled, with their record."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localtime

from city.models import District, Street, Theme
from consultations.models import State as ConsultationState
from core.domain import clock as database
from meetings.models import Item, Kind, Meeting, State
from tests import factories as people
from tests.access.editing import drawn_form
from tests.meetings import factories

pytestmark = pytest.mark.django_db
LIST = "/desk/meetings/"


def typed(days: float = 20, hours: float = 3, **more: Any) -> dict[str, Any]:
    """The form of a new session."""
    begins = localtime(database.now()) + timedelta(days=days)
    return {
        "kind": "session",
        "department": factories.department().pk,
        "title": "Пленарне засідання",
        "place": "пл. Рудникова, 1",
        "begins_at": begins.strftime("%Y-%m-%dT%H:%M"),
        "ends_at": (begins + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M"),
        **more,
    }


@pytest.fixture
def desk(client: Any) -> Any:
    """The browser of a secretary."""
    client.force_login(factories.secretary())
    return client


def url(meeting: Meeting, step: str = "") -> str:
    return f"{LIST}{meeting.pk}/{step}"


def test_from_an_empty_form_to_a_published_notice(desk):
    council = factories.body()
    answer = desk.post(f"{LIST}new/", typed())
    meeting = Meeting.objects.get()
    assert answer["Location"] == url(meeting)
    # The only body that holds sessions need not be named.
    assert meeting.body == council
    page = desk.get(url(meeting))
    assert str(page.context["why_not_published"]) in page.text
    assert page.context["why_not_published"]
    assert desk.get(url(meeting, "publish/")).status_code == 403

    desk.post(url(meeting, "items/new/"), {"title": "Про бюджет", "presenter": "Іван Бойко"})
    desk.post(url(meeting, "items/new/"), {"title": "Про дороги"})
    assert [item.title for item in meeting.items.all()] == ["Про бюджет", "Про дороги"]

    published = desk.post(url(meeting, "publish/"))
    assert published.status_code == 302
    meeting.refresh_from_db()
    assert meeting.published_at
    assert not meeting.short_notice_reason
    assert "Керувати" in desk.get(url(meeting)).text


def test_wrong_input_says_what_and_keeps_what_was_typed(desk):
    answer = desk.post(f"{LIST}new/", typed(days=-1, title="Учорашнє"))
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"body"}
    factories.body()
    answer = desk.post(f"{LIST}new/", typed(days=-1, title="Учорашнє"))
    assert answer.context["form"].errors.keys() == {"begins_at"}
    assert "Учорашнє" in answer.text
    assert desk.post(f"{LIST}new/", typed(hours=-1)).context["form"].errors.keys() == {"ends_at"}
    assert desk.post(f"{LIST}new/", {}).status_code == 422
    assert not Meeting.objects.exists()


def test_a_hearing_is_of_no_body(desk):
    council = factories.body()
    answer = desk.post(f"{LIST}new/", typed(kind=Kind.HEARING, body=council.pk))
    assert answer.context["form"].errors.keys() == {"body"}
    desk.post(f"{LIST}new/", typed(kind=Kind.HEARING))
    assert Meeting.objects.get().body is None


def test_short_notice_needs_its_reason(desk):
    meeting = factories.meeting(State.DRAFT)
    page = desk.get(url(meeting, "publish/"))
    assert "280/97-ВР, 46(10)" in page.text
    refused = desk.post(url(meeting, "publish/"))
    assert refused.status_code == 422
    assert refused.context["form"].errors.keys() == {"short_notice_reason"}
    desk.post(url(meeting, "publish/"), {"short_notice_reason": "Аварія на водогоні"})
    meeting.refresh_from_db()
    assert meeting.short_notice_reason == "Аварія на водогоні"


def test_who_has_nothing_to_do_with_it(client, olena, mo, admin):
    meeting = factories.meeting()
    stranger = people.user("strange", role="secretary", department=people.department())
    for who, on_list, on_page in ((olena, 403, 404), (mo, 200, 404), (stranger, 200, 404)):
        client.force_login(who)
        assert client.get(LIST).status_code == on_list
        assert client.get(url(meeting)).status_code == on_page
        assert client.post(url(meeting, "cancel/"), {"reason": "так"}).status_code == 404
    client.force_login(mo)
    assert client.get(f"{LIST}new/").status_code == 403
    client.force_login(stranger)
    foreign = client.post(f"{LIST}new/", typed())
    assert foreign.context["form"].errors.keys() == {"department"}
    client.force_login(admin)
    assert client.get(url(meeting)).status_code == 200


def test_of_two_who_edit_the_second_is_shown_both(desk):
    meeting = factories.meeting()
    page = desk.get(url(meeting, "edit/"))
    sent = {name: values[-1] for name, values in drawn_form(page, "").items()}
    desk.post(url(meeting, "edit/"), {**sent, "place": "Палац культури"})
    second = desk.post(url(meeting, "edit/"), {**sent, "place": "Бібліотека"})
    assert second.status_code == 409
    assert "Палац культури" in second.text
    assert "Бібліотека" in second.text
    meeting.refresh_from_db()
    assert meeting.place == "Палац культури"


def test_an_item_is_tied_by_the_list_or_by_an_address(desk, department):
    meeting = factories.meeting()
    opened = people.consultation(department)
    prepared = people.consultation(department, ConsultationState.PREPARING)
    new = url(meeting, "items/new/")
    assert f'value="consultation:{opened.pk}"' in desk.get(new).text
    desk.post(new, {"title": "Зі списку", "about": f"consultation:{opened.pk}"})
    assert Item.objects.get(title="Зі списку").consultation == opened

    address = f"https://viche.example/en/consultations/{opened.pk}/"
    desk.post(new, {"title": "За адресою", "about_address": address})
    item = Item.objects.get(title="За адресою")
    assert item.consultation == opened
    for wrong in (
        "щось",
        f"/consultations/{prepared.pk}/",
        "/polls/999999999/",
        f"/polls/{'9' * 19}/",
    ):
        answer = desk.post(new, {"title": "Хибно", "about_address": wrong})
        assert answer.context["form"].errors.keys() == {"about_address"}, wrong
    assert not Item.objects.filter(title="Хибно").exists()

    page = desk.get(url(meeting, f"items/{item.pk}/"))
    sent = {name: values[-1] for name, values in drawn_form(page, "").items()}
    desk.post(url(meeting, f"items/{item.pk}/"), {**sent, "title": "Ні про що", "about": ""})
    item.refresh_from_db()
    assert (item.title, item.consultation) == ("Ні про що", None)


def test_items_are_moved_deleted_and_dropped(desk):
    meeting = factories.meeting(State.DRAFT)
    first, second, third = meeting.items.all()
    desk.post(url(meeting, f"items/{third.pk}/move/"), {"up": "1"})
    desk.post(url(meeting, f"items/{first.pk}/move/"), {"down": "1"})
    desk.post(url(meeting, f"items/{second.pk}/delete/"))
    assert list(meeting.items.values_list("pk", "order")) == [(third.pk, 1), (first.pk, 2)]
    assert desk.post(url(meeting, f"items/{first.pk}/drop/")).status_code == 403

    desk.post(url(meeting, "publish/"), {"short_notice_reason": "Терміново"})
    assert desk.post(url(meeting, f"items/{first.pk}/delete/")).status_code == 403
    desk.post(url(meeting, f"items/{first.pk}/drop/"))
    assert meeting.items.get(pk=first.pk).state == Item.State.DROPPED
    assert "<del>" in desk.get(url(meeting)).text


def test_an_item_is_moved_over_many_at_once(desk):
    meeting = factories.meeting(State.DRAFT)
    first, second, third = meeting.items.all()
    assert "<option selected>3</option>" in desk.get(url(meeting)).text
    answer = desk.post(url(meeting, f"items/{third.pk}/move/"), {"to": "1"})
    assert answer["Location"].endswith(f"#item-{third.pk}")
    assert list(meeting.items.values_list("pk", flat=True)) == [third.pk, first.pk, second.pk]
    for wrong in ("", "0", "4", "перше", "99999999999999999999"):
        assert desk.post(url(meeting, f"items/{third.pk}/move/"), {"to": wrong}).status_code == 403
    assert list(meeting.items.values_list("pk", flat=True)) == [third.pk, first.pk, second.pk]


def test_cancelled_with_a_reason_and_a_draft_thrown_away(desk):
    meeting, draft = factories.meeting(), factories.meeting(State.DRAFT, title="Чернетка")
    assert desk.post(url(meeting, "cancel/"), {"reason": " "}).status_code == 422
    desk.post(url(meeting, "cancel/"), {"reason": "Немає світла"})
    assert "Немає світла" in desk.get(url(meeting)).text
    assert desk.post(url(meeting, "discard/")).status_code == 403
    assert "Чернетка" in desk.get(url(draft, "discard/")).text
    desk.post(url(draft, "discard/"))
    assert not Meeting.objects.filter(pk=draft.pk).exists()


def test_the_record_and_what_is_late(desk, clock):
    meeting = factories.meeting(State.CLOSED)
    clock.advance(days=3)
    late = desk.get(LIST)
    assert [row.deadline.kind for row in late.context["late"]] == ["meeting-video"]
    page = desk.get(url(meeting))
    assert {each.due.code for each in page.context["due"] if each.is_late} >= {"video"}
    assert "280/97-ВР, 46(18)" in page.text

    assert desk.post(url(meeting, "video/"), {"url": "так"}).status_code == 422
    drawn = drawn_form(desk.get(url(meeting, "video/")), "")
    sent = {name: values[-1] for name, values in drawn.items()}
    desk.post(url(meeting, "video/"), {**sent, "url": "https://video.example/1"})
    meeting.refresh_from_db()
    assert meeting.video_url == "https://video.example/1"
    # Of two who say where it is the second is shown the first one's address.
    again = desk.post(url(meeting, "video/"), {**sent, "url": "https://video.example/2"})
    assert again.status_code == 409
    # Done late is red for ever.
    done = next(each for each in desk.get(url(meeting)).context["due"] if each.due.code == "video")
    assert done.was_late
    assert desk.get(f"{LIST}?list=over").text.count("Сесія міської ради")


def test_a_form_that_comes_twice_makes_one(desk):
    factories.body()
    page = desk.get(f"{LIST}new/")
    key = page.text.partition('name="idempotency_key" value="')[2].partition('"')[0]
    sent = typed(idempotency_key=key)
    first, second = desk.post(f"{LIST}new/", sent), desk.post(f"{LIST}new/", sent)
    assert first["Location"] == second["Location"]
    assert Meeting.objects.count() == 1


def test_the_number_of_queries_is_fixed(desk, django_assert_max_num_queries):
    meetings = [factories.meeting(items=6) for _each in range(3)]
    desk.get(LIST)  # the session is read once for itself
    with django_assert_max_num_queries(10):
        desk.get(LIST)
    with django_assert_max_num_queries(12):
        desk.get(url(meetings[0]))


def test_what_it_is_about_is_shown_and_narrows_the_list(desk, client):
    factories.body()
    district = District.objects.create(slug="stepove", name="Степове")
    street = Street.objects.create(slug="stepova", name="вулиця Степова", district=district)
    theme = Theme.objects.create(slug="transport", name="Транспорт")
    about = {"district": district.pk, "themes": [theme.pk], "streets": "вул. Степова"}
    desk.post(f"{LIST}new/", typed(**about))
    meeting = Meeting.objects.get()
    assert list(meeting.streets.all()) == [street]
    form = desk.get(url(meeting, "edit/")).context["form"]
    assert form["streets"].value() == "вулиця Степова (Степове)"
    Item.objects.create(meeting=meeting, order=1, title="Про міст")
    desk.post(url(meeting, "publish/"))
    page = client.get(f"/meetings/{meeting.pk}/").text
    assert "вулиця Степова" in page
    assert "?theme=transport" in page
    other = factories.meeting(items=1)
    for asked in ("district=stepove", "theme=transport"):
        listed = client.get(f"/meetings/?{asked}").context["page"]
        assert [shown.meeting for shown in listed] == [meeting]
        (found,) = client.get(f"/api/v1/meetings/?{asked}").json()["results"]
        assert found["district"]["slug"] == "stepove"
        assert [street["slug"] for street in found["streets"]] == ["stepova"]
    assert client.get(f"/api/v1/meetings/{other.pk}/").json()["district"] is None
