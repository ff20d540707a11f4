"""Two accounts of one person become one: she goes on acting for whom she acted by either."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.identity.events import AccountsMerged
from core.domain import clock as database_clock
from core.domain.actions import action
from core.domain.events import emit
from organisations.events import MandateChanged, MandateGranted, MandateRevoked
from organisations.mandates import queries
from organisations.models import Mandate, Organisation
from organisations.registering import actions
from tests import factories
from tests.organisations.conftest import CODE, DESCRIBED

pytestmark = pytest.mark.django_db


def merge(kept, gone) -> None:
    with action():
        emit(AccountsMerged(kept.pk, gone.pk))


def test_mandates_go_over(company, colleague, firm, charlie, emitted):
    merge(charlie, firm)
    made = queries.mandate_of(charlie, company.pk, "comment")
    assert (made.scopes, made.is_head) == (["comment"], False)
    assert queries.of(firm) == []
    assert emitted[1:] == [
        MandateRevoked(colleague.pk, company.pk, firm.pk, charlie.pk),
        MandateGranted(made.pk, company.pk, charlie.pk, charlie.pk),
    ]


def test_of_two_mandates_comes_one_that_covers_both(company, head, colleague, olena, firm, emitted):
    merge(firm, olena)
    made = Mandate.objects.get(organisation=company, user=firm, revoked_at=None)
    assert (made.scopes, made.is_head, made.ends_at) == (["all"], True, None)
    assert emitted[1:] == [
        MandateRevoked(head.pk, company.pk, olena.pk, firm.pk),
        MandateChanged(made.pk, company.pk, firm.pk, firm.pk, colleague.pk),
    ]


def test_the_later_end_counts_and_what_is_over_does_not(company, firm, charlie, clock):
    now = database_clock.now()
    factories.mandate(firm, company, scopes=["vote"], ends_at=now + timedelta(days=1))
    until = now + timedelta(days=5)
    factories.mandate(charlie, company, scopes=["comment"], ends_at=until)
    clock.advance(days=2)
    merge(charlie, firm)
    made = Mandate.objects.get(organisation=company, user=charlie, revoked_at=None)
    assert (made.scopes, made.ends_at) == (["comment"], until)


@pytest.mark.parametrize(
    ("first", "second", "made"),
    [
        ((["all"], 1), (["comment"], None), (["all"], 1)),
        ((["all"], 5), (["comment"], 1), (["all"], 5)),
        ((["vote"], 1), (["comment"], 5), (["comment", "vote"], 1)),
        ((["vote"], None), (["vote"], 5), (["vote"], None)),
        ((["comment", "vote"], None), (["vote"], 5), (["comment", "vote"], None)),
        ((["vote"], None), (["comment"], None), (["comment", "vote"], None)),
    ],
)
def test_nothing_lasts_longer_than_it_was_given_for(company, firm, charlie, first, second, made):
    now = database_clock.now()
    for kept, gone in ((charlie, firm), (firm, charlie)):
        Mandate.objects.all().delete()
        for user, (scopes, days) in ((kept, first), (gone, second)):
            ends_at = now + timedelta(days=days) if days else None
            factories.mandate(user, company, scopes=scopes, ends_at=ends_at)
        merge(kept, gone)
        got = Mandate.objects.get(organisation=company, user=kept, revoked_at=None)
        days = (got.ends_at - now).days if got.ends_at else None
        assert (got.scopes, days) == made


def test_two_claims_of_one_code_are_one(claim, olena, firm):
    other = actions.register(by=firm, kind="legal", code=CODE, fields=DESCRIBED)
    merge(olena, firm)
    other.refresh_from_db()
    assert (other.registered_by, other.closed_at is not None) == (olena, True)
    assert list(Organisation.objects.waiting()) == [claim]


def test_nothing_to_take_over(company, colleague, firm, charlie, emitted):
    merge(firm, charlie)
    assert [type(event) for event in emitted] == [AccountsMerged]
    assert queries.mandate_of(firm, company.pk, "comment") == colleague
