"""Every form of the desk that edits what is stored carries the version it was drawn from."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from city.models import Department
from core.models import AuditEntry
from tests.access import table
from tests.access.city import City
from tests.access.editing import CARRIED, EDITING, OTHERS, carried_back, drawn_form
from tests.access.forms import FORMS
from tests.access.routes import names, things

DESK = (
    "tracks_desk:",
    "desk:",
    "petitions_desk:",
    "appeals_desk:",
    "votes_desk:",
    "organisations_desk:",
    "staff:",
    "people:",
    "city_desk:",
    "meetings_desk:",
    "meetings_control:",
    "deputies_desk:",
    "press_desk:",
    "pages_desk:",
    "indicators_desk:",
    "newsroom_desk:",
    "services_desk:",
    "surveys_desk:",
    "documents_desk:",
    "panel_desk:",
    "audit_desk:",
    "state_desk:",
    "notes:",
)


def test_every_form_of_the_desk_is_said_to_edit_or_why_not() -> None:
    """A new route fails here until somebody has thought of two officers at it."""
    takes_post = {
        line.split()[0] for line in table.FILE.read_text().splitlines() if " POST " in line
    }
    of_desk = {name for name in takes_post if name.startswith((*DESK, "moderation:"))}
    assert of_desk == EDITING | OTHERS.keys()
    assert not EDITING & OTHERS.keys()


def later(town: City, arguments: tuple[Any, ...]) -> dict[str, Any]:
    opened = town.opened
    return {"last_day": opened.last_day + timedelta(days=9), "reason": "треба"}


def elsewhere(town: City, _arguments: tuple[Any, ...]) -> dict[str, Any]:
    return {"department": Department.objects.exclude(pk=town.opened.department_id).first().pk}


def other_executor(town: City, _arguments: tuple[Any, ...]) -> dict[str, Any]:
    return {"executor": elsewhere(town, ())["department"]}


#: What differs from what is stored, where the form of tests/access/forms.py does not.
CHANGED = {
    "desk:dates": later,
    "appeals_desk:assign": other_executor,
    "desk:note_step": lambda _town, arguments: {
        f"s{arguments[1]}-text": "чекаємо",
        f"s{arguments[1]}-due_on": "2030-01-01",
    },
    "desk:renumber": lambda *_: {
        "renumber-marker": "9.",
        "renumber-kind": "clause",
        "renumber-depth": "0",
    },
    **dict.fromkeys(
        ("petitions_desk:publish", "petitions_desk:sort", "petitions_desk:review"), elsewhere
    ),
}
#: The thing of tests/access/routes.py that can be edited, where it is not the first.
THING = {"votes_desk:edit": "draft", "votes_desk:question": "draft"}


#: The page that draws the form, where it is not the route itself.
PAGES = {
    **dict.fromkeys(("desk:renumber", "desk:split", "desk:join", "desk:reword"), "desk:clause"),
    "desk:repair": "desk:text",
    "desk:table_row": "desk:table",
    **dict.fromkeys(("desk:change_decision", "desk:note_step"), "desk:decision"),
    **{name: "petitions_desk:detail" for name in EDITING if name.startswith("petitions_desk:")},
    "petitions_desk:change_rules": "petitions_desk:change_rules",
    "petitions_desk:change_ground": "petitions_desk:change_ground",
}


@pytest.mark.with_all
@pytest.mark.django_db
def test_what_is_sent_as_it_was_drawn_is_no_conflict(town: City, client: Any) -> None:
    """What a page digests of a row and what is digested under the lock are spelt alike."""
    client.force_login(town.people["admin"])
    parameters, wrong = dict(names()), {}
    for name in sorted(EDITING):
        found = things(town, name, parameters[name])
        arguments = found[THING.get(name, next(iter(found)))]
        address, page = reverse(name, args=arguments), PAGES.get(name, name)
        if page in ("petitions_desk:detail", "desk:table", "desk:decision"):
            arguments = arguments[:1]
        drawn = client.get(reverse(page, args=arguments))
        sent = drawn_form(drawn, address)
        with transaction.atomic():
            answer = client.post(address, sent)
            transaction.set_rollback(True)
        if CARRIED not in str(sent) or answer.status_code == 409:
            wrong[name] = sent, answer
    assert not wrong


@pytest.mark.with_all
@pytest.mark.django_db
def test_what_was_drawn_from_nothing_stores_nothing_and_then_goes_on(
    town: City, client: Any
) -> None:
    client.force_login(town.people["admin"])
    parameters = dict(names())
    before, wrong = AuditEntry.objects.count(), {}
    for name in sorted(EDITING):
        found = things(town, name, parameters[name])
        arguments = found[THING.get(name, next(iter(found)))]
        filled = CHANGED.get(name) or FORMS.get(name, lambda *_: {})
        address, data = reverse(name, args=arguments), filled(town, arguments)
        with transaction.atomic():
            answers = [client.post(address, data)]
            stored = AuditEntry.objects.count() - before
            answers.append(client.post(address, data | carried_back(answers[0], address)))
            transaction.set_rollback(True)
        if stored or [answer.status_code for answer in answers] != [409, 302]:
            wrong[name] = stored, answers
    assert not wrong
