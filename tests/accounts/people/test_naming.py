"""The name of somebody who has none: asked for in the form that needs it, with the rest kept."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from django.urls import reverse

from accounts import rules
from accounts.models import User
from consultations.models import Remark
from consultations.remarks import actions
from core.domain.rules import Refused
from discussions.models import Comment
from meetings.models import Question, State
from petitions.models import Signature
from petitions.signing import actions as signing
from tests import factories
from tests.meetings import factories as meetings
from tests.petitions import factories as petitions

pytestmark = pytest.mark.django_db
NAMES = {"own_given_name": " Дар'їна ", "own_family_name": "Левченко"}
WORDS = "Потрібен ранковий рейс."


@pytest.fixture
def nameless(db) -> User:
    """Who has signed up by e-mail and code, and said nothing yet."""
    return User.objects.create_user("daryna@viche.example")


@pytest.fixture
def inside(client, nameless):
    client.force_login(nameless)
    return client


@pytest.fixture
def opened(department):
    return factories.consultation(department)


@pytest.fixture
def petition(olena):
    return petitions.petition(olena)


def speak(inside, opened, **sent):
    address = reverse("consultations:speak", args=[opened.pk])
    return inside.post(address, {"kind": "remark", "text": WORDS, **sent})


def test_a_remark_brings_the_name(inside, nameless, opened):
    form = inside.get(reverse("consultations:speak", args=[opened.pk]))
    assert 'name="own_given_name"' in form.text
    assert speak(inside, opened, **NAMES).status_code == 302
    nameless.refresh_from_db()
    assert nameless.get_full_name() == "Дар’їна Левченко"
    assert Remark.objects.get().comment.author.public_name == "Дар’їна Л."
    again = inside.get(reverse("consultations:speak", args=[opened.pk]))
    assert "own_given_name" not in again.text


def test_a_passkey_is_offered_once_after_the_first_thing_said(inside, client, opened):
    said = speak(inside, opened, **NAMES)["Location"].partition("#")[0]
    page = inside.get(said)
    assert 'data-passkey="create"' in page.text and page.text.count('id="passkey-options"') == 1
    assert f"/account/security/passkeys/add/?next={said}" in unquote(page.text)
    assert 'data-passkey="create"' not in inside.get(said).text
    stranger = type(client)()
    assert 'data-passkey="create"' not in stranger.get(said).text


@pytest.mark.parametrize(
    "names",
    [
        {},
        {"own_given_name": "", "own_family_name": "Левченко"},
        {"own_given_name": "Дарина", "own_family_name": "<b>Коваль</b>"},
        {"own_given_name": "https://viche.example", "own_family_name": "Левченко"},
        {"own_given_name": "Дарина", "own_family_name": "\u202eьлавоК"},
    ],
)
def test_without_a_name_nothing_is_said_and_nothing_lost(inside, nameless, opened, names):
    page = speak(inside, opened, **names)
    assert page.status_code == 422
    assert WORDS in page.text and 'name="own_given_name"' in page.text
    assert "Спершу напишіть своє ім’я" in page.text
    nameless.refresh_from_db()
    assert nameless.given_name == "" and not Comment.objects.exists()


def test_whoever_has_a_name_is_not_renamed_in_passing(client, olena, opened):
    client.force_login(olena)
    speak(client, opened, **NAMES)
    olena.refresh_from_db()
    assert olena.given_name != "Дар’їна"


def test_what_stands_under_a_name_is_refused_without_one(nameless, opened, petition):
    assert rules.act(nameless)
    assert rules.sign_with_name(nameless).code == "account.name_missing"
    for act in (
        lambda: actions.remark(opened, by=nameless, text=WORDS),
        lambda: signing.sign(petition, by=nameless, address="198.51.100.1"),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.verdict.code == "account.name_missing"


def test_a_signature_brings_the_name(inside, nameless, petition):
    address = reverse("petitions:sign", args=[petition.pk])
    assert 'name="own_given_name"' in inside.get(address).text
    refused = inside.post(address)
    assert refused.status_code == 403 and 'name="own_given_name"' in refused.text
    assert inside.post(address, NAMES).status_code == 302
    assert Signature.objects.get().shown_name == "Дар’їна Л."


def test_a_comment_a_reply_and_a_question_too(inside, nameless, petition, olena, department):
    said = Comment.objects.create(
        thread_id=petition.thread_id, author=olena, text="Так.", html="Так."
    )
    running = meetings.meeting(State.RUNNING)
    for address in (
        reverse("petitions:speak", args=[petition.pk]),
        reverse("petitions:reply", args=[petition.pk, said.pk]),
        reverse("meetings:ask", args=[running.pk]),
    ):
        User.objects.filter(pk=nameless.pk).update(given_name="", family_name="")
        page = inside.post(address, {"text": WORDS})
        assert page.status_code == 422 and 'name="own_given_name"' in page.text
        assert WORDS in page.text
        assert inside.post(address, {"text": f"{WORDS} Так!", **NAMES}).status_code == 302
    assert Question.objects.get().author == nameless


def test_the_page_of_the_name_leads_back(inside):
    there = "/consultations/?sort=top"
    sent = {
        "given_name": "Дарина",
        "family_name": "Левченко",
        "public_name_style": "full",
        "language": "uk",
    }
    for wanted, back in ((there, there), ("https://evil.example/", "/account/profile/")):
        page = inside.post(reverse("account_profile") + f"?next={wanted}", sent)
        assert page["Location"] == back
