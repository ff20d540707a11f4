"""Hashing cannot fill the machine: so many at once, the others are told to come back."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import ClassVar

import pytest
from argon2 import PasswordHasher, Type, extract_parameters
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.db import connections
from django.test import Client

from accounts.models import User
from accounts.passwords import CappedArgon2
from tests.factories import PASSWORD


class Watched(Argon2PasswordHasher):
    """Sees how many hashes run at once."""

    running: ClassVar[int] = 0
    most: ClassVar[int] = 0
    lock: ClassVar[threading.Lock] = threading.Lock()

    def encode(self, password: str, salt: str) -> str:
        with self.lock:
            Watched.running += 1
            Watched.most = max(Watched.most, Watched.running)
        try:
            return super().encode(password, salt)
        finally:
            with self.lock:
                Watched.running -= 1


class CappedAndWatched(CappedArgon2, Watched):
    """The product's turns around the watched hash."""


def test_the_parameters_are_at_least_owasps_minimum():
    parameters = extract_parameters(make_password(PASSWORD).removeprefix("argon2"))
    assert parameters.type is Type.ID
    assert parameters.memory_cost >= 19 * 1024
    assert parameters.time_cost >= 2
    assert parameters.parallelism >= 1
    assert PasswordHasher().verify(make_password(PASSWORD).removeprefix("argon2"), PASSWORD)


@pytest.fixture
def crowd(transactional_db, settings, tmp_path):
    """Sixteen people sign in at the same moment; what each is answered."""
    settings.SEMAPHORE_FOLDER = str(tmp_path)
    settings.PASSWORD_HASHES_AT_ONCE = 2
    people = [
        User.objects.create_user(
            f"p{number}@viche.example", PASSWORD, given_name="П", family_name="Р"
        )
        for number in range(16)
    ]

    def sign_in(person: User):
        try:
            return Client(raise_request_exception=False).post(
                "/account/login/", {"login": person.email, "password": PASSWORD}
            )
        finally:
            connections.close_all()

    def all_at_once():
        with ThreadPoolExecutor(max_workers=10) as threads:
            return list(threads.map(sign_in, people))

    return all_at_once


def test_over_the_cap_people_are_told_to_come_back(crowd, settings, caplog):
    settings.PASSWORD_HASHES_WAITING, settings.PASSWORD_HASH_PATIENCE = 1, 0.05
    pages = crowd()
    statuses = Counter(page.status_code for page in pages)
    assert set(statuses) == {302, 503}
    assert statuses[302] and statuses[503]
    refused = next(page for page in pages if page.status_code == 503)
    assert int(refused["Retry-After"]) >= 1
    assert refused["Cache-Control"] == "no-store"
    assert not [record for record in caplog.records if record.exc_info]


@pytest.mark.cpu(5)  # sixteen sign-ins with their hashes: 3.5 where others work beside
def test_with_patience_all_get_in(crowd, settings):
    settings.PASSWORD_HASHES_WAITING, settings.PASSWORD_HASH_PATIENCE = 20, 30
    assert {page.status_code for page in crowd()} == {302}


def test_never_more_at_once_than_allowed(settings, tmp_path):
    settings.SEMAPHORE_FOLDER = str(tmp_path)
    settings.PASSWORD_HASHES_AT_ONCE, settings.PASSWORD_HASHES_WAITING = 2, 20
    settings.PASSWORD_HASH_PATIENCE = 30
    Watched.most = 0
    hasher = CappedAndWatched()
    with ThreadPoolExecutor(max_workers=12) as threads:
        list(threads.map(lambda n: hasher.encode(PASSWORD, f"saltsalt{n:04}"), range(40)))
    assert Watched.most == 2
