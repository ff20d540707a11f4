"""Where DEBUG is on, an address that leads nowhere still gets the product's own page."""

import pytest
from django.conf import settings as configured


@pytest.fixture
def as_in_the_demo(settings):
    settings.DEBUG = True
    settings.MIDDLEWARE = [*configured.MIDDLEWARE, "core.web.middleware.missing.OwnNotFound"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/nowhere/", "/consultations/1000000/", "/petitions/1000000/"])
def test_an_address_that_leads_nowhere(client, as_in_the_demo, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Такої сторінки немає" in answer.text
    assert "URLconf" not in answer.text


@pytest.mark.django_db
def test_a_program_is_answered_as_it_was(client, as_in_the_demo):
    answer = client.get("/api/v1/consultations/1000000/")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/json"
