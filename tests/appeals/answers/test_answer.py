"""The answer: drafted by an officer, approved by a head as it was read, sent."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from appeals import actions
from appeals.answers.models_saved import SavedAnswer
from appeals.answers.rules import way_to
from appeals.filing.actions import NewFile, attach
from appeals.models import Answer, Appeal, Attachment, State
from core.domain import clock as database_clock
from core.web.idempotency import new_key
from tests.appeals import factories

pytestmark = pytest.mark.django_db
WORDS = "Ліхтарі відремонтовано 20 листопада."


def sent_form(client, url, **fields):
    """What a browser sends of the form at ``url``, filled in."""
    form = client.get(url).context["form"]
    return {"drawn_from": form["drawn_from"].value(), **fields}


@pytest.fixture
def drafted(staff, in_work):
    return actions.draft_answer(in_work, by=staff.worker, text=WORDS, result="satisfied")


def test_an_officer_drafts_a_head_approves_and_it_is_sent(client, staff, in_work, to):
    client.force_login(staff.worker)
    url = to("draft", in_work)
    sent = sent_form(client, url, text=WORDS, result="satisfied")
    assert client.post(url, sent).status_code == 302
    assert client.get(to("approve", in_work)).status_code == 403
    assert client.post(to("send", in_work), {"how": "page"}).status_code == 422

    client.force_login(staff.head)
    url = to("approve", in_work)
    assert WORDS in client.get(url).text
    assert client.post(url, sent_form(client, url)).status_code == 302

    client.force_login(staff.worker)
    assert client.post(to("send", in_work), {"how": "page"}).status_code == 302
    answer = Answer.objects.get(appeal=in_work)
    assert (answer.approved_by, answer.how) == (staff.head, "page")
    in_work.refresh_from_db()
    assert in_work.state_at(database_clock.now()) == State.ANSWERED


def test_a_draft_may_be_half_but_what_a_head_reads_never_is(client, staff, in_work, to):
    client.force_login(staff.worker)
    url = to("draft", in_work)
    assert client.post(url, sent_form(client, url)).status_code == 302
    draft = Answer.objects.get(appeal=in_work)
    assert (draft.text, draft.result) == ("", "")
    # Ready is said of a whole one alone; what was typed comes back, and is not saved yet.
    found = client.post(url, sent_form(client, url, text=WORDS, is_ready="on"))
    assert found.status_code == 422
    assert set(found.context["form"].errors) == {"result"}
    assert WORDS in found.text
    assert client.post(url, sent_form(client, url, text=WORDS)).status_code == 302
    for act in (actions.ask_approval, actions.approve):
        with factories.refused("appeal.result_missing"):
            act(in_work, by=staff.head)
    client.force_login(staff.head)
    assert to("approve", in_work) not in client.get(to("detail", in_work)).text
    actions.draft_answer(in_work, by=staff.worker, text=" ", result="satisfied")
    with factories.refused("appeal.answer_missing"):
        actions.approve(in_work, by=staff.head)
    with factories.refused("appeal.result_unknown"):
        actions.draft_answer(in_work, by=staff.worker, text=WORDS, result="maybe")


def test_two_who_draft_do_not_write_over_each_other(client, staff, in_work, to, drafted):
    client.force_login(staff.worker)
    url = to("draft", in_work)
    mine = sent_form(client, url, text="Мої слова.", result="denied")
    actions.draft_answer(in_work, by=staff.head, text="Інші слова.", result="satisfied")
    found = client.post(url, mine)
    assert found.status_code == 409
    assert "Мої слова." in found.text
    assert "Інші слова." in found.text
    assert Answer.objects.get(appeal=in_work).text == "Інші слова."


def test_other_words_than_were_read_are_not_approved(client, staff, in_work, to, drafted):
    client.force_login(staff.head)
    url = to("approve", in_work)
    read = sent_form(client, url)
    actions.draft_answer(in_work, by=staff.worker, text="Не ремонтуватимемо.", result="denied")
    found = client.post(url, read)
    assert found.status_code == 409
    assert Answer.objects.get(appeal=in_work).approved_at is None


def test_a_change_takes_the_approval_back(client, staff, in_work, to, drafted):
    actions.approve(in_work, by=staff.head)
    client.force_login(staff.worker)
    url = to("draft", in_work)
    assert (
        client.post(url, sent_form(client, url, text="Інше.", result="denied")).status_code == 302
    )
    assert Answer.objects.get(appeal=in_work).approved_at is None


def files_of(appeal):
    return list(
        Attachment.objects.filter(answer__appeal=appeal)
        .order_by("pk")
        .values_list("name", flat=True)
    )


def test_a_wrong_file_is_taken_out_of_the_draft(client, staff, in_work, to, drafted):
    attach([NewFile("right.pdf", "application/pdf", b"%PDF-a")], answer=drafted)
    attach([NewFile("wrong.pdf", "application/pdf", b"%PDF-b")], answer=drafted)
    right = Attachment.objects.get(name="right.pdf")
    client.force_login(staff.worker)
    url = to("draft", in_work)
    sent = sent_form(client, url, text=WORDS, result="satisfied", kept=[right.pk])
    assert client.post(url, sent).status_code == 302
    assert files_of(in_work) == ["right.pdf"]


def test_a_file_that_somebody_adds_meanwhile_stays(client, staff, in_work, to, drafted):
    client.force_login(staff.worker)
    url = to("draft", in_work)
    sent = sent_form(client, url, text="Інше.", result="satisfied")
    attach([NewFile("theirs.pdf", "application/pdf", b"%PDF-a")], answer=drafted)
    found = client.post(url, sent)
    assert found.status_code == 409
    again = found.context["form"]
    sent |= {"drawn_from": again["drawn_from"].value(), "kept": again["kept"].value()}
    assert client.post(url, sent).status_code == 302
    assert files_of(in_work) == ["theirs.pdf"]


def test_a_draft_sent_twice_keeps_its_file_once_and_its_approval(client, staff, in_work, to):
    client.force_login(staff.worker)
    url = to("draft", in_work)
    sent = sent_form(client, url, text=WORDS, result="satisfied", idempotency_key=new_key())
    for _time in range(2):
        file = SimpleUploadedFile("a.pdf", b"%PDF-1.7 x")
        assert client.post(url, {**sent, "signed": file}).status_code == 302
    assert files_of(in_work) == ["a.pdf"]
    actions.approve(in_work, by=staff.head)
    # What changes nothing takes nothing back.
    kept = Attachment.objects.get().pk
    again = sent_form(client, url, text=WORDS, result="satisfied", kept=[kept])
    assert client.post(url, again).status_code == 302
    assert Answer.objects.get(appeal=in_work).approved_at


def test_a_head_approves_the_files_that_they_saw(client, staff, in_work, to, drafted):
    attach([NewFile("seen.pdf", "application/pdf", b"%PDF-a")], answer=drafted)
    client.force_login(staff.head)
    url = to("approve", in_work)
    assert "seen.pdf" in client.get(url).text
    read = sent_form(client, url)
    attach([NewFile("slipped.pdf", "application/pdf", b"%PDF-b")], answer=drafted)
    found = client.post(url, read)
    assert found.status_code == 409
    assert "slipped.pdf" in found.text
    assert Answer.objects.get(appeal=in_work).approved_at is None


def test_a_saved_answer_is_put_in(client, staff, in_work, to):
    saved = SavedAnswer.objects.create(
        department=staff.department, title="Оскарження", text="Можна оскаржити.", by=staff.worker
    )
    client.force_login(staff.worker)
    url = to("draft", in_work)
    sent = sent_form(client, url, text="Ні.", result="denied", saved=saved.pk)
    assert client.post(url, sent).status_code == 302
    assert Answer.objects.get(appeal=in_work).text == "Ні.\n\nМожна оскаржити."


@pytest.mark.parametrize(
    ("name", "content", "is_taken"),
    [
        ("відповідь.p7s", b"\x30\x82x", True),
        ("answer.asice", b"PK\x03\x04x", True),
        ("answer.pdf", b"%PDF-1.7 x", True),
        ("answer.pdf", b"MZ", False),
        ("answer.exe", b"MZ", False),
        ("answer.p7s", b"", False),
    ],
)
def test_a_file_signed_elsewhere_is_kept_byte_for_byte(
    client, staff, in_work, to, name, content, is_taken
):
    client.force_login(staff.worker)
    url = to("draft", in_work)
    file = SimpleUploadedFile(name, content)
    found = client.post(url, sent_form(client, url, text=WORDS, result="satisfied", signed=file))
    kept = Attachment.objects.filter(answer__appeal=in_work)
    if is_taken:
        assert found.status_code == 302
        assert bytes(kept.get().content) == content
        assert kept.get().name.endswith(name.rpartition(".")[2])
    else:
        assert found.status_code == 422
        assert "signed" in found.context["form"].errors
        assert WORDS in found.text
        assert not kept.exists()


def test_it_is_sent_only_where_it_reaches_the_applicant(client, staff, to):
    appeal = factories.appeal(state=State.IN_WORK, by=staff.department, email="", phone="+380001")
    actions.draft_answer(appeal, by=staff.worker, text=WORDS, result="satisfied")
    actions.approve(appeal, by=staff.head)
    client.force_login(staff.worker)
    found = client.post(to("send", appeal), {"how": "email"})
    assert "how" in found.context["form"].errors
    assert client.post(to("send", appeal), {"how": "letter"}).status_code == 302


def test_what_nobody_can_open_is_not_answered_on_its_page(client, staff, to):
    words = {**factories.WORDS, "email": "", "via": "letter"}
    filed = actions.file(by=staff.clerk, **words)
    assert (filed.secret, filed.appeal.secret_hash) == ("", None)
    appeal = approved(actions.accept(filed.appeal, by=staff.clerk, department=staff.department))
    client.force_login(staff.worker)
    assert client.get(to("send", appeal)).context["form"]["how"].value() == "letter"
    found = client.post(to("send", appeal), {"how": "page"})
    assert "how" in found.context["form"].errors


def test_who_got_a_code_at_the_window_is_answered_on_the_page(client, staff, to):
    words = {**factories.WORDS, "email": "", "residence": "", "via": "visit"}
    appeal = actions.file(by=staff.clerk, **words).appeal
    appeal = approved(actions.accept(appeal, by=staff.clerk, department=staff.department))
    client.force_login(staff.worker)
    assert client.get(to("send", appeal)).context["form"]["how"].value() == "visit"
    actions.renew_secret(appeal, by=staff.clerk, reason="Паспорт")
    assert client.post(to("send", appeal), {"how": "page"}).status_code == 302


def test_an_author_whose_account_was_erased_is_not_answered_on_the_page(staff, in_work, olena):
    appeal = approved(in_work)
    assert appeal.has_readers_page
    nameless = {"given_name": "", "family_name": "", "is_active": False, "password": "!"}
    User.objects.filter(pk=olena.pk).update(erased_at=database_clock.now(), **nameless)
    appeal = Appeal.objects.get(pk=appeal.pk)
    with factories.refused("appeal.does_not_reach"):
        actions.answer(appeal, by=staff.worker, how="page")
    assert way_to(appeal) == "email"


def approved(appeal):
    """With a draft that its head has approved."""
    signer = factories.head(appeal.department)
    actions.draft_answer(appeal, by=signer, text=WORDS, result="satisfied")
    actions.approve(appeal, by=signer)
    return appeal
