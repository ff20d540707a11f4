"""Mails at once: to each follower who wants them, outside quiet hours, once."""

from __future__ import annotations

import re
from datetime import time, timedelta

import pytest
from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob

from consultations.life import actions as life_actions
from consultations.models import State
from consultations.remarks import actions as remarks_actions
from core.domain import clock as clocks
from core.domain.calendar import kyiv, local_date
from notifications.activities.followers import quiet_until
from notifications.activities.telling import tell_followers
from notifications.models import Activity, Follower, PushSubscription, Sent
from notifications.sending.fanout import send_to_member
from notifications.sending.unsubscribing import set_wanted
from tests import factories
from tests.notifications.followers import follow, follower, told

pytestmark = pytest.mark.django_db


def tell() -> None:
    """Do the jobs that tell of what happened."""
    jobs = ProcrastinateJob.objects.filter(task_name="notifications.jobs.tell_followers")
    for job in jobs.order_by("pk"):
        tell_followers(**job.args)


def addresses() -> list[str]:
    return sorted(each.to[0] for each in mail.outbox)


def test_at_once_once_with_one_click_to_stop(consultation, ofi, bohdan, do):
    daryna = follower("daryna@example.org", consultation)
    follower(bohdan, consultation)
    weekly = follower("weekly@example.org", consultation)
    told(weekly, "consultation", "weekly")
    follower("bounced@example.org", consultation, bounced_at=clocks.now())
    life_actions.withdraw(consultation, by=ofi, reason="Проєкт відкликано.")
    tell()
    tell()
    do()
    assert addresses() == [bohdan.email, daryna.email]
    letter = next(each for each in mail.outbox if each.to == [daryna.email])
    assert consultation.title in letter.subject and "консультацію відкликано" in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = re.search(r"<https?://[^/]+(/[^>]+)>", letter.extra_headers["List-Unsubscribe"])
    assert stop and stop[1] in letter.body
    assert Sent.objects.filter(follower=daryna).count() == 1


def test_browsers_are_told_with_the_mail(consultation, ofi, bohdan):
    browser = PushSubscription.objects.create(
        user=bohdan, endpoint="https://fcm.googleapis.com/fcm/send/1", p256dh="k", auth="a"
    )
    follower(bohdan, consultation)
    follower("daryna@example.org", consultation)
    life_actions.withdraw(consultation, by=ofi, reason="Проєкт відкликано.")
    tell()
    mails = ProcrastinateJob.objects.filter(task_name="notifications.jobs.send_to_member")
    for job in [*mails, *mails]:
        send_to_member(**job.args)
    pushes = ProcrastinateJob.objects.filter(task_name="notifications.channels.jobs.push")
    activity_id = Activity.objects.values_list("pk", flat=True).get()
    assert [job.args for job in pushes] == [
        {"subscription_id": browser.pk, "activity_id": activity_id}
    ]


def test_browsers_of_who_gets_a_mail_of_their_own_are_told_too(remark, ofi, olena, charlie):
    consultation = remark.consultation
    set_wanted(charlie.pk, consultation.pk, is_wanted=False)
    browsers = [
        PushSubscription.objects.create(
            user=person, endpoint=f"https://push.example/{person.pk}", p256dh="k", auth="a"
        )
        for person in (olena, charlie)
    ]
    for person in (olena, charlie):
        follower(person, consultation)
    life_actions.withdraw(consultation, by=ofi, reason="Проєкт відкликано.")
    activity = Activity.objects.get()
    assert tell_followers(activity.pk) == 0
    pushes = ProcrastinateJob.objects.filter(task_name="notifications.channels.jobs.push")
    assert [job.args["subscription_id"] for job in pushes] == [browsers[0].pk]
    Follower.objects.update(quiet_from=time(0, 0), quiet_until=time(23, 59, 59))
    tell_followers(activity.pk)
    assert pushes.count() == 1


def test_nobody_follows_nothing_is_left_to_do(consultation, ofi, waiting):
    life_actions.withdraw(consultation, by=ofi, reason="Проєкт відкликано.")
    assert Activity.objects.count() == 1
    names = ProcrastinateJob.objects.values_list("task_name", flat=True)
    assert "notifications.jobs.tell_followers" not in names


def test_who_gets_a_mail_of_their_own_is_not_told_twice(remark, ofi, olena, bohdan, charlie, do):
    consultation = remark.consultation
    remarks_actions.remark(consultation, by=charlie, text="Проти.")
    set_wanted(charlie.pk, consultation.pk, is_wanted=False)
    for each in (olena, bohdan, charlie):
        follower(each, consultation)
    life_actions.withdraw(consultation, by=ofi, reason="Проєкт відкликано.")
    tell()
    do()
    # olena as who spoke, bohdan as a follower, charlie wants none.
    assert addresses() == sorted([olena.email, bohdan.email])


def test_in_quiet_hours_it_waits_for_their_end(consultation, ofi, clock, do):
    clock.set(kyiv(local_date(clocks.now()) + timedelta(days=1), time(23, 0)))
    follower("d@example.org", consultation, quiet_from=time(22, 0), quiet_until=time(7, 0))
    Follower.objects.update(created_at=clocks.now() - timedelta(days=1))
    life_actions.withdraw(consultation, by=ofi, reason="Проєкт відкликано.")
    tell()
    jobs = ProcrastinateJob.objects.filter(task_name="notifications.jobs.send_to_member")
    assert send_to_member(**jobs.get().args) is False
    assert mail.outbox == []
    later = jobs.get(scheduled_at__isnull=False)
    morning = kyiv(local_date(clocks.now()) + timedelta(days=1), time(7, 0))
    assert later.scheduled_at == morning
    clock.set(morning)
    assert send_to_member(**later.args) is True
    assert addresses() == ["d@example.org"]


@pytest.mark.parametrize(
    ("begins", "ends", "now", "until"),
    [
        (22, 7, 23, (1, 7)),
        (22, 7, 6, (0, 7)),
        (22, 7, 7, None),
        (13, 15, 14, (0, 15)),
        (13, 15, 15, None),
        (8, 8, 8, None),
    ],
)
def test_quiet_hours_may_span_midnight(begins, ends, now, until):
    day = local_date(clocks.now())
    who = Follower(quiet_from=time(begins), quiet_until=time(ends))
    expected = kyiv(day + timedelta(days=until[0]), time(until[1])) if until else None
    assert quiet_until(who, kyiv(day, time(now))) == expected


def test_what_was_hidden_meanwhile_is_not_told(department, ofi, do):
    consultation = factories.consultation(department, State.ANNOUNCED)
    follow(follower("d@example.org"), consultation)
    Activity.objects.create(
        verb="opened",
        about=f"consultation:{consultation.pk}",
        topics=[f"consultation:{consultation.pk}"],
        consultation=consultation,
    )
    tell_followers(Activity.objects.get().pk)
    life_actions.withdraw(consultation, by=ofi, reason="Проєкт відкликано.")
    do()
    assert mail.outbox == []
