"""The desk's table of dispositions: filled in place, never over another, many rows at once."""

from __future__ import annotations

import pytest
from django.urls import reverse
from lxml import html

from consultations.dispositions import actions
from consultations.dispositions.models import Disposition, SavedText
from consultations.remarks import actions as speaking
from core.web.optimistic_lock import CARRIED
from tests import factories

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def remark(opened, olena):
    return speaking.remark(opened, by=olena, text="Зробіть майданчик до 23:00")


@pytest.fixture
def others(opened, bohdan):
    return [speaking.remark(opened, by=bohdan, text=f"Слово {n}") for n in range(3)]


def table(opened) -> str:
    return reverse("desk:table", args=[opened.pk])


def address(remark) -> str:
    return reverse("desk:table_row", args=[remark.consultation_id, remark.pk])


def fields_of(client, page: str, remark) -> dict[str, str]:
    """What the row's form would send, as it was drawn."""
    [form] = html.fromstring(client.get(page).text).xpath(f'//tr[@id="row-{remark.pk}"]//form')
    return {name: value or "" for name, value in form.form_values()}


def fill(client, opened, remark, **values):
    drawn = fields_of(client, table(opened), remark)
    return drawn | {f"r{remark.pk}-{name}": value for name, value in values.items()}


def row(remark) -> Disposition:
    return Disposition.objects.get(pk=remark.pk)


def test_a_row_is_filled_without_a_script(client, remark, opened, ofi):
    client.force_login(ofi)
    sent = fill(client, opened, remark, kind="partly", reason="До 22:30", resulting="п. 2")
    response = client.post(address(remark) + "?state=empty", sent)
    assert response["Location"].endswith(f"?state=empty&done=settle%3A{remark.pk}#row-{remark.pk}")
    clause = opened.draft.versions.get().clauses.get(number="2")
    assert (row(remark).kind, row(remark).reason) == ("partly", "До 22:30")
    assert row(remark).resulting_key == clause.key
    assert f"table:{ofi.pk}:settle:{remark.pk}:reason" in client.get(response["Location"]).text
    assert client.get(table(opened)).text.count('value="partly"') == 1


def test_a_row_is_saved_and_approved(client, remark, opened, ofi):
    client.force_login(ofi)
    sent = fill(client, opened, remark, kind="rejected", approve="1")
    refused = client.post(address(remark), sent | {"approve": "1"})
    assert refused.status_code == 422
    assert not Disposition.objects.exists()
    sent[f"r{remark.pk}-reason"] = "Тиша з 22:00"
    response = client.post(address(remark), sent | {"approve": "1"}, headers=HTMX)
    assert response.status_code == 200
    assert response.text.strip().startswith(f'<tr id="row-{remark.pk}"')
    assert row(remark).approved_at


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_of_two_officers_the_second_sees_both_texts(client, remark, opened, ofi, admin, headers):
    client.force_login(ofi)
    sent = fill(client, opened, remark, kind="rejected", reason="Мої слова")
    actions.settle(remark, by=admin, kind="accepted", reason="Інші слова")
    response = client.post(address(remark), sent, headers=headers)
    assert response.status_code == 409
    for words in ("Мої слова", "Інші слова", admin.get_full_name()):
        assert words in response.text
    assert row(remark).reason == "Інші слова"
    # Knowingly, then.
    name = f"r{remark.pk}-{CARRIED}"
    found = html.fromstring(response.text).xpath(f'//input[@name="{name}"]/@value')
    again = client.post(address(remark), sent | {name: found[0]}, headers=headers)
    assert again.status_code in (200, 302)
    assert row(remark).reason == "Мої слова"


def test_what_cannot_be_stored_stays_in_the_row(client, remark, opened, ofi):
    client.force_login(ofi)
    sent = fill(client, opened, remark, reason="б" * 5001, resulting="п. 99")
    response = client.post(address(remark), sent)
    assert response.status_code == 422
    assert "п. 99" in response.text
    assert "б" * 5001 in response.text
    assert not Disposition.objects.exists()


def test_a_saved_reason_is_added(client, remark, opened, ofi, department):
    saved = SavedText.objects.create(department=department, title="Тиша", text="Тиша з 22:00.")
    client.force_login(ofi)
    sent = fill(client, opened, remark, kind="rejected", reason="Ні.", saved=str(saved.pk))
    client.post(address(remark), sent)
    assert row(remark).reason == "Ні.\nТиша з 22:00."


