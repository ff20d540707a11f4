"""The demo city's coming hearing has documents and people who registered."""

from __future__ import annotations

import pytest

from meetings.models import Meeting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def test_the_coming_hearing_has_documents_and_registrations():
    meeting = Meeting.objects.coming().get(kind="hearing")
    assert meeting.documents.count() == 2
    assert meeting.documents.filter(item__order=2).exists()
    seated = meeting.registrations.seated()
    assert seated.count() == 5
    assert seated.filter(speaks_on__isnull=False).count() == 3
    assert seated.exclude(needs="").count() == 1
