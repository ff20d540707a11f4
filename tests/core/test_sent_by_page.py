"""What a page that sends a form by fetch is answered; and the demo's 404."""

from __future__ import annotations

import pytest
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory
from django.views.debug import technical_404_response

from core.web.middleware.not_found import NotFoundPage
from core.web.middleware.sent_by_page import SentByPage
from petitions.models import State
from tests.petitions import factories

BY_PAGE = {"X-Sent-By": "page"}


@pytest.mark.django_db
def test_where_it_leads_is_told_once_and_messages_stay_for_the_page(client, opened_petition):
    address = f"/petitions/{opened_petition.pk}/speak/"
    answer = client.post(address, {"text": "Підтримую."}, headers=BY_PAGE)
    assert (answer.status_code, answer.content) == (200, b"")
    goal = answer.headers["X-Sent-To"]
    assert goal.startswith(f"/petitions/{opened_petition.pk}/comments/")
    assert "Location" not in answer.headers
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Ваш коментар оприлюднено" in client.get(goal).content.decode()


@pytest.fixture
def opened_petition(client, olena, bohdan):
    client.force_login(bohdan)
    return factories.petition(olena, State.COLLECTING)


@pytest.mark.parametrize("headers", [{}, {"X-Sent-By": "me"}])
def test_others_are_redirected(headers):
    request = RequestFactory().post("/", headers=headers)
    answer = SentByPage(lambda _request: HttpResponseRedirect("/there/"))(request)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/there/")


@pytest.mark.django_db
def test_with_debug_our_404_is_shown(client, settings):
    """Of Django's the list of routes; of ours, and of files that are not there, what they are."""
    settings.DEBUG = True
    request = client.get("/").wsgi_request

    def answered(response):
        return NotFoundPage(lambda _request: response)(request)

    page = answered(technical_404_response(request, Http404()))
    assert page.status_code == 404
    assert "Такої сторінки немає" in page.content.decode()
    plain = HttpResponse("gone", status=404)
    assert answered(plain) is plain
