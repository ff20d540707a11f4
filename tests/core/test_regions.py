"""Who opens the address of a region gets the page; scripts that fetch it get the region."""

from __future__ import annotations

import pytest
from django.urls import URLResolver, get_resolver, reverse

from tests.pages import routes
from tests.petitions import factories

pytestmark = pytest.mark.django_db


def regions(patterns, space=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from regions(pattern.url_patterns, inner)
        elif page := getattr(pattern.callback, "region_of", ""):
            yield f"{space}{pattern.name}", page


REGIONS = dict(regions(get_resolver().url_patterns))
#: Regions of no one page, and of pages of another address.
OF_MANY = {
    "consultations:voices",
    "meetings:hall_code",
    "petitions:start_alike",
    "city:suggestions",
    "notifications:unread",
}


@pytest.mark.parametrize("name", REGIONS)
def test_an_opened_region_leads_to_its_page(client, name):
    """Also where there is no such thing: the page says so."""
    page = REGIONS[name]
    answer = client.get(f"{reverse(name, args=[7])}?stance=against", HTTP_SEC_FETCH_DEST="document")
    if answer["Location"].startswith("/account/login/"):
        return  # a page of the desk asks to sign in first
    assert answer.status_code == 302
    assert answer["Location"].partition("#")[0] == f"{reverse(page, args=[7])}?stance=against"
    assert "Sec-Fetch-Dest" in answer["Vary"]


def test_each_region_is_led_to_its_page():
    """Of what the walk over pages calls a region."""
    said = {name for name, why in routes.NO_PAGE.items() if "region of" in why}
    assert said - OF_MANY <= REGIONS.keys()


def test_a_script_gets_the_region_and_the_person_the_page(client, olena):
    made = factories.petition(olena)
    address = reverse("petitions:standing", args=[made.pk])
    for destination in ("empty", None, "document", "empty"):
        headers = {"HTTP_SEC_FETCH_DEST": destination} if destination else {}
        answer = client.get(address, **headers)
        if destination == "document":
            assert answer["Location"] == made.get_absolute_url()
        else:
            assert (answer.status_code, "<html" in answer.content.decode()) == (200, False)
            assert "Sec-Fetch-Dest" in answer["Vary"]