def test_nothing_is_taken_note_of_that_proposes_a_wording(client, opened, olena, ofi):
    clause = opened.draft.versions.get().clauses.get(number="2")
    wording = speaking.remark(
        opened, by=olena, text="Так", kind="wording", clause_id=clause.pk, proposal="До 23:00"
    )
    client.force_login(ofi)
    assert 'value="noted"' not in client.get(table(opened)).text
    sent = fill(client, opened, wording, kind="noted", reason="До відома")
    assert client.post(address(wording), sent).status_code == 422


def shown(client, opened, query: str) -> set[int]:
    page = html.fromstring(client.get(f"{table(opened)}?{query}").text)
    return {int(found.removeprefix("row-")) for found in page.xpath("//tr[@data-row]/@id")}


def test_filters(client, remark, others, opened, ofi, stranger):
    client.force_login(ofi)
    first, second, third = others
    actions.settle(first, by=ofi, kind="accepted")
    actions.settle(second, by=ofi, kind="rejected")
    actions.approve(first, by=ofi)
    actions.assign(opened, [third.pk], by=ofi, person_id=ofi.pk)
    theirs = stranger.grants.get().department_id
    actions.assign(opened, [remark.pk], by=ofi, department_id=theirs)
    first.number, first.consultation = 7, opened
    type(first).objects.filter(pk=first.pk).update(number=7)
    for query, found in {
        "state=empty": {remark.pk, third.pk},
        "state=unexplained": {second.pk},
        "state=decided": set(),
        "state=approved": {first.pk},
        "whose=mine": {third.pk},
        "whose=nobody": {first.pk, second.pk},
        f"whose={theirs}": {remark.pk},
        "q=майданчика": {remark.pk},
        "q=№ 7": {first.pk},
        "source=letter": set(),
        "kind=question": set(),
        "state=x&clause=y&whose=z&after=%00": {remark.pk, first.pk, second.pk, third.pk},
    }.items():
        assert shown(client, opened, query) == found, query


def test_clauses_of_the_filter_have_their_numbers(client, remark, others, opened, ofi):
    client.force_login(ofi)

    def offered(query: str) -> dict[str, str]:
        page = html.fromstring(client.get(f"{table(opened)}?{query}").text)
        options = page.xpath("//select[@name='clause']/option")
        return {each.get("value"): " ".join(each.text.split()) for each in options}

    first, second = opened.draft.versions.get().clauses.exclude(label="")[:2]
    for _time in range(2):
        speaking.remark(opened, by=ofi, text="Про пункт", clause_id=first.pk)
    found = offered("")
    assert found.pop("") == "увесь проєкт і всі пункти"
    assert found.pop("removed") == "у тексті більше немає"
    assert found == {str(first.key): f"{first.label} (2)"}
    assert offered("state=approved").keys() == {"", "removed"}
    assert offered(f"clause={second.key}")[str(second.key)] == f"{second.label} (0)"


def test_whom_rows_were_given_to_sees_these_alone(client, remark, others, opened, ofi, stranger):
    client.force_login(stranger)
    assert client.get(table(opened)).status_code == 403
    actions.assign(opened, [remark.pk], by=ofi, department_id=stranger.grants.get().department_id)
    assert shown(client, opened, "") == {remark.pk}
    sent = fill(client, opened, remark, kind="accepted")
    assert client.post(address(remark), sent).status_code == 302
    assert client.post(address(others[0]), {}).status_code == 404


def many(opened, what: str, query: str) -> str:
    return f"{reverse(f'desk:{what}', args=[opened.pk])}?{query}"


def test_many_rows_alike_by_their_confirmed_number(client, remark, others, opened, ofi, bohdan):
    client.force_login(ofi)
    actions.settle(remark, by=ofi, kind="accepted")
    page = many(opened, "settle_many", "of=all")
    text = client.get(page).text
    assert 'name="bulk-confirmed" value="4"' in text
    speaking.remark(opened, by=bohdan, text="Ще слово")
    sent = {"bulk-kind": "rejected", "bulk-reason": "Ні", "bulk-confirmed": "4"}
    refused = client.post(page, sent)
    assert refused.status_code == 422
    assert 'value="5"' in refused.text
    assert Disposition.objects.count() == 1
    assert client.post(page, sent | {"bulk-confirmed": "5"}).status_code == 302
    assert Disposition.objects.filter(kind="rejected", reason="Ні").count() == 4
    assert row(remark).kind == "accepted"
    # What is filled is replaced after a question alone, which names how many rows.
    sent |= {"bulk-reason": "Зовсім ні", "bulk-overwrites": "on", "bulk-confirmed": "5"}
    asked = client.post(page, sent)
    assert asked.status_code == 422
    assert "в 5 заповнених рядках" in asked.text
    assert 'name="bulk-replaces" value="5"' in asked.text
    assert row(remark).kind == "accepted"
    assert client.post(page, sent | {"bulk-replaces": "4"}).status_code == 422
    assert client.post(page, sent | {"bulk-replaces": "5"}).status_code == 302
    assert Disposition.objects.filter(reason="Зовсім ні").count() == 5
    ticked = f"remark={others[0].pk}&remark={others[1].pk}&of=ticked&remark=x"
    assert client.post(many(opened, "approve_many", ticked), {"confirmed": "2"}).status_code == 302
    assert Disposition.objects.filter(approved_at__isnull=False).count() == 2
    assert client.post(many(opened, "approve_many", "of=ticked"), {}).status_code == 422


