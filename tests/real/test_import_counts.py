"""Every article and numbered clause of eleven acts is found.

What to find is counted in the acts' article-by-article `.json`, by the two expressions below and
nothing of the importer's; the importer reads the `.txt`.
"""

import json
import os
import re
from pathlib import Path

import pytest

from drafts import importing

SHARED = Path(os.environ.get("VICHE_SHARED", Path(__file__).parents[3] / "shared"))
ACTS = sorted((SHARED / "data/ua_official").glob("*.json"))

pytestmark = pytest.mark.skipif(not ACTS, reason=f"no real data: {SHARED}/data/ua_official")

NUMBERED = re.compile(r'^["«]?\s?(\d{1,2}(?:\s?-\s?\d+)?(?=\s?[.)](?![\d.]))|[а-яґєії](?=\)))')
QUOTED_ARTICLE = re.compile(r'^["«]\s?Стаття\s(\d+(?:\s?-\s?\d+)?)', re.MULTILINE)


def plain(number: str) -> str:
    return number.replace(" ", "")


@pytest.fixture(scope="module", params=ACTS, ids=lambda path: path.stem)
def act(request):
    articles = json.loads(request.param.read_text())["articles"]
    with request.param.with_suffix(".txt").open("rb") as file:
        return articles, importing.read(file, request.param.name).nodes


def test_every_article_is_found(act):
    articles, nodes = act
    expected = []
    for article in articles:
        expected += [article["number"]] if article["number"] != "0" else []
        expected += [plain(number) for number in QUOTED_ARTICLE.findall(article["text"])]
    assert [node.number for node in nodes if node.kind == "article"] == expected


def test_every_numbered_clause_is_found_in_its_article(act):
    articles, nodes = act
    expected = {}
    for article in articles:
        place = article["number"] if article["number"] != "0" else None
        for line in article["text"].splitlines():
            if quoted := QUOTED_ARTICLE.match(line):
                place = plain(quoted[1])
            elif found := NUMBERED.match(line):
                expected.setdefault(place, []).append(plain(found[1]))
    found, place = {}, None
    for node in nodes:
        if node.kind == "article":
            place = node.number
        elif node.kind in ("clause", "subclause"):
            found.setdefault(place, []).append(node.number)
    assert found == expected


def test_clauses_stand_under_what_they_belong_to(act):
    _, nodes = act
    for at, node in enumerate(nodes):
        assert node.parent is None or node.parent in nodes[:at]
        assert node.depth == (node.parent.depth + 1 if node.parent else 0)
        if node.kind == "subclause":
            assert node.parent.kind in ("clause", "subclause", "paragraph")
