"""The official reply: by an officer of the department, at any time; from the desk's table."""

from __future__ import annotations

import pytest
from django.db import connection
from django.urls import reverse
from lxml import html

from consultations.events import RemarkAnswered
from consultations.remarks import actions
from consultations.remarks.views_desk import PAGE_SIZE
from discussions import actions as discussion
from discussions.events import CommentPosted
from discussions.models import Comment

pytestmark = pytest.mark.django_db


@pytest.fixture
def remark(opened, olena):
    return actions.remark(opened, by=olena, text="Слово")


def is_answered(remark) -> bool:
    return Comment.objects.get(pk=remark.pk).is_answered


def test_answers_for_the_council(remark, opened, ofi, emitted):
    answer = actions.answer(remark, by=ofi, text="Враховано")
    assert (answer.is_official, answer.parent_id) == (True, remark.pk)
    assert is_answered(remark)
    assert emitted == [
        CommentPosted(answer.pk, opened.thread_id, remark.pk, ofi.pk),
        RemarkAnswered(remark.pk, opened.pk, ofi.pk, answer.pk),
    ]


def test_a_second_officer_is_told_of_the_first_reply(remark, ofi, admin, refused):
    first = actions.answer(remark, by=admin, text="Відповідь А")
    with refused("remark.answered_meanwhile"):
        actions.answer(remark, by=ofi, text="Відповідь Б")
    # Who has read it may add to it.
    assert actions.answer(remark, by=ofi, text="І ще", seen=first.pk)
    assert Comment.objects.filter(parent=remark.pk).count() == 2


def test_also_after_the_close(remark, opened, ofi, clock):
    clock.set(opened.closes_at)
    assert actions.answer(remark, by=ofi, text="Враховано")


def test_is_for_the_department_alone(remark, olena, mo, stranger, refused):
    for person in (olena, mo, stranger):
        with refused("consultation.officers_only"):
            actions.answer(remark, by=person, text="Враховано")
    assert not is_answered(remark)


def test_what_is_hidden_is_not_answered(remark, ofi, mo, refused):
    discussion.hide(remark.comment, by=mo, reason="spam", note="Порушує правила")
    with refused("comment.gone"):
        actions.answer(remark, by=ofi, text="Враховано")


def test_stays_as_it_is(remark, ofi, mo, refused):
    answer = actions.answer(remark, by=ofi, text="Враховано")
    with refused("comment.official"):
        discussion.delete(answer, by=ofi)
    with refused("comment.official"):
        discussion.hide(answer, by=mo, reason="spam", note="Порушує правила")


def table(opened) -> str:
    return reverse("desk:remarks", args=[opened.pk])


def address(opened, remark) -> str:
    return reverse("desk:answer", args=[opened.pk, remark.pk])


def test_the_table_shows_what_waits_and_what_was_answered(client, remark, opened, ofi, bohdan):
    other = actions.remark(opened, by=bohdan, text="Інше слово")
    actions.answer(other, by=ofi, text="Враховано")
    client.force_login(ofi)
    page = client.get(table(opened)).text
    assert f'id="remark-{remark.pk}"' in page
    assert f'id="remark-{other.pk}"' not in page
    page = client.get(table(opened) + "?answered=yes").text
    assert f'id="remark-{remark.pk}"' not in page
    assert "Враховано" in page
    page = client.get(table(opened) + "?answered=all").text
    assert f'id="remark-{remark.pk}"' in page
    assert f'id="remark-{other.pk}"' in page


def test_the_table_by_clause_and_kind(client, remark, opened, ofi, bohdan):
    clause = opened.draft.versions.get().clauses.get(number="2")
    question = actions.remark(opened, by=bohdan, text="Чому?", kind="question", clause_id=clause.pk)
    client.force_login(ofi)
    for query in (f"clause={clause.key}", "kind=question"):
        page = client.get(f"{table(opened)}?{query}").text
        assert f'id="remark-{question.pk}"' in page
        assert f'id="remark-{remark.pk}"' not in page
    # What makes no sense is ignored.
    page = client.get(f"{table(opened)}?kind=x&clause=y&answered=z&after=%00").text
    assert f'id="remark-{remark.pk}"' in page


