"""Entering the code from the letter."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections

from accounts.models import Residence, ResidenceLetter
from accounts.paper.codes import new_code
from accounts.residence import actions
from accounts.residence.actions import ENTERED, PURPOSE
from accounts.residence.events import ResidenceChecked
from core.domain import clock as time
from core.domain.calendar import local_date
from core.domain.rules import Refused
from tests import factories
from tests.accounts.residence.conftest import printed


def refusal(user, code: str) -> str:
    with pytest.raises(Refused) as refused:
        actions.confirm_by_letter(user, code)
    return refused.value.verdict.code


@pytest.mark.django_db
def test_it_is_checked_for_three_years_and_the_address_is_gone(olena, at_home, by_post, hear):
    code = by_post(olena)
    told = hear(ResidenceChecked)
    actions.confirm_by_letter(olena, f" {code.replace('-', ' ')} ")
    home = Residence.objects.checked().get()
    assert home == at_home
    assert (home.how, home.checked_by, home.address) == ("letter", None, "")
    assert home.last_day == local_date(home.checked_at) + timedelta(days=3 * 365)
    assert told == [ResidenceChecked(olena.pk, None, at_home.pk)]


@pytest.mark.django_db
def test_of_a_displaced_person_for_a_year(olena, north, by_post):
    actions.declare(olena, district=north, address="вул. Рудна, 4", basis="displaced")
    home = actions.confirm_by_letter(olena, by_post(olena))
    assert home.last_day == local_date(home.checked_at) + timedelta(days=365)


@pytest.mark.django_db
def test_a_code_works_once(olena, at_home, by_post):
    code = by_post(olena)
    actions.confirm_by_letter(olena, code)
    assert refusal(olena, code) == "residence.no_letter"


@pytest.mark.django_db
def test_somebody_elses_code_is_a_wrong_code(olena, bohdan, at_home, north, by_post):
    hers = by_post(olena)
    actions.declare(bohdan, district=north, address="вул. Рудна, 6")
    by_post(bohdan)
    assert refusal(bohdan, hers) == "code.wrong"
    actions.confirm_by_letter(olena, hers)


@pytest.mark.django_db
def test_a_slip_of_the_pen_costs_the_letter_nothing(olena, at_home, by_post):
    code = by_post(olena)
    slipped = code[:-1] + str((int(code[-1]) + 1) % 10)
    assert refusal(olena, slipped) == "code.misread"
    assert refusal(olena, "") == "code.misread"
    assert ResidenceLetter.objects.get().tries == 0


@pytest.mark.django_db
def test_before_it_is_printed_there_is_nothing_to_enter(olena, at_home):
    assert refusal(olena, new_code(PURPOSE)[0]) == "residence.no_letter"
    actions.ask_letter(olena)
    assert refusal(olena, new_code(PURPOSE)[0]) == "residence.no_letter"


@pytest.mark.django_db
def test_too_late(olena, at_home, by_post, clock, settings):
    code = by_post(olena)
    letter = ResidenceLetter.objects.get()
    assert letter.last_day == local_date(time.now()) + timedelta(days=settings.LETTER_DAYS)
    clock.set(letter.expires_at)
    assert refusal(olena, code) == "code.expired"
    assert not Residence.objects.checked().exists()


@pytest.mark.django_db
def test_the_last_day_counts_to_its_end(olena, at_home, by_post, clock):
    code = by_post(olena)
    clock.set(ResidenceLetter.objects.get().expires_at - timedelta(seconds=30))
    assert actions.confirm_by_letter(olena, code)


@pytest.mark.django_db
def test_guessing_ends_with_the_letter(olena, at_home, by_post, clock):
    code = by_post(olena)
    for number in range(ResidenceLetter.MOST_TRIES):
        assert refusal(olena, new_code(PURPOSE)[0]) == "code.wrong"
        if number == 5:
            clock.advance(hours=2)  # no more than ENTERED.most an hour
    clock.advance(hours=2)
    assert refusal(olena, code) == "code.tried_out"
    assert ResidenceLetter.objects.get().tries == ResidenceLetter.MOST_TRIES


@pytest.mark.django_db
def test_and_before_that_with_the_hour(olena, at_home, by_post):
    code = by_post(olena)
    for _ in range(ENTERED.most):
        refusal(olena, "1")
    assert refusal(olena, code) == "limit.reached"


@pytest.mark.django_db
def test_moved_meanwhile(olena, at_home, south, by_post):
    code = by_post(olena)
    actions.declare(olena, district=south, address="вул. Нова, 1")
    assert refusal(olena, code) == "residence.no_letter"


@pytest.mark.django_db
def test_queries(olena, at_home, by_post, django_assert_num_queries):
    code = by_post(olena)
    # the limit; the try, the letter; savepoint, person, letter, time, used, residence, time,
    # checked, other letters, trace, release
    with django_assert_num_queries(14):
        actions.confirm_by_letter(olena, code)


def test_fifty_at_once_and_one_success(transactional_db):
    olena = factories.user("olena")
    ofi = factories.user("ofi", role="officer", department=factories.department())
    from city.models import District

    north = District.objects.create(name="Північний", slug="north")
    actions.declare(olena, district=north, address="вул. Рудна, 4")
    code = printed(olena, by=ofi)

    def enter(_number: int) -> str:
        try:
            actions.confirm_by_letter(olena, code)
        except Refused as refused:
            return refused.verdict.code
        finally:
            connections.close_all()
        return "checked"

    with ThreadPoolExecutor(max_workers=10) as threads:
        answers = Counter(threads.map(enter, range(50)))
    assert answers["checked"] == 1
    assert set(answers) <= {"checked", "residence.no_letter", "limit.reached"}
    assert sum(answers.values()) == 50
    assert Residence.objects.checked().count() == 1
    assert ResidenceLetter.objects.get().used_at
