"""An official reply is corrected with a trace: everybody may go on reading what it said before."""

from __future__ import annotations

import pytest
from django.urls import reverse

from consultations.events import ReplyCorrected
from consultations.remarks import actions
from core.models import AuditEntry
from discussions import actions as discussion
from discussions.events import CommentCorrected
from discussions.models import Comment, Correction
from tests.editing import carried

pytestmark = pytest.mark.django_db


@pytest.fixture
def remark(opened, olena):
    return actions.remark(opened, by=olena, text="Слово")


@pytest.fixture
def reply(remark, ofi):
    return actions.answer(remark, by=ofi, text="Враховано у п. 2.3")


def test_keeps_what_it_said(remark, reply, opened, ofi, admin, emitted):
    emitted.clear()
    made = actions.correct(remark, reply, by=admin, text="Враховано у п. 2.4")
    reply.refresh_from_db()
    assert (reply.text, reply.author) == ("Враховано у п. 2.4", ofi)
    assert reply.edited_at == made.at
    assert (made.text, made.by) == ("Враховано у п. 2.3", admin)
    assert emitted == [
        CommentCorrected(reply.pk, opened.thread_id, remark.pk, admin.pk, made.pk),
        ReplyCorrected(remark.pk, opened.pk, admin.pk, reply.pk, made.pk, False),
    ]
    assert AuditEntry.objects.get(event="ReplyCorrected").actor == admin.pk


def test_is_for_the_department_alone(remark, reply, olena, mo, stranger, refused):
    for person in (olena, mo, stranger):
        with refused("consultation.officers_only"):
            actions.correct(remark, reply, by=person, text="Ні")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (" ", "comment.empty"),
        ("а" * 5001, "comment.too_long"),
        ("Враховано у п. 2.3 ", "comment.unchanged"),
    ],
)
def test_needs_other_words(remark, reply, ofi, refused, text, code):
    with refused(code):
        actions.correct(remark, reply, by=ofi, text=text)
    assert not Correction.objects.exists()


def test_only_what_is_official_and_shown(remark, reply, opened, ofi, bohdan, mo, refused):
    said = actions.reply(remark, by=bohdan, text="І я")
    with refused("comment.not_official"):
        actions.correct(remark, said, by=ofi, text="Ні")
    discussion.hide(remark.comment, by=mo, reason="spam", note="Порушує правила")
    with refused("comment.gone"):
        actions.correct(remark, reply, by=ofi, text="Ні")


def test_is_corrected_and_never_edited(reply, ofi, refused):
    with refused("comment.official"):
        discussion.edit(reply, by=ofi, text="Тихо інакше")


def test_everybody_reads_both_wordings(client, remark, reply, opened, ofi, admin):
    for text in ("Друга", "Третя"):
        actions.correct(remark, reply, by=admin, text=text)
    for address in (opened.get_absolute_url(), remark.get_absolute_url()):
        page = client.get(address).text
        assert "Третя" in page
        assert page.index("Друга") < page.index("Враховано у п. 2.3")
        assert admin.public_name in page
    told = client.get(f"/api/v1/consultations/{opened.pk}/remarks/").json()["results"][0]
    (answer,) = told["official_answers"]
    assert answer["text"] == "Третя"
    assert answer["corrected_at"]


def address(remark, reply) -> str:
    return reverse("desk:correct", args=[remark.consultation_id, remark.pk, reply.pk])


def test_on_the_page(client, remark, reply, ofi):
    client.force_login(ofi)
    there = address(remark, reply)
    sent = carried(client, there) | {"text": "Враховано у п. 2.4"}
    response = client.post(there, sent)
    assert response.status_code == 302
    page = client.get(response["Location"].partition("#")[0]).text
    assert "Враховано у п. 2.4" in page
    assert "Враховано у п. 2.3" in page
    assert f"desk:{ofi.pk}:correct:{reply.pk}:text" in page  # what the device forgets


def test_two_who_correct_it_at_once(client, remark, reply, ofi, admin):
    client.force_login(ofi)
    there = address(remark, reply)
    drawn = carried(client, there)
    actions.correct(remark, reply, by=admin, text="Від А")
    response = client.post(there, drawn | {"text": "Від Б"})
    assert response.status_code == 409
    assert "Від А" in response.text
    assert "Від Б" in response.text
    assert admin.get_full_name() in response.text
    assert Comment.objects.get(pk=reply.pk).text == "Від А"


def test_a_reply_of_another_remark_is_not_there(client, remark, reply, opened, ofi, bohdan):
    other = actions.remark(opened, by=bohdan, text="Інше")
    client.force_login(ofi)
    assert client.get(address(other, reply)).status_code == 404
