"""Asking for a letter with a code."""

from __future__ import annotations

import pytest

from accounts.models import Residence, ResidenceLetter
from accounts.residence import actions, rules
from accounts.residence.events import LetterAsked
from accounts.residence.printing import print_letters
from core.domain.rules import Refused

pytestmark = pytest.mark.django_db


def refusal(user, **more) -> str:
    with pytest.raises(Refused) as refused:
        actions.ask_letter(user, **more)
    return refused.value.verdict.code


def test_it_waits_to_be_printed_and_has_no_code_yet(olena, at_home, hear):
    told = hear(LetterAsked)
    letter = actions.ask_letter(olena)
    assert list(ResidenceLetter.objects.waiting()) == [letter]
    assert (letter.digest, letter.expires_at) == ("", None)
    assert told == [LetterAsked(olena.pk, olena.pk, at_home.pk, letter.pk)]


def test_asked_again_before_it_is_printed_it_is_the_same(olena, at_home, hear):
    letter = actions.ask_letter(olena)
    told = hear(LetterAsked)
    assert actions.ask_letter(olena, address="вул. Рудна, 40") == letter
    assert ResidenceLetter.objects.get().residence.address == "вул. Рудна, 40"
    assert told == []


def test_asked_again_when_it_is_on_its_way_its_code_is_void(olena, at_home, by_post):
    code = by_post(olena)
    actions.ask_letter(olena)
    assert ResidenceLetter.objects.open().count() == 1
    with pytest.raises(Refused) as refused:
        actions.confirm_by_letter(olena, code)
    assert refused.value.verdict.code == "residence.no_letter"


def test_after_the_check_the_address_is_given_anew(olena, at_home, by_post):
    actions.confirm_by_letter(olena, by_post(olena))
    assert refusal(olena) == "residence.address_missing"
    actions.ask_letter(olena, address="вул. Рудна, 4")
    home = Residence.objects.get()
    assert home.address == "вул. Рудна, 4"
    assert home.checked_at  # and it stays checked until it expires


def test_without_a_residence(olena):
    assert refusal(olena) == "residence.none"


def test_three_in_three_months(olena, at_home, ofi, clock):
    for _ in range(rules.LETTERS):
        actions.ask_letter(olena)
        print_letters(by=ofi)
    assert refusal(olena) == "residence.letters_many"
    clock.advance(days=rules.LETTERS_PER_DAYS + 1)
    actions.ask_letter(olena)


def test_moving_does_not_begin_the_count_anew(olena, at_home, ofi, north, south):
    for place in (south, north, south):
        actions.ask_letter(olena)
        print_letters(by=ofi)
        actions.declare(olena, district=place, address="вул. Нова, 1")
    assert refusal(olena) == "residence.letters_many"


def test_suspended(olena, at_home):
    olena.is_active = False
    olena.save()
    assert refusal(olena) == "account.suspended"
