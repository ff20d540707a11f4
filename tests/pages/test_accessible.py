"""axe finds nothing on any page, in both languages, and no page asks another host for anything.

On English pages, what is Ukrainian says so (core/templatetags/languages.py).
"""

from __future__ import annotations

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.pages import routes
from tests.plugins.walk import Walk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(1800)]

#: What axe has against the page, short: the rule, where, why.
JUDGE = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) =>
      `${id} at ${target.join(" ")}: ${failureSummary.replace(/\\s+/g, " ")}`));
}"""

#: Ukrainian words that a screen reader would be told are English. Whoever types says nothing of it.
UNMARKED = """() => {
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = new Set();
  while (words.nextNode()) {
    const { parentElement: holder, data } = words.currentNode;
    const language = holder.closest("[lang]").getAttribute("lang");
    if (!/\\p{Script=Cyrillic}/u.test(data) || language === "uk") continue;
    if (!holder.closest("script, style, textarea"))
      found.add(`${holder.tagName}.${holder.className}: ${data.trim().slice(0, 60)}`);
  }
  return [...found];
}"""


def test_every_route_has_pages_or_a_reason_to_have_none():
    listed = set(routes.PAGES) | set(routes.NO_PAGE)
    assert routes.names() - listed == set(), "say in tests/pages/areas/ what they show"
    assert listed - routes.names() == set(), "no such routes any more"
    assert not set(routes.PAGES) & set(routes.NO_PAGE)


@pytest.mark.parametrize("language", ["uk", pytest.param("en", marks=pytest.mark.long)])
def test_axe_finds_nothing(walk: Walk, language: str):
    faults = []
    for look in routes.looks(walk.town):
        page, problem = walk.open(look, language)
        if problem:
            faults.append(f"{look}: {problem}")
            continue
        page.evaluate(AXE_SCRIPT)
        faults += [f"{look}: {fault}" for fault in page.evaluate(JUDGE)]
        if language == "en":
            faults += [f"{look}: not lang=uk: {words}" for words in page.evaluate(UNMARKED)]
    faults += walk.complaints()
    assert not faults, "\n".join(faults)
