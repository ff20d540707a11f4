"""The moderators' queue: what is reported, by whom never, decided with one press."""

from __future__ import annotations

import pytest
from django.urls import reverse

from consultations.remarks import actions as consultations
from core.domain.rules import Refused
from core.models import AuditEntry
from discussions import actions
from discussions.models import Comment, Flag
from moderation import queries
from moderation.lists import actions as lists
from moderation.models import WatchedWord
from tests import factories

pytestmark = pytest.mark.django_db

QUEUE = reverse("moderation:queue")


@pytest.fixture
def opened(department):
    return factories.consultation(department)


@pytest.fixture
def reported(opened, olena, bohdan, charlie):
    """A remark of olena's that two people have reported."""
    comment = consultations.remark(opened, by=olena, text="Купуйте наші вікна!").comment
    actions.flag(comment, by=bohdan, reason="spam", details="Це реклама")
    actions.flag(comment, by=charlie, reason="spam")
    return comment


def test_shows_a_reported_comment_once_with_its_reasons(client, mo, reported, opened):
    client.force_login(mo)
    page = client.get(QUEUE).text
    assert page.count("data-queue-item") == 1
    assert "Купуйте наші вікна!" in page
    assert "Це реклама" in page
    assert "× 2" in page
    assert opened.title in page
    assert "Богдан" not in page
    assert "Карпо" not in page


def test_the_riskiest_comes_first_and_the_oldest_of_equal_ones(mo, reported, opened, olena, bohdan):
    said = [consultations.remark(opened, by=olena, text=f"Ще {n}").comment for n in range(2)]
    actions.flag(said[1], by=bohdan, reason="off_topic")
    waiting = queries.queue(mo, "waiting", None)
    assert [item.comment for item in waiting] == [reported, said[1], said[0]]
    assert queries.queue_size(mo) == 3


def test_approving_settles_the_reports_and_leaves_the_comment(client, mo, reported):
    client.force_login(mo)
    response = client.post(reverse("moderation:approve", args=[reported.pk]) + "?list=waiting")
    assert response.status_code == 302
    assert response["Location"] == f"{QUEUE}?list=waiting"
    assert not Flag.objects.filter(settled_at=None).exists()
    assert Flag.objects.filter(settled_by=mo).count() == 2
    reported.refresh_from_db()
    assert reported.is_visible
    assert queries.queue_size(mo) == 0


def hiding(comment, reason="spam", note="Реклама заборонена"):
    return {f"c{comment.pk}-reason": reason, f"c{comment.pk}-note": note}


def test_hiding_needs_a_reason_and_says_so_in_place(client, mo, reported):
    client.force_login(mo)
    address = reverse("moderation:hide", args=[reported.pk])
    response = client.post(address, hiding(reported, reason=""))
    assert response.status_code == 422
    assert "Реклама заборонена" in response.text  # nothing typed is lost
    reported.refresh_from_db()
    assert reported.is_visible
    assert client.post(address, hiding(reported)).status_code == 302
    reported.refresh_from_db()
    assert (reported.hidden_reason, reported.hidden_note) == ("spam", "Реклама заборонена")
    assert reported.hidden_by == mo


def test_a_decision_by_htmx_brings_the_queue_without_it(client, mo, reported):
    client.force_login(mo)
    response = client.post(
        reverse("moderation:hide", args=[reported.pk]),
        hiding(reported),
        headers={"HX-Request": "true"},
    )
    assert response.status_code == 200
    assert response.text.strip().startswith('<div id="queue">')
    assert "data-queue-item" not in response.text
    assert 'role="status"' in response.text


def test_hiding_twice_is_refused_in_words(client, mo, admin, reported):
    actions.hide(reported, by=admin, reason="spam", note="Порушує правила")
    client.force_login(mo)
    response = client.post(reverse("moderation:hide", args=[reported.pk]), hiding(reported))
    assert response.status_code == 422
    reported.refresh_from_db()
    assert reported.hidden_by == admin


def test_restoring_from_the_hidden_list(client, mo, reported):
    actions.hide(reported, by=mo, reason="spam", note="Реклама")
    client.force_login(mo)
    page = client.get(QUEUE + "?list=hidden").text
    assert "Купуйте наші вікна!" in page
    assert client.post(reverse("moderation:restore", args=[reported.pk])).status_code == 302
    reported.refresh_from_db()
    assert reported.is_visible


@pytest.mark.parametrize("act", ["approve", "hide", "restore"])
def test_decisions_are_for_moderators_alone(client, reported, olena, bohdan, ofi, act):
    address = reverse(f"moderation:{act}", args=[reported.pk])
    assert client.post(address, hiding(reported)).status_code == 302
    for person in (olena, bohdan, ofi):
        client.force_login(person)
        assert client.post(address, hiding(reported)).status_code == 403
    assert not AuditEntry.objects.filter(event__in=queries.DECISIONS).exists()
    reported.refresh_from_db()
    assert reported.is_visible


@pytest.mark.parametrize("page", ["queue", "log"])
def test_pages_are_for_moderators_alone(client, olena, ofi, mo, admin, page):
    address = reverse(f"moderation:{page}")
    assert client.get(address)["Location"] == f"{reverse('account_login')}?next={address}"
    for person, status in ((olena, 403), (ofi, 403), (mo, 200), (admin, 200)):
        client.force_login(person)
        assert client.get(address).status_code == status


def test_the_newest_list_has_no_official_replies(mo, ofi, opened, olena):
    remark = consultations.remark(opened, by=olena, text="Зауваження")
    consultations.answer(remark, by=ofi, text="Враховано")
    consultations.reply(remark, by=olena, text="Дякую")
    assert [item.comment.text for item in queries.queue(mo, "newest", None)] == [
        "Дякую",
        "Зауваження",
    ]


