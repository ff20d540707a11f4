"""What the tests of residences share: districts, a residence, a letter that came by post."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable

import pytest

from accounts.models import Residence, ResidenceLetter, User
from accounts.paper import codes
from accounts.residence import actions
from accounts.residence.actions import PURPOSE
from accounts.residence.printing import print_letters
from city.models import District


@pytest.fixture
def north(db) -> District:
    return District.objects.create(name="Північний", slug="north")


@pytest.fixture
def south(db) -> District:
    return District.objects.create(name="Південний", slug="south")


@pytest.fixture
def at_home(olena, north) -> Residence:
    """Olena's residence, declared."""
    return actions.declare(olena, district=north, address="50001, вул. Рудна, 4, кв. 2")


def printed(user: User, *, by: User) -> str:
    """The code of a letter that the person asked for and that was printed.

    The code is on paper alone; the test writes one of its own over its digest, so that it need not
    read a PDF (test_print_letters.py reads one).
    """
    letter = actions.ask_letter(user)
    print_letters(by=by)
    plain, digest = codes.new_code(PURPOSE)
    ResidenceLetter.objects.filter(pk=letter.pk).update(digest=digest)
    return plain


@pytest.fixture
def by_post(ofi) -> Callable[[User], str]:
    """``code = by_post(olena)``: she asked for a letter, and it came."""
    return lambda user: printed(user, by=ofi)


def codes_in(pdf: bytes) -> list[str]:
    """The codes that stand in a file of letters, in their order; skips without pdftotext."""
    try:
        done = subprocess.run(
            ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
        )
    except FileNotFoundError:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    return re.findall(r"\b\d{4}-\d{4}-\d{4}\b", done.stdout.decode())
