"""What the hub draws is what the page holds: public, the same for every viewer, by element id."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest
from lxml import html

from consultations import actions
from core.actions import action
from core.events import emit
from core.topics import seqs_of
from discussions import actions as discussion
from realtime.broadcasts import BROADCASTS, DISPLAY, PAGE
from realtime.drawing import draw, warm_up
from tests import factories
from tests.realtime.conftest import say

pytestmark = pytest.mark.django_db

PAGES = {PAGE: "/consultations/{}/", DISPLAY: "/consultations/{}/display/"}


@pytest.fixture
def talk(db, department, olena, bohdan, mo, ofi):
    """A consultation with a remark of each shape: answered, hidden, a wording, deleted."""
    consultation = factories.consultation(department)
    clause = consultation.draft.versions.get().clauses.exclude(number="").first()
    remarks = {
        "plain": say(consultation, olena),
        "answered": say(consultation, olena, clause_id=clause.pk),
        "wording": say(
            consultation, bohdan, kind="wording", clause_id=clause.pk, proposal="Інакше."
        ),
        "hidden": say(consultation, bohdan, "Лайка."),
        "deleted": say(consultation, bohdan),
    }
    actions.answer(remarks["answered"], by=ofi, text="Дякуємо.")
    actions.react(remarks["plain"], by=bohdan, value=1)
    discussion.hide(remarks["hidden"].comment, by=mo, reason="profanity")
    actions.delete_remark(remarks["deleted"], by=bohdan)
    return consultation, remarks


@pytest.mark.parametrize("language", ["uk", "en"])
@pytest.mark.parametrize("viewer", [None, "olena", "mo", "ofi"])
@pytest.mark.parametrize("line", BROADCASTS, ids=lambda line: line.events[0].__name__)
@pytest.mark.parametrize("face", [PAGE, DISPLAY])
def test_part_is_the_same_in_the_page_of_any_viewer(
    talk, client, request, line, face, viewer, language
):
    consultation, remarks = talk
    if line.part(face) is None:
        pytest.skip("pages of this face fetch their region")
    if viewer:
        client.force_login(request.getfixturevalue(viewer))
    prefix = "" if language == "uk" else "/en"
    page = html.fromstring(client.get(prefix + PAGES[face].format(consultation.pk)).content)
    things = [remark.pk for remark in remarks.values()]
    if line.thing == "consultation_id":
        things = [consultation.pk]
    changes = [(line.events[0].__name__, thing) for thing in things]

    drawn = draw(consultation.topic, changes, [(language, face)])[language, face]

    for operation in drawn:
        inside = page.xpath(f'//*[@id="{operation["target"]}"]')
        if operation["swap"] == "remove":
            assert not inside
        else:
            assert _same(operation["html"], inside[0])


def _same(drawn, element):
    """Equal but for white space and what follows the element."""

    def text(source):
        source.tail = None
        return re.sub(r"\s+", " ", html.tostring(source, encoding="unicode")).strip()

    assert text(html.fromstring(drawn)) == text(element)
    return True


def test_parts_take_nothing_from_a_request(talk):
    """No token, nobody's name but authors', no form; the context of a request changes nothing."""
    consultation, remarks = talk
    changes = [("RemarkPosted", remark.pk) for remark in remarks.values()]
    for operations in draw(consultation.topic, changes, [("uk", PAGE), ("uk", DISPLAY)]).values():
        for operation in operations:
            drawn = operation.get("html", "")
            assert "csrf" not in drawn
            assert "<form" not in drawn
            assert "Лайка" not in drawn


@pytest.mark.parametrize("line", BROADCASTS, ids=lambda line: line.events[0].__name__)
def test_every_event_of_the_list_raises_its_topics(talk, olena, line):
    consultation, remarks = talk
    answer = remarks["answered"].comment.answers.get()
    known = {
        "consultation_id": consultation.pk,
        "remark_id": remarks["answered"].pk,
        "answer_id": answer.pk,
        "by_id": olena.pk,
        "change_id": 0,
        "version_id": 0,
        "standing_in_for_id": None,
    }
    for event_type in line.events:
        event = event_type(**{field.name: known[field.name] for field in fields(event_type)})
        before = seqs_of(line.topics(event))
        with action():
            emit(event)
        after = seqs_of(line.topics(event))
        assert after == {topic: before.get(topic, 0) + 1 for topic in line.topics(event)}


def test_templates_of_the_list_exist():
    warm_up()
