"""Where a petition stands follows from its dates alone."""

import pytest

from core.domain import clock
from petitions.models import Petition, State
from tests.petitions import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", State.values)
def test_each_state_is_derived_from_the_dates(state, olena):
    made = factories.petition(olena, state)
    assert made.state_at(clock.now()) == state


def test_everybody_sees_what_is_published_and_authors_their_own(olena, bohdan):
    published, draft = factories.petition(olena), factories.petition(olena, State.DRAFT)
    assert set(Petition.objects.visible_to(olena)) == {published, draft}
    assert set(Petition.objects.visible_to(bohdan)) == {published}