def test_a_deleted_comment_waits_for_nobody(reported, olena, mo):
    consultations.delete_remark(reported.remark, by=olena)
    assert queries.queue_size(mo) == 0
    assert not queries.queue(mo, "waiting", None)


def test_the_log_tells_each_decision_the_latest_first(client, mo, admin, reported):
    actions.hide(reported, by=mo, reason="spam", note="Порушує правила")
    actions.restore(reported, by=admin)
    actions.dismiss_flags(reported, by=mo)
    log = queries.decisions(mo, None)
    assert [(line.event, line.by) for line in log] == [
        ("FlagsDismissed", mo),
        ("CommentRestored", admin),
        ("CommentHidden", mo),
    ]
    assert {line.comment for line in log} == {reported}
    client.force_login(mo)
    page = client.get(reverse("moderation:log")).text
    assert page.count("<tr>") == 4
    assert mo.public_name in page


def test_the_log_of_what_was_deleted_since_shows_no_words(client, mo, reported, olena):
    actions.dismiss_flags(reported, by=mo)
    consultations.delete_remark(reported.remark, by=olena)
    client.force_login(mo)
    assert "Купуйте" not in client.get(reverse("moderation:log")).text


@pytest.mark.parametrize("name", ["waiting", "newest", "hidden"])
def test_pages_of_twenty_in_a_fixed_number_of_queries(
    client, mo, opened, olena, bohdan, charlie, django_assert_max_num_queries, name
):
    for number in range(45):
        comment = consultations.remark(opened, by=olena, text=f"Слово {number}").comment
        actions.flag(comment, by=bohdan, reason="spam")
        if name == "hidden":
            actions.hide(comment, by=mo, reason="spam", note="Порушує правила")
    client.force_login(mo)
    seen, after = [], None
    while True:
        page = queries.queue(mo, name, after)
        seen += [item.comment.pk for item in page]
        if not page.next_cursor:
            break
        after = page.next_cursor
    assert len(seen) == len(set(seen)) == 45
    with django_assert_max_num_queries(12):
        response = client.get(f"{QUEUE}?list={name}")
    assert response.text.count("data-queue-item") == 20
    assert 'rel="next"' in response.text


def test_the_words_of_the_list_that_it_holds_are_named(client, mo, opened, olena):
    lists.add_words(["реклама", "купити диплом", "казино"], by=mo)
    said = consultations.remark(opened, by=olena, text="Годі реклами: диплом можна купити")
    client.force_login(mo)
    page = client.get(QUEUE).text
    assert "слово з переліку ради: «купити диплом», «реклама»" in page
    lists.remove_word(WatchedWord.objects.get(text="реклама").pk, by=mo)
    assert queries.watched_words([said.pk]) == {said.pk: ["купити диплом"]}


def test_the_log_is_read_in_a_fixed_number_of_queries(
    client, mo, opened, olena, django_assert_max_num_queries
):
    for number in range(25):
        comment = consultations.remark(opened, by=olena, text=f"Слово {number}").comment
        actions.hide(comment, by=mo, reason="spam", note="Порушує правила")
    client.force_login(mo)
    with django_assert_max_num_queries(9):
        response = client.get(reverse("moderation:log"))
    assert response.text.count("<tr>") == 21


def test_a_reply_is_shown_with_what_it_answers(client, mo, opened, olena, bohdan):
    remark = consultations.remark(opened, by=olena, text="Перше слово")
    reply = consultations.reply(remark, by=bohdan, text="Лайка")
    actions.flag(reply, by=olena, reason="profanity")
    client.force_login(mo)
    page = client.get(QUEUE).text
    assert "Перше слово" in page
    assert remark.get_absolute_url() in page
    client.post(reverse("moderation:hide", args=[reply.pk]), hiding(reply, "profanity"))
    assert Comment.objects.get(pk=remark.pk).replies == 0


class TestOneConsultationAlone:
    """Who moderates one consultation sees and judges what is said there, and nothing else."""

    @pytest.fixture
    def hers(self, reported):
        scope = reported.remark.consultation.topic
        return factories.user("hers", role="moderator", scope=scope)

    @pytest.fixture
    def another(self, reported):
        return factories.user("another", role="moderator", scope="consultation:999999")

    def test_what_waits(self, reported, hers, another):
        assert [item.comment.pk for item in queries.queue(hers, "waiting", None)] == [reported.pk]
        assert queries.queue_size(hers) == 1
        assert not queries.queue(another, "waiting", None)
        assert not queries.queue(another, "newest", None)
        assert queries.queue_size(another) == 0

    def test_what_she_may_do(self, reported, hers, another):
        for act in (actions.dismiss_flags, actions.hide):
            how = {"reason": "spam", "note": "Реклама"} if act is actions.hide else {}
            with pytest.raises(Refused) as refused:
                act(reported, by=another, **how)
            assert refused.value.verdict.code == "moderation.moderators_only"
            act(reported, by=hers, **how)
        with pytest.raises(Refused):
            actions.restore(reported, by=another)
        assert reported in Comment.objects.visible_to(hers)
        assert reported not in Comment.objects.visible_to(another)
        assert len(queries.decisions(hers, None)) == 2
        assert not queries.decisions(another, None)
        actions.restore(reported, by=hers)

    def test_her_pages(self, client, reported, another):
        client.force_login(another)
        assert client.get("/desk/moderation/").status_code == 200
        response = client.post(f"/desk/moderation/{reported.pk}/approve/")
        assert response.status_code == 403
