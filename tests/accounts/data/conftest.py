"""What the tests of rights over data share."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client

from accounts.data import actions, export
from accounts.data.files import path_of
from accounts.models import Export, User
from tests.accounts.conftest import *  # noqa: F403 - the fixtures of accounts


@pytest.fixture(autouse=True)
def private(settings, tmp_path):
    """Downloads of a test lie in a folder of its own."""
    settings.PRIVATE_ROOT = tmp_path / "private"
    return settings.PRIVATE_ROOT


@pytest.fixture
def ready() -> Callable[[User], Export]:
    """A download of the person's, asked for and written."""

    def made(user: User) -> Export:
        asked = actions.ask_export(user)
        export.make(asked.pk)
        asked.refresh_from_db()
        return asked

    return made


@pytest.fixture
def opened() -> Callable[[Export], tuple[dict[str, Any], str]]:
    """What is in a download: the JSON, and the page."""

    def read(made: Export) -> tuple[dict[str, Any], str]:
        with ZipFile(BytesIO(path_of(made.file).read_bytes())) as archive:
            pages = [name for name in archive.namelist() if not name.startswith("files/")]
            assert pages == ["data.json", "data.html"]
            return json.loads(archive.read("data.json")), archive.read("data.html").decode()

    return read


@pytest.fixture
def inside(resident) -> Client:
    """The resident, who has just signed in with her password."""
    client = Client()
    client.post("/account/login/", {"login": resident.email, "password": PASSWORD})  # noqa: F405
    return client
