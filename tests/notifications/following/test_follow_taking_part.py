"""Taking part follows that one thing, a secret ballot nothing. Followers are joined and erased."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.data.actions import erase
from accounts.data.register import all_entries, retentions
from accounts.identity.events import AccountsMerged
from consultations.remarks import actions as remarks_actions
from core.domain import clock as the_clock
from core.domain.actions import action
from core.domain.events import emit
from meetings.registration import actions as registration
from notifications.following import actions
from notifications.following.joining import adopt_addresses
from notifications.models import Follower, Following, FrequencySetting
from notifications.sending.unsubscribing import set_wanted
from tests import people
from tests.appeals import factories as of_appeals
from tests.meetings import factories as of_meetings
from tests.notifications.followers import follower
from tests.votes import factories as of_polls
from votes.ballots import actions as casting

pytestmark = pytest.mark.django_db


def topics(user) -> list[str]:
    rows = Following.objects.filter(follower__user=user, by_taking_part=True)
    return sorted(rows.values_list("topic", flat=True))


def test_a_remark_follows_its_consultation_and_says_so(client, consultation, bohdan):
    client.force_login(bohdan)
    url = reverse("consultations:speak", args=[consultation.pk])
    thanks = client.post(url, {"text": "Так.", "kind": "remark"}, headers={"HX-Request": "true"})
    assert topics(bohdan) == [f"consultation:{consultation.pk}"]
    button = reverse("notifications:follow", args=["consultation", consultation.pk])
    assert button in thanks.content.decode()
    assert "stop" in client.get(button, headers={"HX-Request": "true"}).content.decode()


def test_an_open_ballot_follows_and_a_secret_one_does_not(ofi, department, bohdan, charlie):
    opened = of_polls.poll(ofi, department)
    casting.cast(opened, by=bohdan, choices=of_polls.choose(opened))
    assert topics(bohdan) == [f"poll:{opened.pk}"]
    secret = of_polls.poll(ofi, department, secrecy="secret")
    of_polls.cast_secretly(secret, charlie)
    assert not Follower.objects.filter(user=charlie).exists()


def test_a_registration_and_an_appeal_follow(client, bohdan):
    meeting = of_meetings.meeting()
    registration.register(meeting, by=bohdan)
    filed = of_appeals.filed(bohdan).appeal
    of_appeals.filed()
    assert topics(bohdan) == [f"appeal:{filed.pk}", f"meeting:{meeting.pk}"]
    assert Following.objects.count() == 2, "nobody follows an appeal without an account"
    client.force_login(bohdan)
    own, foreign = (
        reverse("notifications:follow", args=["appeal", pk])
        for pk in (filed.pk, of_appeals.filed(people.load("charlie")).appeal.pk)
    )
    assert client.get(own).status_code == 200
    assert client.get(foreign).status_code == 404
    client.logout()
    assert client.get(own).status_code == 404


def test_who_stopped_a_consultations_mails_does_not_follow_it_again(consultation, bohdan):
    remarks_actions.remark(consultation, by=bohdan, text="Раз.")
    set_wanted(bohdan.pk, consultation.pk, is_wanted=False)
    assert topics(bohdan) == []
    remarks_actions.remark(consultation, by=bohdan, text="Два.")
    assert topics(bohdan) == []


def test_two_accounts_that_are_merged_follow_once(bohdan, charlie, consultation, remark):
    kept, gone = actions.follower_of(bohdan), actions.follower_of(charlie)
    for each in (kept, gone):
        actions.follow(each, "consultation", consultation.pk)
        actions.set_frequencies(each, {"theme": "daily" if each is kept else "never"})
    actions.set_frequencies(gone, {"poll": "weekly"})
    with action():
        emit(AccountsMerged(bohdan.pk, charlie.pk))
    assert not Follower.objects.filter(user=charlie).exists()
    assert Following.objects.filter(follower=kept).count() == 1
    rows = FrequencySetting.objects.filter(follower=kept).order_by("kind")
    assert [(each.kind, each.frequency) for each in rows] == [
        ("poll", "weekly"),
        ("theme", "daily"),
    ]


def test_an_account_takes_over_what_its_address_follows(bohdan, consultation):
    by_email = Follower.objects.create(email=bohdan.email)
    actions.follow(by_email, "consultation", consultation.pk)
    follower = actions.follower_of(bohdan)
    assert Follower.objects.get() == follower
    assert Following.objects.get().follower == follower


def test_an_account_that_takes_part_takes_over_its_address_before_anybody_is_told(
    bohdan, consultation
):
    by_email = Follower.objects.create(email=bohdan.email.title())
    actions.follow(by_email, "consultation", consultation.pk)
    remarks_actions.remark(consultation, by=bohdan, text="Так.")
    assert Follower.objects.count() == 2
    adopt_addresses()
    assert Follower.objects.get().user == bohdan
    assert Following.objects.count() == 1


@pytest.mark.parametrize(
    ("own", "address", "expected"),
    # Days after both began until which a digest has told each; 0: none has.
    [(7, 14, 14), (14, 7, 14), (0, 7, 7), (7, 0, 7), (0, 0, 0)],
)
def test_what_a_digest_has_told_either_is_not_told_again(bohdan, own, address, expected):
    began = the_clock.now() - timedelta(days=20)
    account = follower(bohdan)
    named = follower(bohdan.email)
    for each, days in ((account, own), (named, address)):
        marks = dict.fromkeys(("daily_until", "weekly_until"), began + timedelta(days=days))
        Follower.objects.filter(pk=each.pk).update(created_at=began, **marks)
    joined = actions.follower_of(bohdan)
    joined.refresh_from_db()
    assert joined.weekly_until == joined.daily_until == began + timedelta(days=expected)


def test_an_erasure_leaves_nothing_of_what_was_followed(bohdan, consultation):
    actions.follow(actions.follower_of(bohdan), "consultation", consultation.pk)
    told = [entry.name for entry in all_entries() if list(entry.collect(bohdan))]
    assert {"notifications.follower", "notifications.following"} <= set(told)
    erase(bohdan, by=bohdan)
    assert not Follower.objects.exists()
    assert not Following.objects.exists()


def test_an_address_that_follows_nothing_is_deleted_after_a_time(clock, consultation):
    stopped = Follower.objects.create(email="daryna@viche.example")
    active = Follower.objects.create(email="ivan@viche.example")
    for each in (stopped, active):
        actions.follow(each, "consultation", consultation.pk)
    actions.stop(stopped)
    clock.advance(days=31)
    for each in retentions:
        if each.model is Follower:
            each.run(the_clock.now() - timedelta(days=30), most=10)
    assert list(Follower.objects.all()) == [active]
