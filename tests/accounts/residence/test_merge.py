"""Two accounts of one person become one: her residence, her rows and her sheet go over."""

from __future__ import annotations

import pytest

from accounts.identity.events import AccountsMerged
from accounts.models import CheckListRow, PaperSheet, Residence, ResidenceLetter
from accounts.paper.actions import new_sheet, use_code
from accounts.residence import actions
from accounts.residence.checking import Proof, make_list
from core.domain.actions import action
from core.domain.events import emit
from core.domain.rules import Refused

pytestmark = pytest.mark.django_db


def merge(kept, gone) -> None:
    """What accounts.identity announces when it has joined two accounts."""
    with action():
        emit(AccountsMerged(kept.pk, gone.pk))


def home_of(user) -> Residence:
    return Residence.objects.current().get(user=user)


def test_the_only_home_goes_over(olena, bohdan, at_home):
    merge(bohdan, olena)
    assert home_of(bohdan) == at_home
    assert not Residence.objects.filter(user=olena).exists()


@pytest.mark.parametrize("kept_is_checked", [True, False])
def test_of_two_the_checked_one_stays(olena, bohdan, at_home, south, ofi, kept_is_checked):
    checked = actions.check(bohdan, district=south, how="office", by=ofi)
    kept, gone = (bohdan, olena) if kept_is_checked else (olena, bohdan)
    merge(kept, gone)
    assert home_of(kept) == checked
    at_home.refresh_from_db()
    assert (at_home.user, at_home.address) == (kept, "")
    assert at_home.ended_at


def test_a_letter_to_the_worse_home_opens_nothing(olena, bohdan, at_home, south, ofi, by_post):
    by_post(olena)
    actions.check(bohdan, district=south, how="office", by=ofi)
    merge(olena, bohdan)
    assert not ResidenceLetter.objects.open().exists()


def test_the_sheet_goes_over_or_is_void(olena, bohdan, ofi):
    made, codes = new_sheet(olena, by=ofi)
    merge(bohdan, olena)
    assert use_code(made.account.number, codes[0])[0] == bohdan
    other, codes = new_sheet(olena, by=ofi)
    merge(bohdan, olena)
    with pytest.raises(Refused):
        use_code(other.account.number, codes[0])
    assert PaperSheet.objects.filter(void_at=None).count() == 1


def test_a_list_that_waits_names_her_once(olena, bohdan, north, ofi, settings):
    settings.CHECKS_ALONE = 0
    proofs = [Proof(user, "id_card", True) for user in (olena, bohdan)]
    both, one = make_list(proofs, by=ofi), make_list(proofs[:1], by=ofi)
    merge(bohdan, olena)
    rows = CheckListRow.objects.order_by("check_list")
    assert [(row.check_list, row.user) for row in rows] == [(both, bohdan), (one, bohdan)]
