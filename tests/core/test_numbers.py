"""Figures are grouped, in templates and in sentences made in Python."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import override

from core.domain.rules import Refused
from core.domain.typography import group_thousands
from core.templatetags.components import thousands
from discussions.actions import check_words
from votes.methods import sentence
from votes.models import Question

TEMPLATES = Path(settings.BASE_DIR) / "templates"
#: What is counted in lists that may grow past a thousand, shown without the filter.
BARE = re.compile(
    r"\{\{ (?:\w+\.)+(?:agrees|disagrees|remarks_total|turnout|electorate|needed|counted)"
    r" \}\}"
)


@pytest.mark.parametrize(
    ("figure", "written"),
    [(0, "0"), (999, "999"), (5000, "5\u00a0000"), (-1200000, "-1\u00a0200\u00a0000")],
)
def test_groups_by_thousands(figure, written):
    assert group_thousands(figure) == written


def test_english_groups_by_commas():
    with override("en"):
        assert (group_thousands(5000), group_thousands(999), group_thousands(-1200000)) == (
            "5,000",
            "999",
            "-1,200,000",
        )
        assert thousands(1000) == "1,000"


def test_sentences_made_in_python_group_their_figures():
    question = Question(kind="points", budget=500_000, in_hryvnias=True)
    assert "500\u00a0000 гривень" in sentence(question)
    with pytest.raises(Refused) as refused:
        check_words("а" * 5001, "")
    assert "5\u00a0000 символів" in str(refused.value.verdict.message)


def test_templates_group_what_is_counted():
    bare = [
        f"{path.relative_to(TEMPLATES)}: {found}"
        for path in TEMPLATES.rglob("*.html")
        for found in BARE.findall(path.read_text())
    ]
    assert not bare, bare
