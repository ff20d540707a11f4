"""A version that is being published is never taken for a preview that may be replaced."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from core.domain.actions import action
from drafts.models import Version
from drafts.versions import actions
from tests.locks import is_waiting


@pytest.mark.django_db(transaction=True)
def test_the_published_stays_and_the_import_is_the_next_version():
    first = actions.import_draft("1. Перше.".encode(), name="a.txt")
    published = threading.Event()

    def import_next():
        try:
            published.wait()
            return actions.import_version(first.draft, "1. Друге.".encode(), name="b.txt")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with action():
            actions.publish(first)
            coming = pool.submit(import_next)
            published.set()
            while not is_waiting():
                assert not coming.done()
        second = coming.result(timeout=30)
    assert second.number == 2
    versions = Version.objects.order_by("number")
    assert [(v.number, v.is_published) for v in versions] == [(1, True), (2, False)]
    assert [c.text for c in first.outline()] == ["Перше."]
