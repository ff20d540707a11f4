"""Following with an account: the button, what is followed, how often one is told, stopping."""

from __future__ import annotations

import re
from datetime import time
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from city.models import Theme
from core.domain import clock as the_clock
from core.domain.rules import Refused
from notifications.activities.followers import reachable
from notifications.activities.queries import MOST
from notifications.following import actions, queries
from notifications.following.tokens import stop_path
from notifications.models import (
    Activity,
    BouncedAddress,
    Follower,
    Following,
    Frequency,
    FrequencySetting,
    Kind,
    Unsubscription,
)
from notifications.sending.recipients import Recipient
from petitions.models import State
from tests import factories
from tests.notifications.followers import follow
from tests.petitions import factories as of_petitions

pytestmark = pytest.mark.django_db


def button(kind: str, pk: int) -> str:
    return reverse("notifications:follow", args=[kind, pk])


@pytest.fixture
def follower(bohdan) -> Follower:
    return actions.follower_of(bohdan)


def test_follow_and_stop_by_the_button(client, bohdan, consultation, django_assert_max_num_queries):
    client.force_login(bohdan)
    url = button("consultation", consultation.pk)
    page = client.get(consultation.get_absolute_url()).content.decode()
    assert f'hx-get="{url}"' in page
    with django_assert_max_num_queries(6):
        region = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert region.strip().startswith('<div class="follow"')
    assert 'value="stop"' not in region
    for _twice in range(2):
        region = client.post(url, {"do": "follow"}, headers={"HX-Request": "true"})
    assert 'value="stop"' in region.content.decode()
    (following,) = Following.objects.all()
    assert (following.topic, following.by_taking_part) == (f"consultation:{consultation.pk}", False)
    assert client.post(url, {"do": "stop"})["Location"] == url
    assert not Following.objects.exists()


def test_strangers_get_a_link_on_a_shared_page(client, consultation):
    page = client.get(consultation.get_absolute_url())
    assert "public" in page["Cache-Control"]
    assert f'href="{button("consultation", consultation.pk)}"' in page.content.decode()
    assert "hx-get" not in page.content.decode().split('class="follow"')[1][:200]


def test_only_what_is_public_can_be_followed(client, bohdan, olena, follower):
    draft = of_petitions.petition(olena, State.DRAFT)
    with pytest.raises(Refused) as refused:
        actions.follow(follower, "petition", draft.pk)
    assert refused.value.verdict.code == "following.not_public"
    client.force_login(bohdan)
    for kind, pk in (("petition", draft.pk), ("petition", 999_999), ("user", bohdan.pk)):
        assert client.get(button(kind, pk)).status_code == 404, kind


def test_too_many_are_refused(follower, consultation, monkeypatch):
    monkeypatch.setattr("notifications.following.rules.MOST_FOLLOWED", 0)
    with pytest.raises(Refused) as refused:
        actions.follow(follower, "consultation", consultation.pk)
    assert refused.value.verdict.code == "following.too_many"


def test_settings_say_what_how_often_and_when_not(client, bohdan, olena, consultation):
    petition = of_petitions.petition(olena)
    client.force_login(bohdan)
    page = reverse("notifications:settings")
    assert client.get(page).status_code == 200
    assert not Follower.objects.exists(), "looking stores nothing"
    follower = actions.follower_of(bohdan)
    actions.follow(follower, "consultation", consultation.pk)
    actions.follow(follower, "petition", petition.pk)
    shown = client.get(page).content.decode()
    assert consultation.title in shown
    assert petition.title in shown
    kinds = {f"of_{kind.value}": "weekly" for kind in Kind}
    sent = {"do": "settings", **kinds, "quiet_from": "22:00", "quiet_until": "07:30"}
    assert client.post(page, sent | {"quiet_until": ""}).status_code == 422
    assert client.post(page, sent).status_code == 302
    follower.refresh_from_db()
    assert (follower.quiet_from, follower.quiet_until) == (time(22), time(7, 30))
    assert queries.load_frequencies(follower)[Kind.PETITION] == Frequency.WEEKLY
    row = Following.objects.get(kind="petition")
    client.post(page, {"do": "stop", "following": row.pk})
    client.post(page, {"do": "stop", "following": "²"})
    assert [each.kind for each in Following.objects.all()] == ["consultation"]
    client.post(page, {"do": "stop_all"})
    assert set(FrequencySetting.objects.values_list("frequency", flat=True)) == {"never"}
    assert Following.objects.count() == 1, "the inbox goes on"


def test_areas_are_followed_on_the_page_of_settings(client, bohdan):
    theme = Theme.objects.create(name="Довкілля", slug="nature")
    client.force_login(bohdan)
    page = reverse("notifications:settings")
    assert client.post(page, {"do": "areas"}).status_code == 422
    client.post(page, {"do": "areas", "area-theme": theme.pk})
    assert Following.objects.get().topic == f"theme:{theme.pk}"


