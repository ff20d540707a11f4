"""Polls of an installation that was there before the search knew polls."""

from importlib import import_module

import pytest
from django.apps import apps

from votes.models import Invitation, Poll

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


def test_lists_written_before_are_in_order_after_the_upgrade(ofi, department):
    people = [("Єва Гай", ""), ("Андрій Рак", "")]
    poll = factories.poll(ofi, department, "draft", people=people)
    Invitation.objects.filter(poll=poll).update(name_key="")
    import_module("votes.migrations.0012_list_in_order").fill(apps, None)
    lines = Invitation.objects.filter(poll=poll).order_by("name_key")
    assert [line.name for line in lines] == ["Андрій Рак", "Єва Гай"]
