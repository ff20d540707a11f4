"""Every form of the desk that edits what is stored carries the version it was drawn from."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from core.models import AuditEntry
from tests.access import table
from tests.access.city import City
from tests.access.editing import EDITING, OTHERS, carried_back
from tests.access.forms import FORMS
from tests.access.routes import names, things

DESK = ("desk:", "petitions_desk:", "votes_desk:", "organisations_desk:", "staff:", "people:")


def test_every_form_of_the_desk_is_said_to_edit_or_why_not() -> None:
    """A new route fails here until somebody has thought of two officers at it."""
    takes_post = {
        line.split()[0] for line in table.FILE.read_text().splitlines() if " POST " in line
    }
    of_desk = {name for name in takes_post if name.startswith((*DESK, "moderation:"))}
    assert of_desk == EDITING | OTHERS.keys()
    assert not EDITING & OTHERS.keys()


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(EDITING))
def test_what_was_drawn_from_nothing_stores_nothing_and_then_goes_on(
    town: City, client: Any, name: str
) -> None:
    parameters = dict(names())[name]
    arguments = next(iter(things(town, name, parameters).values()))
    address, data = reverse(name, args=arguments), FORMS.get(name, lambda *_: {})(town, arguments)
    client.force_login(town.people["admin"])
    stored = AuditEntry.objects.count()
    answer = client.post(address, data)
    assert answer.status_code == 409
    assert AuditEntry.objects.count() == stored
    again = client.post(address, data | carried_back(answer))
    assert again.status_code == 302, again.text
