"""A city with something in each dataset that a test looks at."""

from __future__ import annotations

from typing import Any

import pytest

from consultations.models import Remark
from consultations.remarks import actions as consultations
from core.web.pages import forget_pages
from discussions import actions as discussions
from petitions.models import Petition
from petitions.signing import counting
from tests import factories as things
from tests.petitions import factories


@pytest.fixture(autouse=True)
def nothing_kept():
    forget_pages()


@pytest.fixture
def petition(bohdan: Any) -> Petition:
    """With three counted signatures, and one that waits for a check."""
    made = factories.petition(bohdan, title="=Лавки у парку")
    factories.signatures(made, 3)
    factories.signatures(made, 1, status=2, suspicion="network")
    counting.recount([made.pk])
    return made


class Said:
    """A remark of olena's that somebody may hide."""

    def __init__(self, remark: Remark) -> None:
        self.remark = remark

    def hide(self, moderator: Any) -> None:
        discussions.hide(
            self.remark.comment, by=moderator, reason="profanity", note="Порушує правила"
        )


@pytest.fixture
def opened_remark(olena: Any, department: Any) -> Said:
    opened = things.consultation(department)
    text = "Скоротити строк до тижня."
    return Said(consultations.remark(opened, by=olena, text=text, proposal="Строк – тиждень."))
