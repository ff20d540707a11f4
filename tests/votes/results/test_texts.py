"""Answers in words: nobody but their author reads them before a moderator does."""

from __future__ import annotations

import pytest

from accounts.identity.events import AccountsMerged
from core.domain.actions import action
from core.domain.rules import Refused
from core.models import AuditEntry
from core.web.pages import forget_pages
from tests import factories as house
from tests.votes import factories
from tests.votes.crowd import publish, vote
from votes.ballots import actions as cast_actions
from votes.handlers import accounts_merged
from votes.models import Poll, Text
from votes.paper import actions as paper_actions
from votes.texts import actions

pytestmark = pytest.mark.django_db

WORDS = [{"text": "Що ще?", "kind": "text", "is_required": False}, factories.YES_NO]


@pytest.fixture
def poll(officer, department):
    return factories.poll(officer, department, questions=WORDS, results_while_open=True)


def say(poll, by, words):
    asked, other = poll.questions.all()
    choices = {str(other.pk): "yes"} | ({str(asked.pk): words} if words else {})
    cast_actions.cast(poll, by=by, choices=choices)


def address(poll):
    return f"/polls/{poll.pk}/texts/{poll.questions.first().pk}/"


def read(client, poll):
    forget_pages()
    return client.get(address(poll)).text


def test_shown_after_a_moderator_let_them_through(client, poll, olena, mo):
    say(poll, olena, "Лавку біля школи")
    assert "Лавку" not in read(client, poll)
    text = actions.show(Text.objects.get(), by=mo, read="Лавку біля школи")
    assert (text.state, text.decided_by) == ("shown", mo)
    page = read(client, poll)
    assert "Лавку біля школи" in page
    assert olena.public_name not in page
    entry = AuditEntry.objects.get(event="TextShown")
    assert entry.ids == {"poll_id": poll.pk, "by_id": mo.pk, "text_id": text.pk}


def test_hidden_with_a_reason_that_its_author_reads(client, poll, olena, mo):
    say(poll, olena, "Купуйте вікна")
    actions.show(Text.objects.get(), by=mo, read="Купуйте вікна")
    assert "вікна" in read(client, poll)
    actions.hide(Text.objects.get(), by=mo, read="Купуйте вікна", reason="spam")
    assert "вікна" not in read(client, poll)
    assert AuditEntry.objects.filter(event="TextHidden").count() == 1
    client.force_login(olena)
    own = client.get(f"/polls/{poll.pk}/vote/").text
    assert "Купуйте вікна" in own
    assert "реклама" in own
    assert client.get(f"/polls/{poll.pk}/results/").context["counted"]["ballots"] == 1


def test_other_words_wait_anew_and_the_same_do_not(client, poll, olena, mo):
    say(poll, olena, "Лавку")
    actions.show(Text.objects.get(), by=mo, read="Лавку")
    say(poll, olena, "Лавку")
    assert Text.objects.get().state == "shown"
    say(poll, olena, "Купуйте вікна")
    text = Text.objects.get()
    assert (text.state, text.decided_by, text.text) == ("waiting", None, "Купуйте вікна")
    page = read(client, poll)
    assert "Лавку" not in page
    assert "вікна" not in page
    say(poll, olena, "")
    assert not Text.objects.exists()


def test_what_was_changed_meanwhile_is_not_decided(poll, olena, mo):
    say(poll, olena, "Лавку")
    text = Text.objects.get()
    say(poll, olena, "Купуйте вікна")
    for decide, more in ((actions.show, {}), (actions.hide, {"reason": "spam"})):
        with pytest.raises(Refused) as refused:
            decide(text, by=mo, read="Лавку", **more)
        assert refused.value.verdict.code == "text.changed"
    assert actions.show_all([(text, "Лавку")], by=mo) == 0
    assert Text.objects.get().state == "waiting"


def test_without_a_reason_nothing_is_hidden(poll, olena, mo):
    say(poll, olena, "Лавку")
    with pytest.raises(Refused) as refused:
        actions.hide(Text.objects.get(), by=mo, read="Лавку", reason="")
    assert refused.value.verdict.code == "text.reason"


def test_moderators_of_everything_or_of_the_poll_decide(poll, olena, bohdan, officer, admin):
    say(poll, olena, "Лавку")
    for person in (olena, officer):
        with pytest.raises(Refused) as refused:
            actions.show(Text.objects.get(), by=person, read="Лавку")
        assert refused.value.verdict.code == "moderation.moderators_only"
    house.grant(bohdan, "moderator", scope=f"poll:{poll.pk}")
    bohdan.refresh_from_db()
    actions.show(Text.objects.get(), by=bohdan, read="Лавку")
    assert list(Text.objects.moderated_by(bohdan)) == list(Text.objects.all())
    house.grant(olena, "moderator", scope=f"poll:{poll.pk + 1}")
    assert not Text.objects.moderated_by(olena).exists()


def test_words_on_paper_wait_when_two_have_typed_them(poll, officer):
    colleague = house.user("colleague", role="officer", department=poll.department)
    sheet = paper_actions.enter_paper(poll, by=officer, number="1", choices=factories.filled(poll))
    assert not Text.objects.exists()
    paper_actions.confirm_paper(sheet, by=colleague, choices=factories.filled(poll))
    assert Text.objects.get().paper == sheet


def test_no_page_where_no_results_are_shown(client, officer, department, mo):
    poll = factories.poll(officer, department, questions=WORDS)
    assert client.get(address(poll)).status_code == 404
    other = poll.questions.last()
    publish(poll, officer)
    assert client.get(f"/polls/{poll.pk}/texts/{other.pk}/").status_code == 404
    assert client.get(address(poll)).status_code == 200


def test_a_poll_without_words_costs_no_statement_more(
    officer, department, olena, django_assert_num_queries
):
    poll = factories.poll(officer, department)
    choices = factories.choose(poll)
    cast_actions.cast(poll, by=officer, choices=choices)
    poll = Poll.objects.get(pk=poll.pk)
    with django_assert_num_queries(5):  # BEGIN, lock, cast, following, COMMIT
        cast_actions.cast(poll, by=olena, choices=choices)


def test_paged_in_few_queries(client, poll, mo, django_assert_max_num_queries):
    asked = poll.questions.first()
    vote(poll, 70, {str(asked.pk): "Лавку"})
    waiting = [(text, text.text) for text in Text.objects.all()]
    assert actions.show_all(waiting, by=mo) == 70
    seen, more = 0, ""
    for _page in range(3):
        with django_assert_max_num_queries(5):
            page = client.get(f"{address(poll)}{more}")
        seen += len(page.context["page"])
        more = page.context["next_url"]
    assert (seen, more) == (70, "")


def test_who_joins_accounts_takes_the_words_of_the_vote_that_goes_with_it(poll, olena, bohdan):
    """Of two votes of one person one goes, and what it said goes too."""
    say(poll, olena, "Лавку")
    say(poll, bohdan, "Смітник")
    with action():
        accounts_merged(AccountsMerged(kept_id=olena.pk, gone_id=bohdan.pk))
    assert Text.objects.get().text == "Лавку"
