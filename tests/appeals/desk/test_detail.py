"""The page of one appeal: who may read it, what it says, and that each look is kept."""

from __future__ import annotations

import html

import pytest

from accounts.models import DataAccess
from appeals import actions
from appeals.models import Reading, State
from core.models import AuditEntry
from core.web.idempotency import new_key
from tests.appeals import factories

pytestmark = pytest.mark.django_db


def test_who_works_on_it_reads_it(client, staff, in_work, to):
    for who, status in {
        **dict.fromkeys(("clerk", "chief", "head", "worker", "sec"), 200),
        "other": 404,
    }.items():
        client.force_login(getattr(staff, who))
        assert client.get(to("detail", in_work)).status_code == status, who


def test_residents_and_its_author_do_not_read_it_here(client, in_work, to, olena, bohdan, mo):
    for person in (olena, bohdan):
        client.force_login(person)
        assert client.get(to("detail", in_work)).status_code == 403
    client.force_login(mo)
    assert client.get(to("detail", in_work)).status_code == 404


def test_the_office_alone_reads_what_nobody_was_given(client, staff, received, to):
    client.force_login(staff.worker)
    assert client.get(to("detail", received)).status_code == 404
    client.force_login(staff.clerk)
    assert client.get(to("detail", received)).status_code == 200


def test_nobody_reads_a_complaint_about_themselves(client, staff, to):
    complaint = factories.appeal(kind="complaint", about_person=staff.clerk)
    client.force_login(staff.clerk)
    assert client.get(to("detail", complaint)).status_code == 404


def test_each_look_of_ten_minutes_is_one_line(client, staff, in_work, olena, to, clock):
    client.force_login(staff.worker)
    for _again in range(2):
        client.get(to("detail", in_work))
    assert Reading.objects.filter(appeal=in_work, user=staff.worker).count() == 1
    assert DataAccess.objects.filter(user=olena, by=staff.worker, why="appeal.work").exists()
    clock.advance(minutes=11)
    client.get(to("detail", in_work))
    assert Reading.objects.filter(appeal=in_work, user=staff.worker).count() == 2


def test_a_note_sent_twice_is_written_once(client, staff, in_work, to):
    client.force_login(staff.worker)
    sent = {"text": "Дзвонили.", "idempotency_key": new_key()}
    for _time in range(2):
        assert client.post(to("note", in_work), sent).status_code == 302
    assert in_work.entries.filter(kind="note").count() == 1
    assert AuditEntry.objects.filter(event="AppealNoted").count() == 1


def test_it_shows_the_text_the_chain_and_internal_notes(client, staff, in_work, to):
    actions.note(in_work, by=staff.worker, text="Замовлено лампи.")
    client.force_login(staff.clerk)
    page = client.get(to("detail", in_work)).text
    for words in (in_work.text, in_work.name, "Замовлено лампи.", staff.department.name):
        assert words in page


def test_late_is_red_and_stays_told_when_it_was_closed_late(client, staff, in_work, to, make_late):
    make_late(in_work)
    client.force_login(staff.clerk)
    clocks = client.get(to("detail", in_work)).context["clocks"]
    assert [(each.urgency.kind, each.article) for each in clocks] == [("late", "393/96-ВР ст. 20")]
    in_work.refresh_from_db()
    factories.answered(in_work)
    found = client.get(to("detail", in_work))
    (answered,) = found.context["clocks"]
    assert answered.was_late
    assert "clock--late" in found.text


def test_the_office_has_its_own_terms_until_it_accepts(client, staff, received, to):
    client.force_login(staff.clerk)
    articles = [each.article for each in client.get(to("detail", received)).context["clocks"]]
    assert articles == [
        "393/96-ВР ст. 5",
        "393/96-ВР ст. 7",
        "393/96-ВР ст. 7",
        "393/96-ВР ст. 20",
    ]


@pytest.mark.parametrize(
    ("who", "state", "offered"),
    [
        ("clerk", State.RECEIVED, "accept correct forward return move note receipt"),
        ("chief", State.RECEIVED, "accept correct forward return move note receipt"),
        ("worker", State.IN_WORK, "draft forward return move note"),
        ("sec", State.IN_WORK, "draft note"),
        ("head", State.IN_WORK, "draft assign shorten forward return move note"),
        ("worker", State.ANSWERED, "note"),
        ("worker", State.REOPENED, "draft note"),
    ],
)
def test_it_offers_what_may_be_done(client, staff, olena, to, who, state, offered):
    appeal = factories.appeal(olena, state, by=staff.department)
    client.force_login(getattr(staff, who))
    steps = client.get(to("detail", appeal)).context["steps"]
    names = [step.url.rstrip("/").rpartition("/")[2] for step in steps]
    assert [name for name in names if name != "track"] == offered.split()  # tests/portal/tracks


def test_the_same_words_before_are_shown(client, staff, in_work, to):
    again = factories.appeal()
    client.force_login(staff.clerk)
    (before,) = client.get(to("detail", again)).context["earlier"]
    assert before.shown.appeal == in_work
    assert before.repeat.share == 100
    assert "освітлення" in before.repeat.words


def test_the_desk_says_who_must_be_named_and_then_offers_to_ask(client, staff, received, to):
    """393/96-ВР arts 8, 20."""
    client.force_login(staff.clerk)
    page = client.get(to("detail", received))
    assert page.context["nobody_leads"]
    assert page.context["nobody_leads"] in html.unescape(page.text)
    mayor = factories.mayor()
    page = client.get(to("detail", received))
    assert not page.context["nobody_leads"]
    assert to("ask_head", received) in {step.url for step in page.context["steps"]}
    client.force_login(mayor)
    assert client.get(to("detail", received)).status_code == 404
    actions.ask_head(received, by=staff.clerk, words="Анонімне.")
    steps = {step.url for step in client.get(to("detail", received)).context["steps"]}
    assert to("leave", received) in steps
    assert [each.appeal for each in client.get("/desk/appeals/?list=head").context["rows"]] == [
        received
    ]


def test_the_number_of_queries_is_fixed(client, staff, in_work, to, django_assert_max_num_queries):
    for number in range(3):
        actions.note(in_work, by=staff.worker, text=f"Примітка {number}")
    factories.answered(in_work)
    client.force_login(staff.chief)
    client.get(to("detail", in_work))
    with django_assert_max_num_queries(25):
        client.get(to("detail", in_work))


def test_a_file_is_saved_and_never_opened(client, staff, to):
    file = actions.NewFile("лист.pdf", "application/pdf", b"%PDF-1.7 x")
    appeal = factories.filed(files=[file]).appeal
    client.force_login(staff.clerk)
    found = client.get(to("file", appeal, appeal.attachments.get()))
    assert found.content == b"%PDF-1.7 x"
    assert found["Content-Disposition"].startswith("attachment")
    assert "sandbox" in found["Content-Security-Policy"]
    other = factories.appeal()
    assert client.get(to("file", other, appeal.attachments.get())).status_code == 404
