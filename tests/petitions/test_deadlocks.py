"""An erasure and a joining take the locks of petitions in the order in which staff take them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from accounts.data.actions import erase
from accounts.identity.handlers import merge
from core.domain.actions import action, locked
from petitions.models import Signature
from tests.attack.test_deadlocks import meanwhile
from tests.petitions import factories

pytestmark = pytest.mark.django_db(transaction=True)

Deed = Callable[[Any, Any], Any]


@pytest.mark.parametrize(
    "deed",
    [lambda olena, bohdan: erase(olena, by=olena), lambda olena, bohdan: merge(bohdan, olena)],
    ids=["erase", "merge"],
)
def test_an_author_who_signed_her_own_goes_while_signatures_are_removed(olena, bohdan, deed: Deed):
    petition = factories.petition(olena)
    Signature.objects.create(petition=petition, user=olena)
    with meanwhile(lambda: deed(olena, bohdan)) as begin, action():
        locked(petition)
        begin()
        found = Signature.objects.filter(petition=petition).select_for_update(no_key=True)
        assert list(found)
