"""The demo city has journalists, a press conference that they come to, and an act."""

from __future__ import annotations

import pytest

from consultations.acts.queries import acts
from newsroom.models import Accreditation, Page, PressAttendance

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def test_the_demo_city_has_a_press_and_an_act():
    assert Accreditation.objects.waiting().count() == 1
    assert Accreditation.objects.refused().count() == 1
    said = PressAttendance.objects.get()
    assert said.meeting.kind == "press" and said.is_coming
    assert Page.objects.get(slug="advisory-bodies").current.number == 2
    assert acts().get().signed_on
