"""What the tests of the applicant's side share: an office, a department, and what is filed."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.models import StaffRole, User
from appeals import actions
from appeals.filing.actions import Filed
from city.models import Department
from tests import factories

#: Words that stand nowhere else.
WORDS = "Між будинками не працює світильник, увечері темно й небезпечно."
TYPED = {
    "kind": "application",
    "text": WORDS,
    "subject": "",
    "name": "Гончар Марія Іванівна",
    "residence": "вул. Соборності, 12, кв. 4",
    "email": "maria@example.org",
    "phone": "",
}


@pytest.fixture
def office(db) -> Department:
    made = factories.department("Загальний відділ", slug="office")
    made.registers_appeals = True
    made.save()
    return made


@pytest.fixture
def clerk(office) -> User:
    """An officer of the office that registers appeals."""
    return factories.user("clerk", role=StaffRole.OFFICER, department=office)


@pytest.fixture
def head(office) -> User:
    return factories.user("head", role=StaffRole.HEAD, department=office)


@pytest.fixture
def file() -> Callable[..., Filed]:
    """``file()``: an appeal of somebody without an account; ``file(by=olena)``: of olena."""

    def make(*, by: User | None = None, **fields: Any) -> Filed:
        given = {name: TYPED[name] for name in ("kind", "text", "name", "residence", "email")}
        fields = given | {"subject": "Світильник у дворі"} | fields
        return actions.file(by=by or AnonymousUser(), **fields)

    return make


@pytest.fixture
def answered(clerk, head, file) -> Callable[..., Filed]:
    """What ``file`` made, accepted and answered by the office."""

    def make(**fields: Any) -> Filed:
        filed = file(**fields)
        actions.accept(filed.appeal, by=clerk, department=clerk_department(clerk))
        actions.draft_answer(
            filed.appeal, by=clerk, text="Світильник замінено.", result="satisfied"
        )
        actions.approve(filed.appeal, by=head)
        actions.answer(filed.appeal, by=clerk, how="page")
        filed.appeal.refresh_from_db()
        return filed

    return make


def clerk_department(clerk: User) -> Department:
    return clerk.grants.select_related("department").get().department


def photo(name: str = "двір.jpg", size: tuple[int, int] = (40, 30)) -> SimpleUploadedFile:
    """A photograph with what cameras add."""
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile(name, out.getvalue(), content_type="text/html")


def open_by(client: Client, filed: Filed) -> None:
    """Give number and secret."""
    client.post("/appeals/find/", {"number": filed.appeal.label, "secret": filed.secret})
