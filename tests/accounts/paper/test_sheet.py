"""The sheet of codes: given, replaced, void, printed."""

from __future__ import annotations

import pytest

from accounts.events import SheetMade
from accounts.models import PaperSheet
from accounts.paper import actions
from accounts.paper.sheets import sheet_pdf
from core.domain.rules import Refused
from tests.accounts.paper.test_letters import text_of

pytestmark = pytest.mark.django_db


def test_codes_are_in_the_hand_and_nowhere_else(maria, ofi, hear):
    told = hear(SheetMade)
    made, codes = actions.new_sheet(maria, by=ofi)
    assert len(set(codes)) == len(made.digests) == actions.CODES
    kept = str(list(PaperSheet.objects.values()))
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)
    assert told == [SheetMade(maria.pk, ofi.pk, made.pk)]


def test_a_new_one_makes_the_old_one_void(sheet, ofi):
    _made, codes = actions.new_sheet(sheet.user, by=ofi)
    with pytest.raises(Refused):
        actions.use_code(sheet.number, sheet.codes[0])
    assert actions.use_code(sheet.number, codes[0])[0] == sheet.user


def test_a_lost_one_is_void(sheet, ofi):
    actions.void_sheet(sheet.user, by=ofi)
    with pytest.raises(Refused):
        actions.use_code(sheet.number, sheet.codes[0])


def test_somebody_with_e_mail_may_have_one_too(olena, ofi):
    made, codes = actions.new_sheet(olena, by=ofi)
    assert actions.use_code(made.account.number, codes[0])[0] == olena


@pytest.mark.parametrize(
    ("by", "whose", "code"),
    [
        ("olena", "bohdan", "people.not_officer"),
        ("mo", "bohdan", "people.not_officer"),
        ("ofi", "ofi", "account.oneself"),
        ("ofi", "mo", "paper.staff"),
        ("admin", "ofi", "paper.staff"),
    ],
)
def test_refusals(request, by, whose, code):
    with pytest.raises(Refused) as refused:
        actions.new_sheet(request.getfixturevalue(whose), by=request.getfixturevalue(by))
    assert refused.value.verdict.code == code


def test_not_of_somebody_suspended(maria, ofi):
    maria.is_active = False
    maria.save()
    with pytest.raises(Refused) as refused:
        actions.new_sheet(maria, by=ofi)
    assert refused.value.verdict.code == "people.inactive"


def test_it_is_one_page_with_all_that_one_needs(maria, ofi, settings):
    made, codes = actions.new_sheet(maria, by=ofi)
    pages = text_of(sheet_pdf(made, codes, user=maria)).split("\f")[:-1]
    assert len(pages) == 1
    assert all(code in pages[0] for code in codes)
    assert str(made.account) in pages[0]
    assert maria.get_full_name() in pages[0]
    assert f"{settings.SITE_URL}/account/paper/" in pages[0]
