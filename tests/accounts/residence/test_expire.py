"""The check of a residence runs out, people are reminded once, and renew it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.data.retention import sweep_all
from accounts.models import Residence
from accounts.paper.actions import register
from accounts.residence import actions
from accounts.residence.events import ResidenceExpiring
from accounts.residence.printing import print_letters
from core.domain import clock as time
from core.domain.retention import PERIODS, period_of
from core.domain.rules import Refused
from notifications.models import Sent
from notifications.sending.mail import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def checked(olena, at_home, by_post) -> Residence:
    return actions.confirm_by_letter(olena, by_post(olena))


def test_the_databases_clock_ends_it_without_any_job(checked, clock):
    clock.set(checked.expires_at - timedelta(seconds=30))
    assert Residence.objects.checked().exists()
    clock.advance(seconds=31)
    assert not Residence.objects.checked().exists()
    assert Residence.objects.current().get() == checked


def test_a_reminder_thirty_days_before_and_once(checked, olena, clock, hear):
    told = hear(ResidenceExpiring)
    clock.advance(days=3 * 365 - 31)
    assert actions.remind() == 0
    clock.advance(days=2)
    assert actions.remind() == 1
    assert actions.remind() == 0
    assert told == [ResidenceExpiring(olena.pk, None, checked.pk)]


def test_who_has_run_out_or_moved_is_not_reminded(checked, olena, south, clock):
    clock.advance(days=3 * 365 + 2)
    assert actions.remind() == 0
    clock.advance(days=-20)
    actions.declare(olena, district=south, address="вул. Нова, 1")
    assert actions.remind() == 0


def test_in_pieces(checked, bohdan, north, ofi, clock):
    actions.check(bohdan, district=north, how="office", by=ofi)
    clock.advance(days=3 * 365 - 10)
    assert [actions.remind(at_most=1) for _ in range(3)] == [1, 1, 0]


def test_renewed_by_any_way_it_counts_anew_and_reminds_anew(checked, olena, north, ofi, clock):
    clock.advance(days=3 * 365 - 10)
    actions.remind()
    again = actions.check(olena, district=north, how="office", by=ofi)
    assert again.pk == checked.pk
    assert again.reminded_at is None
    assert again.expires_at > checked.expires_at
    clock.advance(days=20)
    assert Residence.objects.checked().exists()
    assert actions.remind() == 0
    clock.advance(days=3 * 365 - 40)
    assert actions.remind() == 1


def addresses() -> list[str]:
    """Those that are left after the sweep."""
    sweep_all()
    return list(Residence.objects.exclude(address="").values_list("address", flat=True))


def test_while_a_letter_is_on_its_way_the_check_stands_and_the_address(
    checked, olena, ofi, clock, settings
):
    clock.advance(days=3 * 365 - 10)
    actions.ask_letter(olena, address="вул. Рудна, 4")
    assert Residence.objects.checked().exists()
    assert addresses() == ["вул. Рудна, 4"]
    print_letters(by=ofi)
    clock.advance(days=settings.LETTER_DAYS - 1)
    assert addresses() == ["вул. Рудна, 4"]
    clock.advance(days=3)
    assert addresses() == []


def test_an_address_that_nobody_checks_is_forgotten(at_home, clock, settings):
    clock.set(time.now() + period_of("unchecked_addresses") - timedelta(days=1))
    assert addresses() == [at_home.address]
    clock.advance(days=2)
    assert addresses() == []


def test_the_council_may_keep_it_for_a_while_after_the_check(
    olena, at_home, by_post, clock, monkeypatch
):
    monkeypatch.setitem(PERIODS, "addresses", timedelta(days=30))
    actions.confirm_by_letter(olena, by_post(olena))
    clock.advance(days=29)
    assert addresses() == [at_home.address]
    clock.advance(days=2)
    assert addresses() == []


def test_the_office_does_not_check_itself(ofi, north):
    with pytest.raises(Refused) as refused:
        actions.check(ofi, district=north, how="office", by=ofi)
    assert refused.value.verdict.code == "account.oneself"


def test_the_mail_goes_once_and_not_when_it_is_renewed(
    checked, olena, ofi, north, clock, mailoutbox
):
    clock.advance(days=3 * 365 - 10)
    actions.remind()
    (job,) = ProcrastinateJob.objects.filter(task_name="notifications.jobs.send")
    assert job.args["template"] == "accounts/residence_expiring"
    assert send(**job.args)
    assert not send(**job.args)
    assert [mail.to for mail in mailoutbox] == [[olena.email]]
    assert "/account/residence/" in mailoutbox[0].body
    actions.check(olena, district=north, how="office", by=ofi)
    Sent.objects.all().delete()
    assert not send(**job.args)


def test_nobody_without_e_mail_is_mailed(ofi, north, clock, mailoutbox):
    maria = register(by=ofi, district=north, given_name="М", family_name="Я", phone="+380671234567")
    actions.check(maria, district=north, how="office", by=ofi)
    clock.advance(days=3 * 365 - 10)
    assert actions.remind() == 1
    (job,) = ProcrastinateJob.objects.filter(task_name="notifications.jobs.send")
    assert not send(**job.args)
    assert mailoutbox == []
