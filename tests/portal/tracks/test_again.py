"""What somebody has said goes to another track: they decide, and it keeps its number and date."""

from __future__ import annotations

import html

import pytest
from django.urls import reverse

from appeals.events import AppealTrackSuggested
from appeals.models import Appeal, Entry
from appeals.models import State as AppealState
from appeals.tracks.actions import suggest_track
from consultations.remarks import actions
from core.db.search import document
from core.domain import clock
from core.domain.calendar import local_date
from discussions import actions as discussion
from discussions.models import HideReason
from notifications.mails.applicants import send_track_suggested
from petitions.models import State
from tests.appeals import factories
from tests.petitions.factories import petition

pytestmark = pytest.mark.django_db


def again(client, source, pk):
    return client.get(reverse("tracks:again", args=[source, pk]))


def page(answer):
    return html.unescape(answer.content.decode())


def today():
    return f"{local_date(clock.now()):%d.%m.%Y}"


def test_a_hidden_remark_becomes_an_appeal_of_its_author(client, opened, olena, mo):
    opened.search = document(A="Порядок розміщення літніх майданчиків")
    opened.save(update_fields=["search"])
    made = actions.remark(opened, by=olena, text="Біля літнього майданчика тече дах.")
    discussion.hide(made.comment, by=mo, reason=HideReason.OFF_TOPIC, note="Порушує правила")
    client.force_login(olena)
    assert reverse("tracks:again", args=["remark", made.pk]) in page(client.get("/account/me/"))
    shown = page(again(client, "remark", made.pk))
    assert "Біля літнього майданчика тече дах." in shown
    assert f"Сказано {today()} як зауваження до проєкту «{opened.title}»." in shown
    assert reverse("consultations:speak", args=[opened.pk]) not in shown
    new = reverse("appeals:new")
    assert f'formaction="{new}"' in shown
    brought = page(client.post(new, {"begin": "1", "kind": "application", "text": "Тече дах."}))
    assert "Тече дах." in brought
    assert not Appeal.objects.exists()


def test_a_refused_petition_names_when_it_was_sent(client, olena):
    refused = petition(olena, State.REFUSED, title="Полагодити дах", text="Тече.")
    client.force_login(olena)
    shown = page(again(client, "petition", refused.pk))
    assert "Полагодити дах\n\nТече." in shown
    assert f"як петицію № {refused.pk} «Полагодити дах»" in shown
    assert f'formaction="{reverse("petitions:start")}"' not in shown


def test_nobody_else_finds_the_words(client, opened, olena, bohdan):
    made = actions.remark(opened, by=olena, text="Тече дах.")
    draft = petition(olena, State.DRAFT, title="Дах")
    filed = factories.appeal(olena)
    places = [("remark", made.pk), ("petition", draft.pk), ("appeal", filed.pk), ("mail", 1)]
    assert {again(client, *place).status_code for place in places} == {404}
    client.force_login(bohdan)
    assert {again(client, *place).status_code for place in places} == {404}


def test_the_office_suggests_and_the_applicant_decides(client, olena, emitted, mailoutbox):
    appeal = factories.appeal(olena, AppealState.IN_WORK)
    clerk = factories.registrar()
    client.force_login(clerk)
    suggest = reverse("tracks_desk:suggest", args=[appeal.pk])
    assert suggest in page(client.get(reverse("appeals_desk:detail", args=[appeal.pk])))
    assert client.get(suggest).status_code == 200
    emitted.clear()
    answer = client.post(suggest, {"track": "petition", "words": "Так просять і сусіди."})
    assert answer.status_code == 302
    entry = Entry.objects.latest("pk")
    assert [type(event) for event in emitted] == [AppealTrackSuggested]
    assert "Так просять і сусіди." in entry.words
    assert not entry.internal
    assert send_track_suggested(appeal.pk, entry.pk)
    assert appeal.label in mailoutbox[-1].body
    assert "сусіди" not in mailoutbox[-1].body
    before = Appeal.objects.values().get(pk=appeal.pk)
    client.force_login(olena)
    own = page(client.get(appeal.get_absolute_url()))
    assert "Так просять і сусіди." in own
    assert reverse("tracks:again", args=["appeal", appeal.pk]) in own
    shown = page(again(client, "appeal", appeal.pk))
    assert f">\n{appeal.text}</textarea>" in shown  # neither its number nor its date
    client.post(reverse("petitions:start"), {"begin": "1", "text": appeal.text})
    client.post(reverse("petitions:start"))
    assert olena.petitions.get().text == appeal.text
    assert Appeal.objects.values().get(pk=appeal.pk) == before


def test_who_may_suggest(olena, refused):
    appeal = factories.appeal(olena, AppealState.IN_WORK)
    clerk, other = factories.registrar(), factories.department("Архів", "archive")
    with refused("appeal.responsible_only"):
        suggest_track(appeal, by=factories.head(other), track="petition")
    with refused("appeal.track_missing"):
        suggest_track(appeal, by=clerk, track="appeal")
    with refused("appeal.words_too_long"):
        suggest_track(appeal, by=clerk, track="remark", words="ї" * 2001)
    petition = factories.petition(olena)
    with refused("appeal.was_a_petition"):
        suggest_track(petition, by=clerk, track="remark")
    done = factories.appeal(olena, AppealState.WITHDRAWN)
    with refused("appeal.not_open"):
        suggest_track(done, by=clerk, track="remark")
