"""A head sends a draft back with words: to who wrote it, for the desk alone."""

from __future__ import annotations

import pytest

from appeals import actions
from appeals.models import Answer, Entry
from core.models import AuditEntry
from tests.appeals import factories

pytestmark = pytest.mark.django_db
WORDS = "Назвіть день, коли засвітять."


@pytest.fixture
def asked(staff, in_work):
    """Its draft, which waits for a head."""
    actions.draft_answer(in_work, by=staff.worker, text="Буде зроблено.", result="satisfied")
    actions.ask_approval(in_work, by=staff.worker)
    return in_work


def send_back(client, url, words):
    form = client.get(url).context["form"]
    return client.post(url, {"drawn_from": form["drawn_from"].value(), "words": words})


def test_who_drafted_it_finds_what_is_to_be_changed(client, staff, asked, to, olena):
    client.force_login(staff.head)
    assert to("send_back", asked) in client.get(to("approve", asked)).text
    found = send_back(client, to("send_back", asked), " ")
    assert found.status_code == 422
    assert send_back(client, to("send_back", asked), WORDS).status_code == 302
    entry = Entry.objects.get(appeal=asked, kind=Entry.Kind.SENT_BACK)
    assert (entry.words, entry.by, entry.internal) == (WORDS, staff.head, True)
    assert AuditEntry.objects.get(event="AnswerSentBack").actor == staff.head.pk
    client.force_login(staff.worker)
    for page in ("draft", "detail"):
        assert WORDS in client.get(to(page, asked)).text
    # Written anew it waits for nobody's change any more.
    actions.draft_answer(asked, by=staff.worker, text="Засвітять 5 грудня.", result="satisfied")
    assert WORDS not in client.get(to("draft", asked)).text
    # The applicant never reads it.
    client.force_login(olena)
    assert WORDS not in client.get(f"/appeals/{asked.pk}/").text


def test_an_approval_is_taken_back_and_the_approved_words_are_not_sent(staff, asked):
    actions.approve(asked, by=staff.head)
    actions.send_back(asked, by=staff.head, words=WORDS)
    draft = Answer.objects.get(appeal=asked)
    assert (draft.approved_by, draft.asked_by, draft.signed_as) == (None, None, "")
    with factories.refused("appeal.not_approved"):
        actions.answer(asked, by=staff.worker, how="page")
    with factories.refused("appeal.nothing_to_send_back"):
        actions.send_back(asked, by=staff.head, words=WORDS)


def test_other_words_than_were_read_are_not_sent_back(client, staff, asked, to):
    client.force_login(staff.head)
    form = client.get(to("send_back", asked)).context["form"]
    sent = {"drawn_from": form["drawn_from"].value(), "words": WORDS}
    actions.draft_answer(asked, by=staff.worker, text="Вже інші слова.", result="denied")
    actions.ask_approval(asked, by=staff.worker)
    assert client.post(to("send_back", asked), sent).status_code == 409
    assert not Entry.objects.filter(kind=Entry.Kind.SENT_BACK).exists()
