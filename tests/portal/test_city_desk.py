"""The council's own data, edited at the desk and seen everywhere."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from city.models import (
    AgeGroup,
    Change,
    Council,
    Department,
    District,
    MartialLawPeriod,
    Street,
    Theme,
)
from consultations.models import Procedure
from core.domain.calendar import WorkCalendar
from tests import factories
from tests.access.editing import drawn_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, admin):
    client.force_login(admin)
    return client


def save(client: Client, name: str, /, *args: Any, **typed: Any) -> Any:
    """Open a page of the desk, type into its form, send it."""
    address = reverse(name if ":" in name else f"city_desk:{name}", args=args)
    return client.post(address, drawn_form(client.get(address), address) | typed)


def test_another_telephone_is_on_pages_at_once_and_leaves_a_trace(desk, admin):
    anonymous = Client()
    before = Council.objects.get().phone
    assert before in anonymous.get("/").text
    assert save(desk, "council", phone="(056) 111-22-33").status_code == 302
    for reader in (anonymous, desk):
        page = reader.get("/").text
        assert "(056) 111-22-33" in page
        assert before not in page
    change = Change.objects.get()
    assert (change.by, change.values) == (admin.pk, {"phone": [before, "(056) 111-22-33"]})
    trace = desk.get(reverse("city_desk:changes")).text
    assert before in trace
    assert admin.get_full_name() in trace


def test_of_two_who_edit_the_second_sees_the_first(desk, admin):
    address = reverse("city_desk:council")
    drawn = drawn_form(desk.get(address), address)
    save(desk, "council", phone="(056) 111-22-33")
    answer = desk.post(address, drawn | {"address": "вул. Інша, 2"})
    assert answer.status_code == 409
    assert admin.get_full_name() in answer.text
    assert Council.objects.get().address != "вул. Інша, 2"


def test_a_department_is_added_renamed_closed_and_opened(desk, department):
    made = save(desk, "new_row", "departments", name="Управління зв’язку", phone="1", email="")
    assert made.status_code == 302
    row = Department.objects.get(slug="upravlinnia-zviazku")
    save(desk, "row", "departments", row.pk, name="Управління транспорту")
    row.refresh_from_db()
    assert (row.name, row.slug) == ("Управління транспорту", "upravlinnia-zviazku")
    close = reverse("city_desk:close_row", args=["departments", row.pk])
    desk.post(close)
    assert Department.objects.open().get() == department
    assert desk.post(close).status_code == 403
    desk.post(close, {"open": "on"})
    assert Department.objects.open().count() == 2


def test_a_name_that_is_taken_is_said_at_its_field(desk, department):
    answer = save(desk, "new_row", "departments", name=department.name)
    assert answer.status_code == 422
    assert "Така назва в переліку вже є" in answer.text


def test_what_is_used_is_not_removed_and_what_is_not_is(desk, department):
    theme = Theme.objects.create(slug="water", name="Вода")
    factories.consultation(department, "open").themes.add(theme)
    used = reverse("city_desk:remove_row", args=["themes", theme.pk])
    answer = desk.post(used)
    assert answer.status_code == 409
    assert "На це вже щось посилається" in answer.text
    assert Theme.objects.get().consultation_set.exists()
    free = District.objects.create(slug="one", name="Перший")
    desk.post(reverse("city_desk:remove_row", args=["districts", free.pk]))
    assert not District.objects.exists()


def test_what_is_closed_is_offered_for_nothing_new_and_stays_named(desk, department, ofi):
    other = Department.objects.create(slug="other", name="Закрите управління")
    theme = Theme.objects.create(slug="water", name="Закрита тема")
    kept = factories.consultation(other, "preparing")
    kept.themes.add(theme)
    for plural, row in (("departments", other), ("themes", theme)):
        close = reverse("city_desk:close_row", args=[plural, row.pk])
        asked = desk.post(close)  # its consultation passes to nobody
        if plural == "departments":
            seen = asked.context["form"]["seen"].value()
            desk.post(close, {"seen": seen, "to_all": "keep"})
    new = desk.get(reverse("desk:new")).text
    assert department.name in new
    assert "Закрите управління" not in new
    assert "Закрита тема" not in new
    edited = desk.get(reverse("desk:edit", args=[kept.pk])).text
    assert "Закрите управління" in edited
    assert "Закрита тема" in edited


def test_ages_are_set_and_emptied(desk):
    save(desk, "ages", from_14="200", from_18="8100")
    assert dict(AgeGroup.objects.values_list("since", "population")) == {14: 200, 18: 8100}
    save(desk, "ages", from_14="")
    assert AgeGroup.objects.get().since == 18


def test_the_end_of_martial_law_is_stored_after_its_deadlines_were_shown(desk, department):
    opened = factories.consultation(department, "open")
    period = MartialLawPeriod.objects.get()
    due = opened.procedure.report_period.last_day(
        opened.last_day, WorkCalendar([(period.starts_on, None)])
    )
    opened.report_due_on = due
    opened.save()
    ends_on = opened.last_day.isoformat()
    shown = save(desk, "period", period.pk, ends_on=ends_on)
    assert shown.status_code == 200
    assert opened.title in shown.text
    assert MartialLawPeriod.objects.get().ends_on is None
    address = reverse("city_desk:period", args=[period.pk])
    assert desk.post(address, drawn_form(shown, address)).status_code == 302
    assert MartialLawPeriod.objects.get().ends_on == date.fromisoformat(ends_on)
    opened.refresh_from_db()
    assert opened.report_due_on > due


def test_periods_share_no_day(desk):
    answer = save(desk, "new_period", starts_on="2030-01-01", act="Указ")
    assert answer.status_code == 422
    assert MartialLawPeriod.objects.count() == 1


def test_colours_that_cannot_be_read_are_not_stored(desk):
    answer = save(desk, "looks", brand="#e07a5f")
    assert answer.status_code == 422
    assert "4,5 : 1" in answer.text
    assert not Council.objects.get().brand
    save(desk, "looks", brand="#0b4f8a")
    sheet = f"/city/colours/{Council.objects.get().colours_version}.css"
    page = Client().get("/").text
    assert sheet in page
    assert 'content="#0b4f8a"' in page
    assert "--ore:#0b4f8a" in Client().get(sheet).text
    assert Client().get("/city/colours/0123456789abcdef.css").status_code == 404


def test_the_colour_of_dark_pages_may_be_entered_and_is_seen_before_it_is_saved(desk):
    answer = save(desk, "looks", brand="#0b4f8a", brand_dark="#0b4f8a")
    assert answer.status_code == 422
    assert "#0b4f8a занадто темний для темних сторінок" in answer.text
    address = reverse("city_desk:looks")
    typed = drawn_form(answer, address) | {"brand_dark": "#ffc0cb"}
    shown = desk.post(f"{address}?preview=1", typed)
    assert shown.status_code == 200
    assert shown.text.count('<path fill="#0b4f8a"') == shown.text.count('<path fill="#ffc0cb"') == 2
    assert not Council.objects.get().brand
    assert desk.post(address, drawn_form(shown, address)).status_code == 302
    row = Council.objects.get()
    sheet = Client().get(f"/city/colours/{row.colours_version}.css").text
    assert sheet.count("--ore:#ffc0cb;") == 2, "by the device, by the switch"
    with pytest.raises(IntegrityError, match="council_dark_colour"), transaction.atomic():
        Council.objects.update(brand_dark="pink")


def upload(client: Client, content: bytes, name: str = "arms.svg") -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("city_desk:arms"), {"file": file})


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">%s</svg>'


def test_arms_are_written_anew_and_kept_by_their_version(desk):
    drawn = SVG % '<!-- x --><g id="a" data-x="1"><path d="M0 0h9v9z" fill="#123456"/></g>'
    assert upload(desk, drawn.encode()).status_code == 302
    version = Council.objects.get().arms_version
    page = Client().get("/").text
    assert f'src="/city/arms/{version}"' in page
    answer = Client().get(f"/city/arms/{version}")
    assert "<!--" not in answer.text
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "immutable" in answer.headers["Cache-Control"]
    photo = BytesIO()
    Image.new("RGB", (900, 300)).save(photo, "JPEG")
    upload(desk, photo.getvalue(), "arms.png")
    answer = Client().get(f"/city/arms/{Council.objects.get().arms_version}")
    assert Image.open(BytesIO(answer.content)).size == (512, 171)
    desk.post(reverse("city_desk:remove_arms"))
    assert "/city/arms/" not in Client().get("/").text


def test_words_behind_what_is_left_out_stay(desk):
    upload(desk, (SVG % "<text>Рада<!-- x --> міста</text>").encode())
    address = reverse("council-arms", args=[Council.objects.get().arms_version])
    assert "<text>Рада міста</text>" in Client().get(address).text


def test_what_entities_make_large_is_refused(desk):
    """In another encoding, with the letters that are looked for in a word of it."""
    entities = f'<!ENTITY a "{"x" * 10_000}"><!ENTITY b "{"&a;" * 8}">'
    drawn = SVG % f'<desc>\u733c\u6776</desc><path d="{"&b;" * 5}"/>'
    utf_16 = f'<?xml version="1.0" encoding="utf-16"?><!DOCTYPE svg [{entities}]>{drawn}'
    assert upload(desk, utf_16.encode("utf-16")).status_code == 422


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<path d="M0 0" onclick="alert(1)"/>',
        '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>',
        '<image href="https://evil.example/x.png"/>',
        '<use href="https://evil.example/x.svg#a"/>',
        '<use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="data:image/svg+xml,x"/>',
        '<path d="M0 0" style="fill:url(https://evil.example/#a)"/>',
        "<style>@import 'https://evil.example/x.css';</style>",
        "<style>path { background: u\\72l(x) }</style>",
        '<animate attributeName="href" to="javascript:alert(1)"/>',
        '<set attributeName="onload" to="alert(1)"/>',
        '<a href="javascript:alert(1)"><path d="M0 0"/></a>',
        "<style><title/>@import url('https://evil.example/x.css');</style>",
        "<style><!-- --> path { fill: url(https://evil.example/#a) }</style>",
        '<path d="M0 0" style="fill: image-set(\'//evil.example/x\' 1x)"/>',
    ],
)
def test_an_svg_that_could_do_anything_but_draw_is_refused(desk, inside):
    before = Council.objects.get().arms_version
    assert upload(desk, (SVG % inside).encode()).status_code == 422
    assert Council.objects.get().arms_version == before


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"<svg",
        b"<html><svg></svg></html>",
        b'<!DOCTYPE svg [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><svg xmlns="http://www.w3.org/2000/'
        b'svg" viewBox="0 0 1 1"><title>&b;</title></svg>',
        (SVG % "<path/>").encode() + b" " * 300_001,
    ],
)
def test_what_is_no_picture_is_refused(desk, content):
    assert upload(desk, content).status_code == 422


def test_a_procedure_is_added_and_one_in_use_keeps_its_words(desk, department):
    used = factories.consultation(department, "open").procedure
    address = f"{reverse('desk:new_procedure')}?like={used.code}"
    form = drawn_form(desk.get(address), address)
    made = desk.post(address, form | {"name": "Порядок ради", "legal_basis": "Рішення № 1"})
    assert made.status_code == 302
    assert Procedure.objects.get(code="poriadok-rady").shortest == used.shortest
    save(desk, "desk:procedure", used.pk, note="Нове зауваження", name="Інша", name_en="Draft")
    name = used.name
    used.refresh_from_db()
    assert (used.note, used.name, used.name_en) == ("Нове зауваження", name, "Draft")
    desk.post(reverse("desk:force_procedure", args=[used.pk]))
    used.refresh_from_db()
    assert not used.in_force


def test_only_administrators(client, ofi, mo):
    for person in (ofi, mo):
        client.force_login(person)
        for name in (
            *("index", "council", "looks", "ages", "changes", "periods", "new_period"),
            *("elections", "new_election"),
        ):
            assert client.get(reverse(f"city_desk:{name}")).status_code == 403
        assert client.get(reverse("desk:procedures")).status_code == 403


def test_the_budget(desk, django_assert_num_queries, department):
    for name in ("index", "changes"):
        desk.get(reverse(f"city_desk:{name}"))
    with django_assert_num_queries(13):
        desk.get(reverse("city_desk:index"))


def test_a_name_is_one_line(desk):
    """It stands in the sender of every mail, where the end of a line would stop it."""
    save(desk, "council", council="Степова рада\nBcc: evil@example.com")
    assert Council.objects.get().council == "Степова рада Bcc: evil@example.com"
    save(desk, "new_row", "themes", name="Вода\r\nта ліс")
    assert Theme.objects.get().name == "Вода та ліс"


def test_an_address_of_arms_that_no_database_takes_is_none(db):
    assert Client().get(reverse("council-arms", args=["\0.svg"])).status_code == 404


def test_a_street_is_added_found_changed_and_closed(desk, admin):
    district = District.objects.create(slug="tsentr", name="Центр")
    made = save(
        desk,
        "new_row",
        "streets",
        name="вулиця Соборності",
        district=district.pk,
        former_names="вулиця Леніна\r\n\r\n вулиця  Старопоштова ",
    )
    assert made.status_code == 302
    street = Street.objects.get(slug="vulytsia-sobornosti")
    assert street.former_names == ["вулиця Леніна", "вулиця Старопоштова"]
    listed = reverse("city_desk:rows", args=["streets"])
    for asked in ("соборност", "вул. Леніна", "Старопоштова"):
        assert "вулиця Соборності" in desk.get(listed, {"q": asked}).text
    assert "вулиця Соборності" not in desk.get(listed, {"q": "Рудна"}).text
    save(desk, "row", "streets", street.pk, latitude="47.9", longitude="33.4")
    street.refresh_from_db()
    assert (street.latitude, street.longitude, street.district) == (47.9, 33.4, district)
    assert Change.objects.latest("pk").values == {
        "latitude": [None, 47.9],
        "longitude": [None, 33.4],
    }
    before = Change.objects.count()
    save(desk, "row", "streets", street.pk)
    assert Change.objects.count() == before
    assert "Старопоштова" in desk.get(reverse("city_desk:changes")).text
    desk.post(reverse("city_desk:close_row", args=["streets", street.pk]))
    assert "вулиця Соборності" not in desk.get(listed).text
    assert "вулиця Соборності" in desk.get(listed, {"closed": "on"}).text


def test_a_street_of_the_same_name_is_refused_in_its_district_alone(desk):
    district = District.objects.create(slug="tsentr", name="Центр")
    Street.objects.create(slug="sadova", name="вулиця Садова", district=district)
    answer = save(desk, "new_row", "streets", name="вулиця Садова", district=district.pk)
    assert answer.status_code == 422
    assert "вже є" in answer.text
    assert save(desk, "new_row", "streets", name="вулиця Садова").status_code == 302
    half = save(desk, "new_row", "streets", name="вулиця Нова", latitude="47")
    assert "обидві координати" in half.text


def test_streets_are_listed_a_page_at_a_time_by_their_own_names(desk, django_assert_num_queries):
    for number in range(60):
        Street.objects.create(slug=f"s{number}", name=f"вулиця {number}-ї Дивізії")
    Street.objects.create(slug="a", name="проспект Абрикосовий")
    listed = reverse("city_desk:rows", args=["streets"])
    desk.get(listed)
    with django_assert_num_queries(5):
        first = desk.get(listed)
    assert first.text.count("<tr>") == 51
    second = desk.get(f"{listed}{first.context['next_url']}")
    assert second.text.count("<tr>") == 12
    assert second.text.rstrip().count("проспект Абрикосовий") == 1


def test_a_department_registers_appeals(desk, department):
    save(desk, "row", "departments", department.pk, registers_appeals="on")
    department.refresh_from_db()
    assert department.registers_appeals
    trace = desk.get(reverse("city_desk:changes")).text
    assert "реєструє звернення" in trace
