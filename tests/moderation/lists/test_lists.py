"""The word list and the saved reasons, at the desk and in the queue."""

from __future__ import annotations

import pytest
from django.urls import reverse

from consultations.remarks import actions as consultations
from core.domain.rules import Refused
from discussions.models import Comment
from moderation.lists import actions
from moderation.models import SavedReason, WatchedWord
from tests import factories

pytestmark = pytest.mark.django_db

LISTS = reverse("moderation:lists")


def test_words_are_added_and_removed(client, mo):
    client.force_login(mo)
    sent = {"words": "Реклама\r\nкупити диплом\r\n\r\n…"}
    assert client.post(reverse("moderation:add_words"), sent)["Location"] == LISTS
    assert [word.text for word in WatchedWord.objects.all()] == ["купити диплом", "реклама"]
    assert "купити диплом" in client.get(LISTS).text
    client.post(reverse("moderation:add_words"), {"words": "реклама"})
    assert WatchedWord.objects.count() == 2
    word = WatchedWord.objects.get(text="реклама")
    client.post(reverse("moderation:remove_word", args=[word.pk]))
    client.post(reverse("moderation:remove_word", args=[word.pk]))  # pressed twice
    assert WatchedWord.objects.count() == 1


def test_nothing_typed_is_lost(client, mo):
    client.force_login(mo)
    response = client.post(reverse("moderation:save_reason"), {"note": "Пишіть без реклами"})
    assert response.status_code == 422
    assert "Пишіть без реклами" in response.text
    assert client.post(reverse("moderation:add_words"), {"words": " "}).status_code == 422


def test_there_is_a_saved_reason_for_each_digit_and_no_more(mo):
    for number in range(9):
        actions.save_reason(by=mo, rule="spam", note=f"Нотатка {number}")
    with pytest.raises(Refused) as refused:
        actions.save_reason(by=mo, rule="spam", note="Ще одна")
    assert refused.value.verdict.code == "moderation.too_many_reasons"


def test_a_saved_reason_hides_with_one_button(client, mo, department, olena):
    saved = actions.save_reason(by=mo, rule="profanity", note="Без лайки, будь ласка")
    comment = consultations.remark(
        factories.consultation(department), by=olena, text="Слово"
    ).comment
    client.force_login(mo)
    page = client.get(reverse("moderation:queue")).text
    assert 'data-saved="1"' in page
    address = reverse("moderation:hide", args=[comment.pk])
    assert client.post(address, {"saved": saved.pk, "waiting": "1"}).status_code == 302
    comment = Comment.objects.get(pk=comment.pk)
    assert (comment.hidden_reason, comment.hidden_note) == ("profanity", "Без лайки, будь ласка")
    actions.remove_reason(saved.pk, by=mo)
    assert not SavedReason.objects.exists()


def test_who_moderates_one_thing_changes_no_list(client, department):
    hers = factories.user("hers", role="moderator", scope="consultation:1")
    client.force_login(hers)
    assert client.get(LISTS).status_code == 403
    assert client.post(reverse("moderation:add_words"), {"words": "слово"}).status_code == 403
    assert LISTS not in client.get(reverse("moderation:queue")).text
    with pytest.raises(Refused):
        actions.add_words(["слово"], by=hers)
    with pytest.raises(Refused):
        actions.save_reason(by=hers, rule="spam", note="Ні")
