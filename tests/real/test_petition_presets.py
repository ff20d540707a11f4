"""The presets for petitions against the text of the act itself."""

import os
import re
from pathlib import Path

import pytest

from petitions.models import Procedure
from petitions.rulebook import presets

SHARED = Path(os.environ.get("VICHE_SHARED", Path(__file__).parents[3] / "shared"))
ACT = SHARED / "data/ua_official/zakon_393-96_zvernennia_hromadian.txt"

pytestmark = pytest.mark.skipif(not ACT.exists(), reason=f"no real data: {ACT} is absent")


def plain(text: str) -> str:
    """Words with single spaces and one kind of apostrophe."""
    return re.sub(r"\s+", " ", text.replace("'", "’"))


@pytest.fixture(scope="module")
def act() -> str:
    return plain(ACT.read_text())


@pytest.mark.parametrize("ground", presets.GROUNDS, ids=lambda ground: ground["code"])
def test_every_ground_quotes_the_act_letter_for_letter(act, ground):
    number = re.search(r"ст\. (\d+(?:-\d+)?)", ground["article"])[1]
    article = act[act.index(f"Стаття {number}. ") :]
    article = article[: article.index(" Стаття ", 1)]
    for piece in plain(ground["quote"]).split("…"):
        assert piece.strip() in article, piece


def test_the_terms_are_those_of_the_act():
    rules = Procedure(**presets.PROCEDURE)
    article = plain(ACT.read_text()).partition("Стаття 23-1.")[2].partition(" Стаття 24.")[0]
    assert "протягом двох робочих днів з дня надсилання" in article
    assert "не пізніш як через три робочі дні" in article
    assert "не пізніше десяти робочих днів" in article
    assert "не пізніше наступного робочого дня" in article
    assert (rules.publish_within, rules.notice_within) == (2, 3)
    assert (rules.review_within, rules.answer_within) == (10, 1)
