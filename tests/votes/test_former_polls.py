"""Polls of an installation that was there before the search knew polls."""

from importlib import import_module

import pytest
from django.apps import apps

from votes.models import Poll

from . import factories

pytestmark = pytest.mark.django_db


def test_a_poll_announced_before_is_found_after_the_upgrade(client, ofi, department):
    former = factories.poll(ofi, department, title="Фонтан на Копровій")
    words = former.search
    draft = factories.poll(ofi, department, "draft", title="Фонтан у парку")
    Poll.objects.update(search=None)
    import_module("votes.migrations.0011_search_of_announced").fill(apps, None)
    former.refresh_from_db()
    draft.refresh_from_db()
    assert former.search == words
    assert draft.search is None
