"""Who is on the list of a poll is told that it has opened: in batches, once, whoever has voted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import formats

from accounts.models import User
from core.domain import clock
from core.domain.calendar import end_of_day, last_date, local_date
from notifications.models import Sent
from notifications.sending import fanout
from tests import factories as house
from tests.notifications.backends import Away
from tests.votes import factories
from votes.ballots import actions as cast_actions
from votes.electorate import actions
from votes.life import actions as life_actions
from votes.models import Invitation, Poll

pytestmark = pytest.mark.django_db

PEOPLE = [
    ("Олена Коваль", "olena@viche.example"),
    ("Богдан Лис", ""),
    ("Соня Гай", "sonya@viche.example"),
]


@pytest.fixture
def officer(department):
    return house.user("officer", role="officer", department=department)


@pytest.fixture
def poll(officer, department):
    return factories.poll(officer, department, people=PEOPLE)


@pytest.fixture
def secret(officer, department):
    return factories.poll(officer, department, people=PEOPLE, secrecy=Poll.Secrecy.SECRET)


def receivers():
    return sorted(message.to[0].partition("@")[0] for message in mail.outbox)


def test_everybody_with_an_address_is_told_once(poll, do):
    assert life_actions.tell_what_passed() == 1
    do()
    assert receivers() == ["olena", "sonya"]
    message = next(each for each in mail.outbox if each.to == ["sonya@viche.example"])
    assert poll.title in message.subject
    assert "Соня Гай" in message.body
    assert f"/polls/{poll.pk}/vote/" in message.body
    assert "List-Unsubscribe" not in message.extra_headers
    fanout.tell("invited", "votes/opened", about=f"poll:{poll.pk}", poll_id=poll.pk)
    do()
    assert len(mail.outbox) == 2
    assert Sent.objects.filter(invitation__isnull=False).count() == 2
    assert not Sent.objects.filter(user__isnull=False).exists()


def test_the_first_voter_who_opens_it_is_no_reason_to_tell_twice(poll, do):
    line = Invitation.objects.get(name="Богдан Лис")
    cast_actions.cast(poll, invitation=line, choices=factories.choose(poll))
    life_actions.tell_what_passed()
    do()
    assert receivers() == ["olena", "sonya"]


def test_nobody_is_told_of_other_polls(officer, department, waiting, olena):
    actions.freeze(factories.poll(officer, department))
    assert waiting() == []


def test_a_mail_tells_nothing_of_a_vote(secret, do):
    """The same mail, job and row for who has voted and for who has not."""
    actions.freeze(secret)
    voted = Invitation.objects.get(name="Соня Гай")
    factories.cast_secretly(secret, invitation=voted)
    do()
    hers, other = (
        next(each.body for each in mail.outbox if each.to == [f"{name}@viche.example"])
        for name in ("sonya", "olena")
    )
    # «Соня» is in no list of first names, so how she is declined is not sure.
    assert hers.replace("Адресат: Соня Гай.", "Кому: Олені Коваль.") == other
    assert len({row.event for row in Sent.objects.all()}) == 1
    assert Sent.objects.count() == 2


@pytest.mark.parametrize("ended", ["closed", "cancelled", "emptied"])
def test_what_is_over_is_not_told(poll, officer, ended, do):
    actions.freeze(poll)
    if ended == "closed":
        factories.close(poll)
    elif ended == "cancelled":
        life_actions.cancel(poll, by=officer, reason="Питання вирішено.")
    else:
        Invitation.objects.update(email="")
    do()
    assert mail.outbox == []


def test_who_has_an_account_reads_her_language(poll, olena, do):
    User.objects.filter(pk=olena.pk).update(language="en")
    actions.freeze(poll)
    do()
    by_name = {message.to[0].partition("@")[0]: message.subject for message in mail.outbox}
    assert by_name["olena"].startswith("You may vote")
    assert by_name["sonya"].startswith("Ви можете голосувати")


def test_the_next_batch_comes_after_this_one(officer, department, monkeypatch, waiting):
    monkeypatch.setattr(fanout, "BATCH", 2)
    people = [(f"Особа {n}", f"p{n}@viche.example") for n in range(3)]
    poll = factories.poll(officer, department, people=people)
    actions.freeze(poll)
    (first,) = waiting()
    assert fanout.tell_batch(**first.args) == 2
    *mails, following = waiting()[1:]
    assert {job.task_name for job in mails} == {"notifications.jobs.send_to_member"}
    ids = [job.args.pop("member_id") for job in mails]
    assert ids == list(poll.invitations.order_by("pk").values_list("pk", flat=True)[:2])
    assert mails[0].args == mails[1].args
    assert fanout.tell_batch(**following.args) == 1
    assert {job.priority for job in waiting()} == {-10}


def test_a_mail_server_that_is_away_loses_nothing(poll, settings):
    actions.freeze(poll)
    line = Invitation.objects.get(name="Соня Гай")
    args = ("invited", "votes/opened", line.pk, f"poll:{poll.pk}", {"poll_id": poll.pk})
    settings.MAILERS, Away.times = {"default": {"BACKEND": "tests.notifications.backends.Away"}}, 1
    with pytest.raises(OSError, match="away"):
        fanout.send_to_member(*args)
    assert not Sent.objects.exists()
    assert fanout.send_to_member(*args) is True
    assert fanout.send_to_member(*args) is False


def test_a_midnight_ends_the_day_before(officer, department, do):
    tomorrow = end_of_day(local_date(clock.now()) + timedelta(days=1))
    factories.poll(officer, department, people=PEOPLE, closes_at=tomorrow)
    life_actions.tell_what_passed()
    do()
    last = formats.date_format(last_date(tomorrow), "j E Y")
    assert f"{last}, 24:00" in mail.outbox[0].body
