"""The demo city, loaded once for all that is to be true of it: loading takes many seconds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from io import StringIO

import pytest
import pytest_django
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from consultations.models import Consultation
from core.domain import clock


@pytest.fixture(scope="package")
def loaded(
    django_db_setup: None,
    django_db_blocker: pytest_django.DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """What ``load_demo`` has printed; a test's own changes go with it, the city after the last."""
    media = tmp_path_factory.mktemp("media")
    with (
        django_db_blocker.unblock(),
        override_settings(DEMO=True, MEDIA_ROOT=media),
        transaction.atomic(),
    ):
        out = StringIO()
        call_command("load_demo", stdout=out)
        yield out.getvalue()
        transaction.set_rollback(True)


def states() -> Counter[str]:
    """How many consultations are in each state."""
    now = clock.now()
    return Counter(consultation.state_at(now) for consultation in Consultation.objects.all())
