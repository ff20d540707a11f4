"""The public bundle between transactions: made from one state, gone with the commit that hides."""

from __future__ import annotations

from threading import Event

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from accounts.people.actions import change_profile
from consultations.dispositions import actions as dispositions
from consultations.evidence import actions, former_voices, making
from consultations.evidence.kinds import Audience, Why
from consultations.evidence.models import EvidenceBundle
from consultations.evidence.queries import path_of
from consultations.models import Procedure
from consultations.remarks import actions as remarks_actions
from core.audit_log.beginning import begin_record
from core.audit_log.comparing import find_all_faults
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
    made = remarks_actions.remark(begun, by=olena, text="Тут бракує ліхтаря")
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


def test_approving_and_hiding_wait_for_each_other(begun, olena, ofi, mo):
    """In the middle of an approval nobody hides the remark: the record would hold a disposition as
    public that is not."""
    Procedure.objects.update(unconsidered={"off_topic": "ст. 15 ч. 3 п. 4"})
    made = remarks_actions.remark(begun, by=olena, text="Тут бракує ліхтаря")
    dispositions.settle(made, by=ofi, kind="rejected", reason="Ліхтарі є.")
    approved, tried = Event(), Event()

    def approve_it() -> None:
        with action():
            dispositions.approve(made, by=ofi)
            approved.set()
            tried.wait(0.3)  # until the other waits for the lock

    def hide_it() -> None:
        approved.wait(20)
        hide(made.comment, by=mo, reason="off_topic", note="Не про це")
        tried.set()

    assert at_once([approve_it, hide_it]) == [None, None]
    assert list(find_all_faults()) == []


def test_what_is_said_while_its_author_changes_their_name(begun, olena):
    said, renamed = Event(), Event()
    stale = User.objects.get(pk=olena.pk)

    def speak() -> None:
        with action():
            remarks_actions.remark(begun, by=stale, text="Тут бракує ліхтаря")
            said.set()
            assert renamed.wait(20), "whoever speaks keeps nobody from their name"

    def rename() -> None:
        said.wait(20)
        change_profile(olena, fields={"given_name": "Мавка"})
        renamed.set()

    assert at_once([speak, rename]) == [None, None]
    assert any("remark" in fault for fault in find_all_faults())
    task = ProcrastinateJob.objects.get(task_name="consultations.jobs.record_former_voices")
    assert former_voices.record_former_voices(**task.args) == 1
    assert list(find_all_faults()) == []
    assert former_voices.record_former_voices(**task.args) == 0


def test_it_is_made_while_others_speak(begun, olena, bohdan):
    """What is said meanwhile is in it wholly or not at all."""
    actions.renew(begun.pk, Why.FIRST)

    def speak(person) -> None:
        for number in range(8):
            remarks_actions.remark(begun, by=person, text=f"Зауваження {number}")

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