def test_rows_are_given_until_a_day(client, remark, others, opened, ofi, stranger):
    client.force_login(ofi)
    page = many(opened, "assign", f"of=ticked&remark={remark.pk}")
    theirs = stranger.grants.get().department_id
    both = {"person": ofi.pk, "department": theirs, "confirmed": "1"}
    assert client.post(page, both).status_code == 422
    sent = {"department": theirs, "due_on": "2030-01-15", "confirmed": "1"}
    assert client.post(page, sent).status_code == 302
    remark.refresh_from_db()
    assert (remark.assignment.department_id, remark.assignment.due_on.year) == (theirs, 2030)


def test_asks_no_more_of_many_rows(client, opened, remark, others, bohdan, ofi, settled_queries):
    few = settled_queries(client, ofi, table(opened))
    for n in range(30):
        made = speaking.remark(opened, by=bohdan, text=f"Ще слово {n}")
        actions.settle(made, by=ofi, kind="rejected", reason="Ні")
        actions.assign(opened, [made.pk], by=ofi, person_id=ofi.pk)
    assert settled_queries(client, ofi, table(opened)) == few <= 15


@pytest.fixture
def settled_queries(django_assert_max_num_queries):
    def count(client, user, page: str) -> int:
        client.force_login(user)
        client.get(page)
        with django_assert_max_num_queries(100) as asked:
            assert client.get(page).status_code == 200
        return len(asked)

    return count


def test_texts_of_a_department(client, ofi, stranger, department):
    client.force_login(ofi)
    new = reverse("desk:new_text", args=[department.pk])
    sent = {"use": "reason", "title": "Тиша", "text": "Тиша з 22:00."}
    assert client.post(new, sent).status_code == 302
    assert client.post(new, sent).status_code == 422
    saved = SavedText.objects.get()
    page = reverse("desk:saved_text", args=[department.pk, saved.pk])
    [form] = html.fromstring(client.get(page).text).xpath("//main//form")
    drawn = dict(form.form_values())
    assert client.post(page, drawn | {"text": "Тиша з 23:00."}).status_code == 302
    assert client.post(page, drawn | {"text": "Тиша з 21:00."}).status_code == 409
    assert SavedText.objects.get().text == "Тиша з 23:00."
    approval = reverse("desk:approval", args=[department.pk])
    assert client.post(approval, {"needs_another_person": "on"}).status_code == 302
    assert actions.needs_another_person(department.pk)
    delete = reverse("desk:delete_text", args=[department.pk, saved.pk])
    client.force_login(stranger)
    assert client.post(delete).status_code == 403
    client.force_login(ofi)
    assert client.post(delete).status_code == 302
    assert not SavedText.objects.exists()


def test_saved_replies_stand_above_the_remarks(client, remark, opened, ofi, department):
    client.force_login(ofi)
    page = reverse("desk:remarks", args=[opened.pk])
    assert "Збережені відповіді" not in client.get(page).text
    SavedText.objects.create(department=department, use="reply", title="Подяка", text="Дякуємо!")
    assert "Дякуємо!" in client.get(page).text


def test_a_row_shows_its_history(client, remark, others, opened, department, ofi, stranger, olena):
    secretary = factories.user("secretary", role="secretary", department=department)
    actions.settle(remark, by=ofi, kind="rejected", reason="Тиша з 22:00")
    actions.assign(opened, [remark.pk], by=ofi, person_id=secretary.pk)
    actions.approve(remark, by=secretary)
    actions.settle(others[0], by=ofi, kind="accepted")
    address = reverse("desk:row_history", args=[opened.pk, remark.pk])
    client.force_login(ofi)
    assert address in client.get(table(opened)).text
    page = client.get(address)
    assert [(each.by, each.to) for each in page.context["page"]] == [
        (secretary, ""),
        (ofi, secretary.get_full_name()),
        (ofi, ""),
    ]
    assert page.text.count("<li>") >= 3
    assert ofi.get_full_name() in page.text
    client.force_login(stranger)
    assert client.get(address).status_code == 403
    client.force_login(olena)
    assert client.get(address).status_code == 403
