"""An author contests that their words were hidden; another moderator decides."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from consultations.models import RemarkCount
from consultations.remarks import actions as consultations
from core.domain.rules import Refused
from core.models import AuditEntry, Topic
from discussions import actions as discussion
from discussions.models import Comment
from moderation.contests import actions, rules
from moderation.models import Contest, Ruling
from petitions.talk import actions as talk
from tests import factories
from tests.factories import person
from tests.petitions import factories as petitions

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def opened(department):
    return factories.consultation(department)


@pytest.fixture
def hidden(opened, olena, mo) -> Comment:
    comment = consultations.remark(opened, by=olena, text="Столи заважають пішоходам").comment
    return discussion.hide(comment, by=mo, reason="off_topic", note="Це про інше")


@pytest.fixture
def contest(hidden, olena) -> Contest:
    return actions.make(hidden, by=olena, words="Це про п. 2")


def url(comment) -> str:
    return reverse("moderation:contest", args=[comment.pk])


# --- rules ----------------------------------------------------------------------------------------

PEOPLE = {
    "anon": AnonymousUser(),
    "author": person(1),
    "suspended": person(1, is_active=False),
    "other": person(2),
    "hider": person(5, "moderator"),
    "moderator": person(6, "moderator"),
    "its moderator": person(7, "moderator", scope="consultation:1"),
    "another's moderator": person(8, "moderator", scope="consultation:2"),
    "officer": person(9, "officer", department_id=7),
    "contesting moderator": person(10, "moderator"),
}
RULINGS = {
    "today": Ruling(pk=3, at=NOW, kind="hidden"),
    "last day": Ruling(pk=3, at=NOW - timedelta(days=10), kind="hidden"),
    "late": Ruling(pk=3, at=NOW - timedelta(days=11), kind="hidden"),
    "none": None,
}


@pytest.mark.parametrize(("who", "which"), [*product(PEOPLE, RULINGS)])
def test_who_may_contest(who, which):
    user = PEOPLE[who]

    def verdict(**facts):
        given = {"now": NOW, "is_owner": user.pk == 1, "is_contested": False} | facts
        return rules.make(user, RULINGS[which], **given)

    assert bool(verdict()) == (who == "author" and which in ("today", "last day"))
    assert not verdict(is_contested=True)


@pytest.mark.parametrize(("who", "outcome"), [*product(PEOPLE, ["", "upheld", "corrected"])])
def test_who_may_decide(who, outcome):
    contest = Contest(
        pk=1,
        by_id=10 if who == "contesting moderator" else 1,
        against_id=5,
        outcome=outcome,
    )
    decide = rules.decide(PEOPLE[who], contest, scope="consultation:1", reason="Бо так")
    assert bool(decide) == (who in ("moderator", "its moderator") and not outcome)
    assert not rules.decide(PEOPLE[who], contest, scope="consultation:1", reason=" ")


# --- what happens ---------------------------------------------------------------------------------


def test_overturned_everything_is_shown_again(contest, hidden, opened, admin, bohdan, mo):
    before = Topic.objects.get(name=opened.topic).seq
    assert not Comment.objects.public().exists()
    actions.decide(contest, by=admin, is_upheld=False, reason="Про п. 2, отже по суті")
    hidden.refresh_from_db()
    assert hidden.is_visible
    assert (hidden.hidden_reason, hidden.hidden_note, hidden.hidden_by) == ("", "", None)
    assert Comment.objects.public().get() == hidden
    assert RemarkCount.objects.get(consultation=opened, clause_key=None).remarks == 1
    assert Topic.objects.get(name=opened.topic).seq > before
    assert Ruling.objects.get(kind="hidden").reversed_at is not None
    contest.refresh_from_db()
    assert (contest.outcome, contest.decided_by) == ("overturned", admin)
    events = AuditEntry.objects.order_by("pk").values_list("event", flat=True)
    assert list(events)[-4:] == [
        *("CommentHidden", "ContestMade", "CommentRestored", "ContestDecided")
    ]


def test_upheld_it_stays_hidden_and_is_not_contested_twice(contest, hidden, admin, olena):
    actions.decide(contest, by=admin, is_upheld=True, reason="Не про проєкт")
    hidden.refresh_from_db()
    assert not hidden.is_visible
    for again in (
        lambda: actions.make(hidden, by=olena, words="Ще раз"),
        lambda: actions.decide(contest, by=admin, is_upheld=False, reason="Передумали"),
    ):
        with pytest.raises(Refused) as refused:
            again()
        assert refused.value.verdict.code in ("contest.made_already", "contest.decided_already")


def test_hidden_once_more_it_may_be_contested_once_more(contest, hidden, admin, mo, olena):
    actions.decide(contest, by=admin, is_upheld=False, reason="По суті")
    discussion.hide(hidden, by=admin, reason="spam", note="Порушує правила")
    again = actions.make(hidden, by=olena, words="І це не реклама")
    assert again.against == admin
    actions.decide(again, by=mo, is_upheld=True, reason="Реклама")


def test_whoever_hid_it_may_show_it_again_but_not_decide(contest, hidden, mo):
    with pytest.raises(Refused) as refused:
        actions.decide(contest, by=mo, is_upheld=False, reason="Я помилилась")
    assert refused.value.verdict.code == "contest.own_decision"
    discussion.restore(hidden, by=mo)
    contest.refresh_from_db()
    assert (contest.outcome, contest.decided_by) == ("corrected", mo)


def test_the_database_refuses_that_one_decides_on_oneself(contest, mo):
    with pytest.raises(IntegrityError), transaction.atomic():
        Contest.objects.filter(pk=contest.pk).update(
            outcome="upheld", reason="Бо", decided_by=mo, decided_at=NOW
        )


def test_ten_days_the_last_one_whole(hidden, olena, clock):
    ruling = Ruling.objects.get()
    clock.set(ruling.contest_until - timedelta(minutes=1))
    assert actions.ruling_in_force(hidden) == ruling
    clock.set(ruling.contest_until + timedelta(minutes=1))
    with pytest.raises(Refused) as refused:
        actions.make(hidden, by=olena, words="Пізно")
    assert refused.value.verdict.code == "contest.too_late"


def test_who_speaks_for_the_organisation_contests_what_a_colleague_said(
    opened, mo, firm, bohdan, olena
):
    company = factories.organisation("ТОВ «Тераса»", firm, bohdan)
    said = consultations.remark(opened, by=firm, text="Слово", organisation_id=company.pk)
    discussion.hide(said.comment, by=mo, reason="spam", note="Порушує правила")
    with pytest.raises(Refused):
        actions.make(said.comment, by=olena, words="Чуже")
    assert actions.make(said.comment, by=bohdan, words="Не реклама").by == bohdan


# --- pages ----------------------------------------------------------------------------------------


def test_the_author_reads_by_which_rule_and_contests(client, hidden, olena, admin):
    client.force_login(olena)
    mine = client.get(reverse("portal:me")).text
    assert url(hidden) in mine
    page = client.get(url(hidden)).text
    assert "Столи заважають пішоходам" in page
    assert "Це про інше" in page
    response = client.post(url(hidden), {"words": "Це про п. 2"})
    assert response["Location"] == url(hidden)
    page = client.get(url(hidden)).text
    assert "Це про п. 2" in page
    assert "<textarea" not in page
    actions.decide(Contest.objects.get(), by=admin, is_upheld=True, reason="Не про проєкт")
    assert "Не про проєкт" in client.get(url(hidden)).text


def test_an_empty_contest_is_not_sent(client, hidden, olena):
    client.force_login(olena)
    assert client.post(url(hidden), {"words": " "}).status_code == 422
    assert not Contest.objects.exists()


def test_for_everybody_else_the_page_is_not_there(client, hidden, bohdan, mo, olena, opened):
    for other in (bohdan, mo):
        client.force_login(other)
        assert client.get(url(hidden)).status_code == 404
        assert client.post(url(hidden), {"words": "Слово"}).status_code == 404
    shown = consultations.remark(opened, by=olena, text="Показане").comment
    client.force_login(olena)
    assert client.get(url(shown)).status_code == 404


def test_the_desk_decides(client, contest, hidden, admin, mo):
    client.force_login(mo)
    address = reverse("moderation:contests")
    page = client.get(address).text
    assert "Це про п. 2" in page
    assert "Це про інше" in page
    decide = reverse("moderation:decide_contest", args=[contest.pk])
    assert decide not in page  # who hid it does not decide
    sent = {f"k{contest.pk}-outcome": "overturned", f"k{contest.pk}-reason": "По суті"}
    assert client.post(decide, sent).status_code == 422
    client.force_login(admin)
    assert decide in client.get(address).text
    response = client.post(decide, sent | {f"k{contest.pk}-outcome": ""})
    assert response.status_code == 422
    assert "По суті" in response.text  # nothing typed is lost
    assert client.post(decide, sent).status_code == 302
    hidden.refresh_from_db()
    assert hidden.is_visible
    assert "По суті" in client.get(f"{address}?list=decided").text


def test_the_list_costs_the_same_at_any_length(
    client, opened, mo, admin, olena, django_assert_max_num_queries
):
    for number in range(25):
        comment = consultations.remark(opened, by=olena, text=f"Слово {number}").comment
        discussion.hide(comment, by=mo, reason="spam", note="Порушує правила")
        actions.make(comment, by=olena, words="Ні")
    client.force_login(admin)
    with django_assert_max_num_queries(8):
        page = client.get(reverse("moderation:contests")).text
    assert page.count('id="contest-') == 20


# --- mails ----------------------------------------------------------------------------------------


def test_mails_tell_the_rule_the_way_and_the_decision(contest, hidden, admin, do):
    do()
    (told,) = mail.outbox
    assert url(hidden) in told.body
    assert "Це про інше" in told.body
    actions.decide(contest, by=admin, is_upheld=False, reason="Усе ж про проєкт")
    do()
    (_told, decided) = mail.outbox  # and not one more that it was restored
    assert "Усе ж про проєкт" in decided.body
    assert hidden.remark.get_absolute_url() in decided.body


def test_whose_comment_on_a_petition_was_hidden_is_told_too(olena, bohdan, mo, do):
    petition = petitions.petition(bohdan)
    comment = talk.comment(petition, by=olena, text="Слово про петицію")
    do()
    mail.outbox.clear()
    discussion.hide(comment, by=mo, reason="off_topic", note="Порушує правила")
    do()
    (told,) = mail.outbox
    assert told.to == [olena.email]
    assert petition.title in told.body
    assert url(comment) in told.body
