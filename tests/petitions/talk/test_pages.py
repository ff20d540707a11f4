"""The discussion on the page, without JavaScript: said, answered, supported, reported, hidden."""

from __future__ import annotations

import pytest
from django.urls import reverse

from core.web.pages import forget_pages
from discussions import actions as discussion
from discussions.models import Comment, Flag
from petitions.talk import actions
from petitions.talk.queries import count_of
from tests.petitions import factories

pytestmark = pytest.mark.django_db


def at(name, petition, *args):
    return reverse(f"petitions:{name}", args=[petition.pk, *args])


def test_is_said_by_a_form(client, petition, bohdan):
    client.force_login(bohdan)
    assert client.get(at("speak", petition)).status_code == 200
    answer = client.post(at("speak", petition), {"text": "Підтримую."})
    made = Comment.objects.get()
    assert answer.headers["Location"] == f"/petitions/{petition.pk}/comments/{made.pk}/#main"
    page = client.get(f"/petitions/{petition.pk}/").content.decode()
    assert "Підтримую." in page
    assert "Ваш коментар оприлюднено" in page


def test_nothing_typed_is_lost(client, petition, bohdan):
    client.force_login(bohdan)
    answer = client.post(at("speak", petition), {"text": "я" * 5001})
    assert answer.status_code == 422
    assert "я" * 5001 in answer.content.decode()


def test_who_is_not_signed_in_is_led_to_it(client, petition):
    answer = client.get(at("speak", petition))
    assert answer.status_code == 302
    assert "login" in answer.headers["Location"]


def test_is_answered_by_a_form(client, petition, comment, olena):
    client.force_login(olena)
    answer = client.post(at("reply", petition, comment.pk), {"text": "Дякую."})
    assert answer.headers["Location"] == f"{at('comment', petition, comment.pk)}#replies"
    assert "Дякую." in client.get(at("comment", petition, comment.pk)).content.decode()
    empty = client.post(at("reply", petition, comment.pk), {"text": ""})
    assert empty.status_code == 422


def test_is_supported_by_a_form_and_by_a_script(client, petition, comment, olena):
    client.force_login(olena)
    answer = client.post(at("react", petition, comment.pk), {"value": "1"})
    assert answer.headers["Location"] == f"/petitions/{petition.pk}/#comment-{comment.pk}"
    json = {"headers": {"Accept": "application/json"}}
    answer = client.post(at("react", petition, comment.pk), {"value": "-1"}, **json)
    assert answer.json() == {"agrees": 0, "disagrees": 1}
    mine = client.get(at("my_talk", petition)).json()
    assert mine == {"own": {}, "reactions": {str(comment.pk): -1}}
    assert client.post(at("react", petition, comment.pk), {"value": "7"}).status_code == 404


def test_own_support_is_refused_with_a_sentence(client, petition, comment, bohdan):
    client.force_login(bohdan)
    answer = client.post(
        at("react", petition, comment.pk), {"value": "1"}, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 403
    assert answer.json()["code"] == "comment.own"
    assert answer.json()["detail"]


def test_is_reported(client, petition, comment, olena):
    client.force_login(olena)
    answer = client.post(reverse("moderation:report", args=[comment.pk]), {"reason": "spam"})
    assert answer.headers["Location"] == at("comment", petition, comment.pk)
    assert Flag.objects.get().comment == comment


def test_own_words_are_changed_and_taken_back(client, petition, comment, bohdan, olena):
    client.force_login(bohdan)
    answer = client.post(at("edit_comment", petition, comment.pk), {"text": "Ні."})
    assert answer.headers["Location"] == at("comment", petition, comment.pk)
    assert client.get(at("delete_comment", petition, comment.pk)).status_code == 200
    assert count_of(petition) == 1
    assert client.post(at("delete_comment", petition, comment.pk)).status_code == 302
    assert count_of(petition) == 0
    assert "Ні." not in client.get(f"/petitions/{petition.pk}/").content.decode()
    client.force_login(olena)
    assert client.post(at("delete_comment", petition, comment.pk)).status_code == 404
    assert client.post(at("edit_comment", petition, comment.pk), {"text": "а"}).status_code == 404


def test_a_hidden_one_leaves_the_page_at_the_next_request(client, petition, comment, mo):
    page = f"/petitions/{petition.pk}/"
    assert "Підтримую." in client.get(page).content.decode()
    discussion.hide(comment, by=mo, reason="spam", note="Порушує правила")
    for address in (page, at("talk", petition), at("comment", petition, comment.pk)):
        assert "Підтримую." not in client.get(address).content.decode()
    answer = client.get(at("comment", petition, comment.pk))
    assert answer.status_code == 404
    assert "реклама" in answer.content.decode()


def test_a_comment_of_another_petition_is_not_found(client, olena, petition, comment):
    other = factories.petition(olena)
    assert client.get(at("comment", other, comment.pk)).status_code == 404
    client.force_login(olena)
    assert client.post(at("react", other, comment.pk), {"value": "1"}).status_code == 404


@pytest.mark.parametrize("viewer", [None, "olena"])
def test_pages_of_twenty_in_a_fixed_number_of_queries(
    client, petition, bohdan, viewer, request, settings, django_assert_max_num_queries
):
    settings.SHARED_PAGE_SECONDS = 0
    made = [actions.comment(petition, by=bohdan, text=f"Слово {number}") for number in range(25)]
    if viewer:
        client.force_login(request.getfixturevalue(viewer))
    with django_assert_max_num_queries(6):
        page = client.get(at("talk", petition)).content.decode()
    assert page.count('class="remark"') == 20
    assert "Слово 24" in page
    assert "Слово 4<" not in page
    with django_assert_max_num_queries(7):
        client.get(at("comment", petition, made[0].pk))
    forget_pages()


def test_the_same_words_show_what_stands(client, petition, comment, bohdan):
    client.force_login(bohdan)
    words = {"text": "Підтримую: ввечері там темно й слизько."}
    for address in (at("speak", petition), at("reply", petition, comment.pk)):
        assert client.post(address, words).status_code == 302
        answer = client.post(address, words)
        assert answer.status_code == 409
        assert 'name="again"' in answer.content.decode()
        assert client.post(address, words | {"again": "1"}).status_code == 302
    assert Comment.objects.filter(author=bohdan, text=words["text"]).count() == 4
