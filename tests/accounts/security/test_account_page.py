"""The account's first page, and the codes of a developer's machine."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from django.urls import reverse

from accounts.security.cards import CARDS
from accounts.security.codes_page import code_list
from core.domain import clock as core_clock
from tests.factors import connect_app

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["", "/en"])
def test_a_card_for_each_page(client, resident, language, django_assert_max_num_queries):
    client.force_login(resident)
    with django_assert_max_num_queries(2):
        page = client.get(f"{language}/account/")
    for card in CARDS:
        assert f'href="{language}{reverse(card.route)}"' in page.content.decode()


def test_the_codes_that_work_now_are_read_on_a_developer_s_machine(client, mo, admin, clock):
    clock.stop(core_clock.now())  # else a half minute may end between a page and its code
    app = connect_app(mo)
    connect_app(admin)
    page = code_list(RequestFactory().get("/dev/codes/")).content.decode()
    assert mo.email in page
    assert app.code() in page
    client.force_login(mo, fresh=False)
    client.post("/account/confirm/code/", {"code": app.code()})
    page = code_list(RequestFactory().get("/dev/codes/")).content.decode()
    assert app.code() not in page  # it is used
    assert app.code(1) in page
