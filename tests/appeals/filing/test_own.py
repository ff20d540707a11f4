"""One's own appeal: who may read it, and what they do with it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from appeals import actions
from appeals.filing.actions import NewFile
from appeals.models import Appeal, Attachment
from appeals.queries import record_reading
from tests.appeals.filing.conftest import open_by

pytestmark = pytest.mark.django_db


def page_of(filed, *more: str) -> str:
    return "/".join((f"/appeals/{filed.appeal.pk}", *more, ""))


PARTS = ("", "withdraw", "rate", "reopen", "complaint")


@pytest.mark.parametrize("who", ["bohdan", "mo", "ofi", "admin", "clerk", None])
def test_everybody_else_gets_404(client, olena, answered, request, who):
    filed = answered(by=olena)
    if who:
        client.force_login(request.getfixturevalue(who))
    for part in PARTS:
        assert client.get(page_of(filed, *filter(None, [part]))).status_code == 404
    assert client.post(page_of(filed, "withdraw")).status_code == 404


def test_another_appeals_secret_opens_nothing(client, file):
    mine, other = file(), file(name="Інша Інна Іванівна")
    open_by(client, mine)
    assert client.get(page_of(other)).status_code == 404


def test_its_applicant_sees_who_has_read_it_and_no_internal_note(client, olena, file, clerk):
    filed = file(by=olena)
    actions.note(filed.appeal, by=clerk, text="Внутрішня позначка")
    record_reading(filed.appeal, clerk)
    client.force_login(olena)
    page = client.get(page_of(filed)).content.decode()
    assert clerk.get_full_name() in page
    assert "Внутрішня позначка" not in page
    assert "393/96-ВР ст. 20" in page


def test_late_is_red_and_said(client, olena, file, clock):
    filed = file(by=olena)
    client.force_login(olena)
    assert "Строк минув" not in client.get(page_of(filed)).content.decode()
    clock.advance(days=45)
    client.force_login(olena)
    assert "Строк минув" in client.get(page_of(filed)).content.decode()


@pytest.mark.parametrize("days", [1, 12])
def test_what_was_forwarded_late_is_said_so(client, olena, file, clerk, clock, days):
    """393/96-ВР art. 7: within five days, though an answer would have a month."""
    clock.set(datetime(2027, 2, 3, 9, tzinfo=UTC))
    filed = file(by=olena)
    clock.advance(days=days)
    actions.forward(filed.appeal, by=clerk, to="Обласна рада")
    client.force_login(olena)
    page = client.get(page_of(filed)).content.decode()
    assert ("розглянули з порушенням строку" in page) == (days > 5)
    assert "393/96-ВР ст. 7" in page
    assert "Відповідь вам надасть орган, якому переслано звернення" in page
    terms = page.partition('id="clock"')[2].partition("</dl>")[0]
    assert "Пересилання" in terms
    assert ">Відповідь<" not in terms
    complaint = client.get(page_of(filed, "complaint")).content.decode()
    assert "його переслали за належністю: Обласна рада." in complaint
    assert ("з порушенням п’ятиденного строку" in complaint) == (days > 5)


def test_a_file_is_saved_and_never_opened(client, olena, file):
    files = [NewFile("двір.jpg", "image/jpeg", b"\xff\xd8\xff")]
    filed = file(by=olena, files=files)
    kept = Attachment.objects.get()
    address = page_of(filed, "files", str(kept.pk))
    assert client.get(address).status_code == 404
    client.force_login(olena)
    answer = client.get(address)
    assert answer.content == b"\xff\xd8\xff"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_file_of_another_appeal_is_not_there(client, olena, file):
    mine = file(by=olena)
    file(files=[NewFile("x.pdf", "application/pdf", b"%PDF-1")])
    client.force_login(olena)
    other = Attachment.objects.get()
    assert client.get(page_of(mine, "files", str(other.pk))).status_code == 404


def test_a_draft_of_an_answer_is_not_shown(client, olena, file, clerk):
    filed = file(by=olena)
    actions.accept(filed.appeal, by=clerk, department=clerk.grants.get().department)
    actions.draft_answer(
        filed.appeal,
        by=clerk,
        text="Чернетка відповіді",
        result="explained",
        files=[NewFile("чернетка.pdf", "application/pdf", b"%PDF-1")],
    )
    client.force_login(olena)
    assert "Чернетка" not in client.get(page_of(filed)).content.decode()
    assert client.get(page_of(filed, "files", str(Attachment.objects.get().pk))).status_code == 404


def test_taking_it_back(client, file):
    filed = file()
    open_by(client, filed)
    assert client.get(page_of(filed, "withdraw")).status_code == 200
    assert client.post(page_of(filed, "withdraw")).status_code == 302
    assert Appeal.objects.get().withdrawn_at is not None
    assert client.get(page_of(filed, "withdraw")).status_code == 403


def test_rating_the_answer_once(client, answered):
    filed = answered()
    open_by(client, filed)
    assert "Світильник замінено." in client.get(page_of(filed)).content.decode()
    assert client.post(page_of(filed, "rate"), {"rating": "7"}).status_code == 422
    assert client.post(page_of(filed, "rate"), {"rating": "4", "words": "Дякую"}).status_code == 302
    assert Appeal.objects.get().answers.get().rating == 4
    assert client.post(page_of(filed, "rate"), {"rating": "1"}).status_code == 422


def test_reopening_once_with_a_reason(client, olena, answered):
    filed = answered(by=olena)
    client.force_login(olena)
    assert client.post(page_of(filed, "reopen"), {"reason": " "}).status_code == 422
    assert client.post(page_of(filed, "reopen"), {"reason": "Знову темно"}).status_code == 302
    assert Appeal.objects.get().reopening_reason == "Знову темно"
    assert client.get(page_of(filed, "reopen")).status_code == 403


def test_the_complaint_is_prepared_in_ukrainian(client, olena, answered):
    filed = answered(by=olena)
    client.force_login(olena)
    for address in (page_of(filed, "complaint"), f"/en{page_of(filed, 'complaint')}"):
        page = client.get(address).content.decode()
        assert "СКАРГА" in page
        assert filed.appeal.label in page
        assert "«Про звернення громадян»" in page


def test_its_page_asks_few_questions(client, olena, answered, django_assert_max_num_queries):
    filed = answered(by=olena)
    Attachment.objects.create(
        appeal=filed.appeal, name="a.pdf", media_type="application/pdf", size=1, content=b"1"
    )
    client.force_login(olena)
    client.get(page_of(filed))
    with django_assert_max_num_queries(9):
        client.get(page_of(filed))