def test_signers_wish_is_one_kind_of_following(client, bohdan, olena):
    petition = of_petitions.petition(olena)
    (signature,) = of_petitions.signatures(petition, 1, user=bohdan, mailbox=None, email="")
    client.force_login(bohdan)
    settings = reverse("notifications:settings")
    assert petition.title in client.get(settings).content.decode()
    region = client.get(button("petition", petition.pk), headers={"HX-Request": "true"})
    assert 'value="stop"' in region.content.decode()
    client.post(button("petition", petition.pk), {"do": "stop"})
    signature.refresh_from_db()
    assert not signature.wants_news
    assert not Following.objects.exists()


def test_stopping_a_consultation_stops_the_mails_to_participants(client, remark, olena):
    following = Following.objects.get(follower__user=olena)
    actions.unfollow(following)
    assert Unsubscription.objects.filter(user=olena).exists()
    actions.follow(actions.follower_of(olena), "consultation", remark.consultation_id)
    assert not Unsubscription.objects.exists()
    client.force_login(olena)
    actions.unfollow(Following.objects.get())
    row = Unsubscription.objects.get()
    settings = reverse("notifications:settings")
    assert remark.consultation.title in client.get(settings).content.decode()
    client.post(settings, {"do": "mails", "unsubscription": row.pk})
    assert not Unsubscription.objects.exists()


def test_one_click_stops_one_thing_or_all(client, follower, consultation):
    following = actions.follow(follower, "consultation", consultation.pk)
    recipient = Recipient.of_follower(follower, following=following)
    assert recipient.own_paths()["stop_path"] == stop_path(follower, following)
    one, everything = stop_path(follower, following), stop_path(follower)
    program = Client(enforce_csrf_checks=True)
    assert program.get(one).status_code == 200
    assert Following.objects.exists(), "a GET changes nothing"
    sent = program.post(one, {"List-Unsubscribe": "One-Click"})
    assert sent.status_code == 200
    assert not sent.cookies
    assert not Following.objects.exists()
    program.post(one, {"again": "1"})
    assert Following.objects.exists()
    program.post(everything, {"List-Unsubscribe": "One-Click"})
    assert FrequencySetting.objects.filter(frequency="never").count() == len(Kind)
    forged = one.rstrip("/").rpartition("/")[0] + f"/{'0' * 40}/"
    assert program.post(forged).status_code == 404
    assert program.post(everything.replace("/stop/", "/stop/9")).status_code == 404


def test_inbox_shows_what_is_new_and_marks_it_read(client, bohdan, follower, consultation):
    actions.follow(follower, "consultation", consultation.pk)
    Activity.objects.create(
        verb="opened",
        topics=[f"consultation:{consultation.pk}"],
        consultation=consultation,
        about="opened:1",
    )
    client.force_login(bohdan)
    unread, inbox = reverse("notifications:unread"), reverse("notifications:inbox")
    assert ">1<" in client.get(unread).content.decode()
    page = client.get(inbox)
    assert consultation.title in page.content.decode()
    client.post(inbox, {"until": the_clock.now().isoformat()})
    assert client.get(unread).status_code == 204
    assert "until" not in client.get(inbox).content.decode(), "no button to mark them"
    client.post(inbox, {"until": "9999-13-99"})


def test_a_bounced_address_is_said_and_confirmed_again(client, bohdan, follower, waiting):
    Follower.objects.filter(pk=follower.pk).update(bounced_at=the_clock.now())
    client.force_login(bohdan)
    assert client.get(reverse("notifications:unread")).status_code == 200
    settings = reverse("notifications:settings")
    assert 'value="bounced"' in client.get(settings).content.decode()
    client.post(settings, {"do": "bounced"})
    assert len(waiting()) == 1


def test_who_cannot_be_written_to_is_not_told(bohdan, olena, charlie, mo):
    for person in (bohdan, olena, charlie, mo):
        actions.follower_of(person)
    Follower.objects.filter(user=olena).update(bounced_at=the_clock.now())
    type(charlie).objects.filter(pk=charlie.pk).update(is_active=False)
    # Two addresses that bounced before anybody followed from them.
    BouncedAddress.objects.create(email=mo.email.lower(), status="5.1.1")
    BouncedAddress.objects.create(email="daryna@example.org", status="5.1.1")
    Follower.objects.create(email="Daryna@example.org")
    assert [each.user for each in reachable()] == [bohdan]


def test_the_inbox_goes_back_by_pages_over_what_is_hidden(client, bohdan, follower, department):
    shown, hidden = (factories.consultation(department, state) for state in ("open", "preparing"))
    follow(follower, shown)
    follow(follower, hidden)
    at = the_clock.now()
    Activity.objects.bulk_create(
        Activity(
            verb="opened",
            about=f"opened:{number}",
            topics=[f"consultation:{thing.pk}"],
            consultation=thing,
            at=at,
        )
        for number, thing in enumerate([shown, shown, *[hidden] * MOST])
    )
    client.force_login(bohdan)
    inbox = reverse("notifications:inbox")
    first = client.get(inbox).content.decode()
    assert shown.title not in first
    earlier = re.search(r'href="(\?until=[^"]+)"', first)
    second = client.get(inbox + unescape(earlier[1])).content.decode()
    assert second.count(f">{shown.title}<") == 2
    assert 'href="?until=' not in second
