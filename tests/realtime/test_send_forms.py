"""A form posted to Daphne, the only server of the demo: each part has a context of its own."""

from __future__ import annotations

import re

import httpx
import pytest
from django.conf import settings
from django.db import connection

from consultations.models import Remark
from core.models import IdempotencyKey
from tests.realtime.conftest import session_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clocked]


def test_a_refused_form_that_is_corrected_goes_through_at_once(daphne, consultation, olena):
    address = f"{daphne.url}/consultations/{consultation.pk}/speak/"
    with httpx.Client(timeout=8) as person:
        person.cookies.set(settings.SESSION_COOKIE_NAME, session_of(olena))
        page = person.get(address).text
        form = {
            name: re.search(rf'name="{name}" value="([^"]+)"', page)[1]
            for name in ("csrfmiddlewaretoken", "idempotency_key")
        }
        told = [
            person.post(address, data={**form, "kind": "remark", "text": text}).status_code
            for text in ("", "Двір затоплює.", "Двір затоплює.")
        ]
    assert told == [422, 302, 302], daphne.output()
    assert (Remark.objects.count(), IdempotencyKey.objects.count()) == (1, 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
        assert cursor.fetchone() == (0,)
