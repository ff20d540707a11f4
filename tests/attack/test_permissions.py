"""A form takes its own fields of its own thing, whoever sends it (who may: tests/access)."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core import serializers
from django.db.models import Model

from accounts.models import User
from consultations.models import Attachment, Consultation, Link, Remark
from consultations.text import actions
from discussions.models import Comment, Flag, Reaction
from drafts.models import Clause, Version
from tests.editing import carried

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
WATCHED: tuple[type[Model], ...] = (
    *(User, Consultation, Attachment, Link, Remark, Comment, Flag, Reaction, Version, Clause),
)


def everything() -> dict[str, str]:
    """All that is stored, so that a refusal can be seen to have changed nothing."""
    volatile = {"last_login"}
    stored = {}
    for model in WATCHED:
        fields = [f.name for f in model._meta.fields if f.name not in volatile]
        rows = model._default_manager.order_by("pk")
        stored[model.__name__] = serializers.serialize("json", rows, fields=fields)
    return stored


def test_clauses_of_another_departments_preview_cannot_be_changed(city, enter, stranger):
    """Neither by their own address nor under a consultation of one's own."""
    theirs = Consultation.objects.get(pk=city.preparing.pk)
    actions.import_text(
        theirs,
        by=User.objects.get(grants__role="administrator"),
        file=_file("1. Чуже."),
        name="a.txt",
    )
    clause = Clause.objects.filter(version__draft=theirs.draft, version__published_at=None).first()
    own = Consultation.objects.create(
        **{
            name: getattr(theirs, name)
            for name in ("procedure", "title", "summary", "contact_person", "contact_details")
        },
        thread=type(theirs.thread).objects.create(),
        department_id=min(stranger.department_ids),
    )
    client, before = enter("stranger"), everything()
    for pk in (own.pk, theirs.pk, city.opened.pk):
        for verb in ("", "split/", "join/", "renumber/"):
            place = f"/desk/consultations/{pk}/text/{clause.pk}/{verb}"
            data = {"renumber-marker": "9.", "renumber-kind": "point", "renumber-depth": "0"}
            assert client.post(place, data | {"split-at": "1"}).status_code in (403, 404, 405)
    assert everything() == before


def test_remarks_and_papers_answer_only_under_their_own_consultation(city, enter):
    closed, admin, before = city.by_state["closed"], enter("admin"), everything()
    for place in ("reply/", "edit/", "delete/", "react/"):
        wrong = f"/consultations/{closed.pk}/remarks/{city.shown.pk}/{place}"
        assert admin.post(wrong, {"text": "a", "value": "1"}).status_code == 404, place
        assert enter("olena").post(wrong, {"text": "a", "value": "1"}).status_code == 404, place
    desk = f"/desk/consultations/{closed.pk}"
    assert admin.post(f"{desk}/remarks/{city.shown.pk}/answer/", {"text": "a"}).status_code == 404
    assert admin.post(f"{desk}/papers/files/{city.file_pk}/delete/").status_code == 404
    assert admin.post(f"{desk}/papers/links/{city.link_pk}/delete/").status_code == 404
    # A reply is no remark: it has no page of its own to be changed by.
    for pk in (city.reply.pk, city.hidden_reply.pk):
        for place in ("", "edit/", "delete/", "react/", "reply/"):
            answer = enter("bohdan").post(f"/consultations/{city.opened.pk}/remarks/{pk}/{place}")
            assert answer.status_code in (404, 405), place
    assert everything() == before


#: Columns that no form names.
MORE = {
    "is_official": "on", "author": "1", "author_id": "1", "state": "open", "department": "1",
    "role": "administrator", "is_active": "on", "is_staff": "on", "is_superuser": "on",
    "announced_at": "2020-01-01", "reported_at": "2020-01-01", "withdrawn_at": "2020-01-01",
    "hidden_at": "", "hidden_by": "", "agrees": "999", "score": "999", "replies": "99",
    "created_at": "2020-01-01", "html": "<xss>", "thread": "1", "consultation": "1", "user": "1",
    "email": "evil@viche.example", "password": "x", "clause_id": "1", "comment": "1", "id": "1",
    "pk": "1", "date_joined": "2020-01-01", "opens_at": "2020-01-01", "draft": "1",
}  # fmt: skip


def test_a_form_takes_its_own_fields_alone(city, enter, olena, bohdan):
    client = enter("olena")
    client.post(
        f"/consultations/{city.opened.pk}/speak/", {**MORE, "kind": "remark", "text": "слово"}
    )
    made = Comment.objects.latest("pk")
    assert (made.author, made.is_official, made.agrees) == (olena, False, 0)
    assert made.html == "<p>слово</p>"
    assert made.created_at.year > 2020
    client.post(f"{city.shown.get_absolute_url()}reply/", {**MORE, "text": "слово"})
    made = Comment.objects.latest("pk")
    assert (made.author, made.is_official) == (olena, False)
    client.post(f"{city.shown.get_absolute_url()}edit/", {**MORE, "text": "інакше"})
    city.shown.comment.refresh_from_db()
    assert (city.shown.comment.author, city.shown.comment.agrees) == (olena, 0)
    own = ("given_name", "family_name", "public_name_style", "language")
    profile = {name: getattr(olena, name) for name in own}
    assert client.post("/account/profile/", {**MORE, **profile}).status_code == 302
    olena.refresh_from_db()
    assert (olena.is_staff, olena.grants.count(), olena.email) == (False, 0, "olena@viche.example")
    assert olena.password == "!"


def test_the_desks_forms_take_their_own_fields_alone(city, enter, stranger):
    client = enter("ofi")
    described = {"title": "Нова", "summary": "a", "brief": "a", "contact_person": "b"}
    described["contact_details"] = "c"
    before = Consultation.objects.filter(pk=city.opened.pk).values(
        "announced_at", "opens_at", "closes_at", "department", "thread", "draft", "procedure"
    )
    were = before.get()
    other = {**MORE, "department": str(min(stranger.department_ids)), "closes_at": "2020-01-01"}
    address = f"/desk/consultations/{city.opened.pk}/edit/"
    saved = client.post(address, {**other, **described, **carried(client, address)})
    assert saved.status_code == 302
    assert before.get() == were
    # What is being prepared can be given to no other department either.
    preparing = city.preparing
    full = {**other, **described, "procedure": str(preparing.procedure_id)}
    refused = client.post(f"/desk/consultations/{preparing.pk}/edit/", full)
    assert refused.status_code == 422
    new = client.post("/desk/consultations/new/", full)
    assert new.status_code == 422
    assert not Consultation.objects.filter(department__in=stranger.department_ids).exists()


@pytest.mark.parametrize("field", sorted(MORE))
def test_the_api_refuses_other_fields(city, enter, field):
    body = {"text": "слово", field: MORE[field]}
    address = f"/api/v1/consultations/{city.opened.pk}/remarks/"
    response = enter("olena").post(address, body, content_type="application/json")
    assert response.status_code == 422
    assert list(response.json()["params"]["fields"]) == [field]


def test_signing_up_makes_a_resident(client, db):
    client.post(
        "/account/signup/",
        {
            **MORE,
            "email": "daryna@viche.example",
            "password1": "a long enough pass-phrase",
            "agreed": "on",
        },
    )
    made = User.objects.get(email="daryna@viche.example")
    assert not made.has_usable_password()
    assert (made.is_staff, made.grants.count(), made.date_joined.year > 2020) == (False, 0, True)
    assert not made.emailaddress_set.filter(verified=True).exists()


def _file(text: str) -> BytesIO:
    return BytesIO(text.encode())
