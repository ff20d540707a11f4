"""Limits of tries: none is lost, and each view that is wrapped in one answers 429 beyond it."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from core.web.limits import spend
from tests.access.city import City
from tests.access.routes import names, things
from tests.endings import limits

pytestmark = pytest.mark.django_db


def test_limits_are_as_the_table_says(request: pytest.FixtureRequest) -> None:
    found = limits.lines()
    if request.config.getoption("--rewrite"):
        limits.write(found)
    assert len(found) > 100
    assert limits.read() == found


def test_each_view_refuses_what_is_beyond_its_limit(_city: City, db: None) -> None:
    client, admin = Client(raise_request_exception=False), _city.people["admin"]
    client.force_login(admin)
    parameters, answers = dict(names()), {}
    for name, view in limits.views():
        held = limits.limits_of(view)
        if not held:
            continue
        arguments = next(iter(things(_city, name, parameters[name]).values()))
        with transaction.atomic():
            for limit in held:
                spend(limit._key((admin.pk,)), most=limit.most, per=limit.per, times=limit.most)
                limit.spend_client(["127.0.0.1"], times=limit.most)
            answers[name] = client.post(reverse(name, args=arguments)).status_code
            transaction.set_rollback(True)
    assert len(answers) > 50
    assert {name: status for name, status in answers.items() if status != 429} == {}
