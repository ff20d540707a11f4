"""One draft answers many: each its own letter, number and look; unlike kinds and targets never."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import DataAccess
from appeals import actions
from appeals.letters.queries import load_answer
from appeals.many import parts
from appeals.many.rules import version_of
from appeals.models import Answer, Appeal, Entry, OutgoingLetter, Reading, State
from appeals.together.rules import version_of_draft
from core.domain import clock as database_clock
from core.export.official_letter import letter_text
from core.models import AuditEntry
from tests.appeals import factories

pytestmark = pytest.mark.django_db
TOGETHER = "/desk/appeals/together/"
WORDS = "Ліхтарі на вулиці Соборності засвітять 20 грудня."
NAMES = ("Коваль Олена Петрівна", "Мельник Іван Ілліч", "Бондар Марія Іванівна")


@pytest.fixture
def three(staff, olena):
    """Three alike of different people, considered by the department."""
    made = []
    for name in NAMES:
        email = f"applicant{len(made)}@viche.example"
        author = olena if not made else None
        appeal = factories.appeal(
            author, State.IN_WORK, by=staff.department, name=name, email=email
        )
        Appeal.objects.filter(pk=appeal.pk).update(officer=staff.worker)
        appeal.refresh_from_db()
        made.append(appeal)
    return made


def chosen(*appeals):
    return {each.pk: version_of(each) for each in appeals}


def read(*appeals):
    drafts = Answer.objects.filter(appeal__in=appeals, sent_at=None)
    return {each.appeal_id: version_of_draft(each) for each in drafts}


def draft(staff, *appeals, **fields):
    given = {"text": WORDS, "result": "satisfied", "is_ready": True, **fields}
    return actions.draft_together(chosen(*appeals), by=staff.worker, **given)


def ticks(page):
    return [key for key, _line in page.context["form"].fields["appeals"].choices]


def test_each_gets_its_own_letter_number_and_look_in_few_presses(client, staff, three):
    client.force_login(staff.worker)
    page = client.get(f"{TOGETHER}?kind=application&all=1")
    assert len(page.context["form"]["appeals"].value()) == 3
    sent = {"appeals": ticks(page), "text": WORDS, "result": "satisfied", "is_ready": "on"}
    assert client.post(TOGETHER, sent).status_code == 302
    assert Reading.objects.filter(user=staff.worker).count() == 3
    assert DataAccess.objects.filter(by=staff.worker, user=three[0].author_id).exists()
    client.force_login(staff.head)
    page = client.get(f"{TOGETHER}approve/?all=1")
    assert page.text.count(WORDS) == 1
    assert client.post(f"{TOGETHER}approve/", {"appeals": ticks(page)}).status_code == 302
    client.force_login(staff.worker)
    page = client.get(f"{TOGETHER}send/?all=1")
    said = client.post(f"{TOGETHER}send/", {"appeals": ticks(page)}, follow=True)
    assert "3" in " ".join(map(str, said.context["messages"]))
    now = database_clock.now()
    for appeal, name in zip(three, ("Олено", "Іване", "Маріє"), strict=True):
        appeal.refresh_from_db()
        assert appeal.state_at(now) == State.ANSWERED
        answer = Answer.objects.get(appeal=appeal)
        letter = letter_text(load_answer(answer, now))
        assert f"{name} " in letter
        assert WORDS in letter
        assert answer.due_at == appeal.due_at
        assert (answer.approved_by, answer.letterhead["executor"]) == (
            staff.head,
            staff.worker.get_full_name(),
        )
        kinds = ["drafted", "asked", "approved", "answered"]
        entries = Entry.objects.filter(appeal=appeal, kind__in=kinds).order_by("pk")
        assert [each.kind for each in entries] == kinds
        assert [each.internal for each in entries] == [True, True, True, False]
    numbers = sorted(OutgoingLetter.objects.values_list("number", flat=True))
    assert numbers == [1, 2, 3]
    # The next letter of the year goes on without a gap.
    more = factories.answered(factories.appeal(state=State.IN_WORK, by=staff.department))
    assert more.letterhead["number"].startswith("4/")
    for event in ("AnswerDrafted", "AnswerReadyTogether", "AnswerApproved", "AppealAnswered"):
        assert AuditEntry.objects.filter(event=event).count() >= 3


def test_what_is_left_over_goes_on_with_the_same_words(client, staff, three, monkeypatch):
    monkeypatch.setattr(parts, "MOST_AT_ONCE", 2)
    client.force_login(staff.worker)
    page = client.get(f"{TOGETHER}?kind=application&all=1")
    assert page.context["left"] == 1
    words = {"text": WORDS, "result": "satisfied", "is_ready": "on"}
    page = client.post(
        page.wsgi_request.get_full_path(), {"appeals": ticks(page), **words}, follow=True
    )
    form = page.context["form"]
    assert [form[name].value() for name in ("text", "result", "is_ready")] == [
        *(WORDS, "satisfied", True),
    ]
    sent = {"appeals": form["appeals"].value(), **words}
    answer = client.post(page.wsgi_request.get_full_path(), sent)
    assert answer["Location"] == f"{TOGETHER}?kind=application"
    assert Answer.objects.filter(text=WORDS).count() == 3
    # A head reads what comes next before it is ticked.
    client.force_login(staff.head)
    page = client.get(f"{TOGETHER}approve/?all=1")
    assert len(ticks(page)) == 2
    page = client.post(f"{TOGETHER}approve/", {"appeals": ticks(page)}, follow=True)
    assert len(ticks(page)) == 1
    assert not page.context["form"]["appeals"].value()


def test_words_of_a_colleagues_draft_are_not_taken_over(client, staff, three):
    draft(staff, three[0])
    pk = Answer.objects.get().pk
    for who, words in ((staff.worker, WORDS), (staff.head, None)):
        client.force_login(who)
        page = client.get(f"{TOGETHER}?kind=application&like={pk}")
        assert page.context["form"]["text"].value() == words


def test_unlike_kinds_are_never_answered_together(client, staff, three):
    Appeal.objects.filter(pk=three[2].pk).update(kind=Appeal.Kind.PROPOSAL)
    three[2].refresh_from_db()
    with factories.refused("appeal.unlike_kinds"):
        draft(staff, *three)
    client.force_login(staff.worker)
    page = client.get(TOGETHER)
    assert three[2].label not in page.text
    # Which kind is shown is said.
    assert page.context["filter"]["kind"].value() == Appeal.Kind.APPLICATION
    sent = {"text": WORDS, "result": "satisfied"}
    sent["appeals"] = [f"{pk}:{version}" for pk, version in chosen(*three).items()]
    found = client.post(TOGETHER, sent)
    assert found.status_code == 422
    assert "appeals" in found.context["form"].errors
    assert WORDS in found.text
    assert not Answer.objects.exists()


def test_a_complaints_target_neither_drafts_nor_approves_nor_sends(staff, three):
    Appeal.objects.update(kind=Appeal.Kind.COMPLAINT)
    Appeal.objects.filter(pk=three[0].pk).update(about_person=staff.worker, officer=None)
    Appeal.objects.filter(pk=three[1].pk).update(about_person=staff.head, officer=None)
    rows = list(Appeal.objects.order_by("pk"))
    found = draft(staff, *rows)
    # What is about them is not even named to them.
    assert ([each.pk for each in found.done], found.left) == ([three[1].pk, three[2].pk], [])
    found = actions.approve_together(read(*rows), by=staff.head)
    assert ([each.pk for each in found.done], found.left) == ([three[2].pk], [])
    actions.approve(rows[1], by=staff.chief)
    found = actions.send_together(read(*rows), by=staff.head)
    assert [each.pk for each in found.done] == [three[2].pk]


@pytest.mark.parametrize(
    "words",
    [
        "За зверненням Бондар Марії Іванівни ліхтар засвітять.",
        "Пишіть Мельнику на applicant1@viche.example.",
        "Мельник повідомив про це.",
    ],
)
def test_no_letter_names_the_applicant_of_another(client, staff, three, words):
    with factories.refused("appeal.names_another"):
        draft(staff, *three, text=words)
    client.force_login(staff.worker)
    sent = {"text": words, "result": "satisfied"}
    sent["appeals"] = [f"{pk}:{version}" for pk, version in chosen(*three).items()]
    found = client.post(TOGETHER, sent)
    assert "text" in found.context["form"].errors
    assert words in found.text


def test_one_text_greets_nobody_and_is_whole(staff, three):
    with factories.refused("appeal.greets_many"):
        draft(staff, *three, text=f"Шановна Олено!\n\n{WORDS}")
    with factories.refused("appeal.result_missing"):
        draft(staff, *three, result="")


def test_a_draft_that_is_there_and_what_changed_meanwhile_are_left_and_named(staff, three):
    seen = chosen(*three)
    actions.draft_answer(three[0], by=staff.worker, text="Своє.", result="explained")
    actions.assign(three[1], by=staff.head, department=staff.department, officer=staff.head)
    found = actions.draft_together(seen, by=staff.worker, text=WORDS, result="satisfied")
    assert [each.pk for each in found.done] == [three[2].pk]
    assert {each.pk: why.code for each, why in found.left} == {
        three[0].pk: "appeal.has_a_draft",
        three[1].pk: "appeal.changed_meanwhile",
    }
    assert Answer.objects.get(appeal=three[0]).text == "Своє."


def test_other_words_than_were_read_are_neither_approved_nor_sent(staff, three):
    draft(staff, *three)
    seen = read(*three)
    actions.draft_answer(three[0], by=staff.worker, text="Інше.", result="denied")
    found = actions.approve_together(seen, by=staff.head)
    assert [each.pk for each in found.done] == [three[1].pk, three[2].pk]
    assert [why.code for _each, why in found.left] == ["appeal.changed_meanwhile"]
    seen = read(*three)
    actions.send_back(three[1], by=staff.head, words="Назвіть вулицю.")
    found = actions.send_together(seen, by=staff.worker)
    assert [each.pk for each in found.done] == [three[2].pk]
    assert {why.code for _each, why in found.left} == {"appeal.not_approved"}


def test_nobody_finishes_what_they_may_not(client, staff, three):
    draft(staff, *three)
    found = actions.approve_together(read(*three), by=staff.worker)
    assert {why.code for _each, why in found.left} == {"appeal.heads_only"}
    found = actions.approve_together(read(*three), by=staff.other)
    assert (found.done, found.left) == ([], [])
    for user in (staff.worker, staff.other):
        client.force_login(user)
        page = client.get(f"{TOGETHER}approve/")
        assert page.context["rows"] == []
        assert WORDS not in page.text


def test_a_refusal_of_a_request_is_not_approved_among_others(staff, olena):
    staff.worker.grants.update(post="спеціаліст", post_genitive="спеціаліста")
    asked = factories.appeal(olena, State.IN_WORK, by=staff.department, kind="request")
    why = actions.Grounds(ground="not_held", reason="Обліку не ведемо.")
    actions.refuse_request(asked, by=staff.worker, why=why)
    actions.ask_approval(asked, by=staff.worker)
    found = actions.approve_together(read(asked), by=staff.head)
    assert [why.code for _each, why in found.left] == ["appeal.nothing_to_approve"]


def test_statements_of_this_app_do_not_grow(staff, three, olena):
    def statements(appeals):
        with CaptureQueriesContext(connection) as asked:
            draft(staff, *appeals)
            actions.approve_together(read(*appeals), by=staff.head)
            actions.send_together(read(*appeals), by=staff.worker)
        return len(asked)

    one = statements(three[:1])
    more = [factories.appeal(olena, State.IN_WORK, by=staff.department) for _n in range(8)]
    nine = statements([*more, three[1]])
    # Handlers of each answer that goes out ask some of their own.
    assert nine - one <= 8 * 8, (one, nine)