def test_answering_in_the_row_by_htmx(client, remark, opened, ofi):
    client.force_login(ofi)
    response = client.post(
        address(opened, remark),
        {f"r{remark.pk}-text": "Враховано"},
        headers={"HX-Request": "true"},
    )
    assert response.status_code == 200
    assert response.text.strip().startswith(f'<tr id="remark-{remark.pk}"')
    assert "Враховано" in response.text


def test_answering_without_a_script_comes_back_to_the_same_table(client, remark, opened, ofi):
    client.force_login(ofi)
    response = client.post(
        address(opened, remark) + "?kind=remark", {f"r{remark.pk}-text": "Враховано"}
    )
    assert response.status_code == 302
    assert response["Location"] == f"{table(opened)}?kind=remark&done=answer%3A{remark.pk}"
    assert f"desk:{ofi.pk}:answer:{remark.pk}:text" in client.get(response["Location"]).text
    assert is_answered(remark)


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_reply_that_came_first_is_shown_and_added_to_knowingly(
    client, remark, opened, ofi, admin, headers
):
    client.force_login(ofi)
    seen = {f"r{remark.pk}-seen": "0"}
    actions.answer(remark, by=admin, text="Відповідь А")
    sent = {f"r{remark.pk}-text": "Відповідь Б"}
    there = address(opened, remark) + "?answered=all"
    response = client.post(there, sent | seen, headers=headers)
    assert response.status_code == 409
    for words in ("Відповідь А", "Відповідь Б", admin.public_name):
        assert words in response.text
    assert Comment.objects.filter(parent=remark.pk).count() == 1
    found = html.fromstring(response.text).xpath(f'//input[@name="r{remark.pk}-seen"]/@value')
    again = sent | {f"r{remark.pk}-seen": found[0]}
    assert client.post(there, again, headers=headers).status_code in (200, 302)
    assert Comment.objects.filter(parent=remark.pk).count() == 2


@pytest.mark.parametrize("how", ["answered", "hidden", "deleted", "empty"])
@pytest.mark.parametrize("query", ["", "?kind=question", "?answered=yes"])
def test_without_a_script_the_row_of_a_refused_reply_comes_first(
    client, remark, opened, ofi, admin, olena, bohdan, mo, how, query
):
    """Also where the filter does not hold it any more."""
    other = actions.remark(opened, by=bohdan, text="Чому?", kind="question")
    client.force_login(ofi)
    if how == "answered":
        actions.answer(remark, by=admin, text="Відповідь А")
    elif how == "hidden":
        discussion.hide(remark.comment, by=mo, reason="spam", note="Порушує правила")
    elif how == "deleted":
        actions.delete_remark(remark, by=olena)
    words = " " if how == "empty" else "Відповідь Б"
    sent = {f"r{remark.pk}-text": words, f"r{remark.pk}-seen": "0"}
    response = client.post(address(opened, remark) + query, sent)
    assert response.status_code == (409 if how == "answered" else 422)
    page = html.fromstring(response.text)
    rows = page.xpath("//tbody/tr")
    expected = [remark, *([] if query == "?answered=yes" else [other])]
    assert [row.get("id") for row in rows] == [f"remark-{each.pk}" for each in expected]
    told = rows[0].text_content()
    assert words in told
    assert rows[0].xpath('.//*[contains(@class, "govuk-error")]')
    assert ("Відповідь А" in told) == (how == "answered")
    # Where the page leads: to the table, not to the address of the reply.
    assert page.xpath('//form[@method="get"]/@action')[-1] == table(opened)


def test_the_neighbours_of_a_page_with_a_refused_reply_are_pages_of_the_table(
    client, remark, opened, ofi, bohdan
):
    for number in range(PAGE_SIZE + 1):
        actions.remark(opened, by=bohdan, text=f"{number}")
    client.force_login(ofi)
    response = client.post(address(opened, remark) + "?kind=remark", {f"r{remark.pk}-text": ""})
    link = response.context["next_url"]
    assert link.startswith(f"{table(opened)}?kind=remark&after=")
    assert client.get(link).status_code == 200


