"""What comes after hours has one day of registration, and the page says why it is the next."""

from __future__ import annotations

from datetime import datetime

import pytest

from appeals.models import Appeal
from core.domain.calendar import KYIV
from tests.appeals.filing.conftest import TYPED, open_by

pytestmark = pytest.mark.django_db
NEXT_DAY = "it came after office hours or on a day off"


@pytest.mark.parametrize(
    ("hour", "is_later"), [(10, False), (19, True)], ids=["in hours", "after hours"]
)
def test_the_page_says_once_when_it_is_registered(client, office, file, clock, hour, is_later):
    clock.set(datetime(2026, 12, 1, hour, 3, tzinfo=KYIV))  # a Tuesday
    page = client.post("/en/appeals/new/", TYPED).content.decode()
    assert (NEXT_DAY in page) is is_later
    filed = file()
    open_by(client, filed)
    page = client.get(f"/en{filed.appeal.get_absolute_url()}").content.decode()
    assert (NEXT_DAY in page) is is_later
    course = page.partition("What has happened")[2] or page
    assert "Received" in course
    day = Appeal.objects.latest("pk").registered_on
    assert day.day == (2 if is_later else 1)
