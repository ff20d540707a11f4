"""The same address from many sides at the same moment: one account, no error."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client

from accounts.models import User
from tests.accounts.conftest import SIGN_UP


@pytest.mark.parametrize("confirmed", [False, True])
def test_one_account_and_the_same_answer_for_all(transactional_db, settings, confirmed):
    settings.PASSWORD_HASHES_WAITING, settings.PASSWORD_HASH_PATIENCE = 50, 60
    if confirmed:
        User.objects.create_user(SIGN_UP["email"], given_name="Д", family_name="Л")

    def sign_up(number: int) -> tuple[int, str]:
        try:
            page = Client(REMOTE_ADDR=f"198.51.100.{number}").post("/account/signup/", SIGN_UP)
            return page.status_code, page.get("Location", "")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=8) as threads:
        answers = Counter(threads.map(sign_up, range(10)))
    assert answers == {(302, "/account/signup/code/"): 10}
    person = User.objects.get()
    assert person.emailaddress_set.count() == 1
    assert person.emailaddress_set.get().verified is confirmed