def test_a_reply_in_the_same_moment_is_shown_on_the_public_page(client, remark, opened, ofi, admin):
    """It came after the page's remark had been read, before the lock."""
    client.force_login(ofi)
    first: list[Comment] = []

    def another(execute, sql, params, many, context):
        if "core_limit" in sql and not first:
            first.append(actions.answer(remark, by=admin, text="Відповідь А"))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(another):
        response = client.post(
            reverse("consultations:reply", args=[opened.pk, remark.pk]),
            {"text": "Відповідь Б", "official": "on", "seen": "0"},
        )
    assert response.status_code == 409
    assert "Відповідь А" in response.text
    seen = html.fromstring(response.text).xpath('//input[@name="seen"]/@value')
    assert seen == [str(first[0].pk)]


def test_on_the_public_page_of_the_remark_too(client, remark, opened, ofi, admin):
    client.force_login(ofi)
    actions.answer(remark, by=admin, text="Відповідь А")
    there = reverse("consultations:reply", args=[opened.pk, remark.pk])
    sent = {"text": "Відповідь Б", "official": "on", "seen": "0"}
    response = client.post(there, sent)
    assert response.status_code == 409
    assert "Відповідь А" in response.text
    found = html.fromstring(response.text).xpath('//input[@name="seen"]/@value')
    assert client.post(there, sent | {"seen": found[0]}).status_code == 302


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_an_empty_reply_is_refused_in_its_row(client, remark, opened, ofi, headers):
    client.force_login(ofi)
    response = client.post(address(opened, remark), {f"r{remark.pk}-text": " "}, headers=headers)
    assert response.status_code == 422
    assert "govuk-error-message" in response.text


@pytest.mark.parametrize("how", ["hidden", "deleted"])
def test_nothing_typed_is_lost_when_the_remark_goes(client, remark, opened, ofi, olena, mo, how):
    client.force_login(ofi)
    if how == "hidden":
        discussion.hide(remark.comment, by=mo, reason="spam", note="Порушує правила")
    else:
        actions.delete_remark(remark, by=olena)
    response = client.post(
        address(opened, remark),
        {f"r{remark.pk}-text": "Довга відповідь"},
        headers={"HX-Request": "true"},
    )
    assert response.status_code == 422
    assert "Довга відповідь" in response.text
    assert ("Слово" in response.text) == (how == "hidden")


def test_the_official_reply_stands_once_on_the_page_of_the_remark(client, remark, opened, ofi, mo):
    address = reverse("consultations:remark", args=[opened.pk, remark.pk])
    actions.answer(remark, by=ofi, text="Враховано повністю.")
    page = client.get(address).text
    assert page.count("Враховано повністю.") == 1
    assert "Крім ради, ще ніхто не відповів" in page


def test_under_the_law_on_public_consultations_questions_alone_wait_for_a_reply(
    client, opened, olena, ofi
):
    proposed = actions.remark(opened, by=olena, text="Пропоную інше.")
    asked = actions.remark(opened, by=olena, text="Чому саме так?", kind="question")
    client.force_login(ofi)
    table = reverse("desk:remarks", args=[opened.pk])

    def count_offers() -> tuple[int, ...]:
        pages = [client.get(each.get_absolute_url()).text for each in (proposed, asked)]
        offers = [page.count('name="official"') for page in pages]
        return client.get(table).text.count('<details class="govuk-details"'), *offers

    assert count_offers() == (2, 1, 1)
    opened.procedure.legal_basis = "Закон № 3841-IX, ст. 13"
    opened.procedure.save(update_fields=["legal_basis"])
    assert count_offers() == (1, 0, 1)
    assert "чекають на рішення: 2; з офіційною відповіддю: 0" in client.get(table).text
    # What is posted by hand is refused, with the words kept.
    by_hand = {f"r{proposed.pk}-text": "Врахуємо."}
    response = client.post(address(opened, proposed), by_hand)
    assert response.status_code == 422
    assert "ст. 15" in response.text
    there = reverse("consultations:reply", args=[opened.pk, proposed.pk])
    assert client.post(there, {"text": "Врахуємо.", "official": "on"}).status_code == 422
    assert not is_answered(proposed)
    actions.answer(asked, by=ofi, text="Бо так.")
    assert "чекають на рішення: 2; з офіційною відповіддю: 1" in client.get(table).text
    detail = client.get(reverse("desk:detail", args=[opened.pk])).text
    assert "2 чекають на рішення" in detail
    assert "з офіційною відповіддю: 1" in detail
