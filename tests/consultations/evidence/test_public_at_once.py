"""The public bundle between transactions: made from one state, gone with the commit that hides."""

from __future__ import annotations

from threading import Event

import pytest
from django.test import Client

from consultations.actions import remarks
from consultations.evidence import actions, making
from consultations.evidence.folder import path_of
from consultations.evidence.kinds import Audience, Why
from consultations.evidence.models import EvidenceBundle
from core.audit_log.beginning import begin_record
from core.domain.actions import action
from discussions.actions import hide
from tests import factories
from tests.consultations.evidence.bundles import faults, make_public, standing
from tests.crowds import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def begun(department, settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path / "private"
    opened = factories.consultation(department)
    begin_record()
    return opened


def test_whoever_downloads_gets_nothing_from_the_commit_on(begun, olena, mo):
    made = remarks.remark(begun, by=olena, text="Тут бракує ліхтаря")
    actions.renew(begun.pk, Why.FIRST)
    bundle = make_public(begun)
    path, url = path_of(bundle), f"/consultations/{begun.pk}/evidence.zip"
    hidden, asked = Event(), Event()

    def hide_it() -> None:
        with action():
            hide(made.comment, by=mo, reason="spam", note="Реклама")
            hidden.set()
            asked.wait(20)

    def ask() -> int:
        hidden.wait(20)
        answer = Client().get(url)
        asked.set()
        return answer.status_code

    assert at_once([hide_it, ask]) == [None, 200], "it is not hidden before the commit"
    assert at_once([lambda: Client().get(url).status_code]) == [404]
    assert not path.exists()
    assert "ліхтаря".encode() not in path_of(make_public(begun)).read_bytes()


def test_it_is_made_while_others_speak(begun, olena, bohdan):
    """What is said meanwhile is in it wholly or not at all."""
    actions.renew(begun.pk, Why.FIRST)

    def speak(person) -> None:
        for number in range(8):
            remarks.remark(begun, by=person, text=f"Зауваження {number}")

    def make() -> None:
        for _time in range(3):
            making.make_public_bundle(begun.pk)
            assert faults(path_of(standing(begun))) == []
            actions.renew(begun.pk, Why.VERSION)

    at_once([make, lambda: speak(olena), lambda: speak(bohdan)])
    making.make_public_bundle(begun.pk)
    assert faults(path_of(standing(begun))) == []
    waiting = EvidenceBundle.objects.filter(audience=Audience.PUBLIC, ready_at=None)
    assert not waiting.exists()
