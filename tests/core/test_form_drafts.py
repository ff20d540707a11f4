"""Keys of drafts: what a device has kept under another version is offered, and then forgotten."""

from __future__ import annotations

from uuid import UUID

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.signed_cookies import SessionStore

from accounts.models import User
from consultations.life.forms import DRAFTS as CONSULTATIONS
from consultations.remarks.forms import keep_key as remark_key
from core.web.form_drafts import SessionDraft
from petitions.desk.forms import DRAFTS as PETITIONS
from petitions.models import Petition
from petitions.starting.forms import keep_key as petition_key
from petitions.talk.forms import keep_key as comment_key

CLAUSE = UUID(int=7)


@pytest.fixture
def asked(rf):
    def ask(path: str):
        request = rf.get(path)
        request.user, request.session = User(pk=3), SessionStore()
        return request

    return ask


def test_keys_stay():
    assert remark_key(3, 5, CLAUSE) == f"remark:3:5:{CLAUSE}"
    assert remark_key(3, 5, None) == "remark:3:5:"
    assert comment_key(3, 5) == "comment:3:5"
    assert petition_key(User(pk=3), Petition(pk=5), "title") == "petition:3:5:title"
    assert CONSULTATIONS.keys(3, "dates", 5) == "desk:3:dates:5:reason"
    assert PETITIONS.keys(3, "answer", 5) == "petition:3:answer:5:asked petition:3:answer:5:decided"


def test_a_form_is_marked():
    class Form(forms.Form):
        reason, day = forms.CharField(), forms.CharField()

    form = Form()
    CONSULTATIONS.keep(form, 3, "dates", 5)
    assert form.fields["reason"].widget.attrs["data-keep"] == "desk:3:dates:5:reason"
    assert "data-keep" not in form.fields["day"].widget.attrs


@pytest.mark.parametrize(
    ("done", "keys"),
    [
        ("dates", "desk:3:dates:5:reason"),
        ("answer:8", "desk:3:answer:8:text"),
        ("answer:x", "desk:3:answer:5:text"),
        ("answer:" + "9" * 30, "desk:3:answer:5:text"),
        ("nothing", ""),
        ("", ""),
    ],
)
def test_what_may_be_forgotten(asked, done, keys):
    assert CONSULTATIONS.keys_done(asked(f"/?done={done}"), 5) == keys


def test_a_session_of_the_version_before(asked):
    request = asked("/")
    draft = SessionDraft("unsent_remark")
    request.session["unsent_remark"] = {"consultation": 5, "fields": {"text": "Так."}}
    assert draft.load(request, consultation=5) == {"text": "Так."}
    assert draft.load(request, consultation=6) == {}
    draft.forget(request)
    assert draft.load(request, consultation=5) == {}


def test_a_draft_in_the_session_is_bounded(asked):
    request = asked("/")
    request.user = AnonymousUser()
    typed = {f"field-{number}-{'x' * 100}": "ї" * 50_000 for number in range(100)}
    SessionDraft("unsent").save(request, typed, form=["page", {}])
    assert len(str(request.session["unsent"])) < 64_000
