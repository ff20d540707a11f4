"""What a poll promises of its results has to go together."""

from __future__ import annotations

import pytest

from core.domain.rules import Refused
from tests.votes import factories
from votes.life import actions
from votes.models import Poll, State

pytestmark = pytest.mark.django_db


def test_names_and_groups_do_not_go_together(officer, department):
    poll = factories.poll(officer, department, State.DRAFT, secrecy=Poll.Secrecy.NAMED, splits=True)
    with pytest.raises(Refused) as refused:
        actions.schedule(poll, by=officer)
    assert refused.value.verdict.code == "poll.named_in_groups"
    actions.change(poll, by=officer, fields={"splits": False})
    assert actions.schedule(poll, by=officer).scheduled_at
