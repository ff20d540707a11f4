"""Narrow windows: nothing scrolls sideways, and what one presses is large enough to be hit.

320 px is also what a window of 1,280 px leaves at 400 % (WCAG 2.2, 1.4.10).
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.pages import routes
from tests.pages.steps import open_all, open_form
from tests.plugins.walk import Walk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(1800)]

#: What sticks out of the window, the widest first; what scrolls in a box of its own does not, but a
#: table that is read downwards has no need to.
TOO_WIDE = """() => {
  const wide = [...document.querySelectorAll(".scroll:has(> .stacks)")]
    .filter((box) => box.scrollWidth > box.clientWidth);
  if (wide.length) return wide.map((box) => `a table in ${box.getAttribute("aria-label")}`);
  const width = document.documentElement.clientWidth;
  const boxed = (node) => node && (/auto|scroll|hidden/.test(getComputedStyle(node).overflowX)
    || boxed(node.parentElement === document.body ? null : node.parentElement));
  if (document.scrollingElement.scrollWidth <= innerWidth) return [];
  return [...document.querySelectorAll("body *")]
    .filter((node) => node.getBoundingClientRect().right > width + 0.5 && !boxed(node))
    .map((node) => `${node.tagName}.${node.className} ${node.textContent.trim().slice(0, 40)}`)
    .slice(0, 3);
}"""

#: Controls smaller than `least` CSS pixels either way. Links within sentences are excepted (2.5.8),
#: and a control that is as good as its label is measured with it.
TOO_SMALL = """([which, least]) => [...document.querySelectorAll(which)]
  .filter((node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: false }))
  .map((node) => [node, node.getBoundingClientRect()])
  .filter(([, box]) => box.width > 1 && (box.width < least || box.height < least))
  .map(([node, box]) => `${Math.round(box.width)} × ${Math.round(box.height)} ` +
    `${node.tagName}.${node.className} ${node.textContent.trim().slice(0, 40)}`)"""

#: The main controls: 44 px. Whatever stands by itself: 24 px.
PRIMARY = (
    ".govuk-button, .link-button, .tabs__link, .pager__link, .site-nav a, input, select, textarea"
)
OTHERS = "button, summary, .remark__actions a, .form-actions a, .clause__margin a, .card__title a"


#: States that pages are pressed in: as they come, unfolded, with their form open.
PRESSED = (None, open_all, open_form)


def test_narrow_pages_fit_and_can_be_pressed(walk: Walk):
    """One way through all pages; each is measured at both widths."""
    faults = []
    for look in routes.looks(walk.town):
        page, problem = walk.open(replace(look, width=320, height=640))
        if problem:
            faults.append(f"{look}: {problem}")
            continue
        found = []
        for width in (320, 360):
            page.set_viewport_size({"width": width, "height": 640})
            found += page.evaluate(TOO_WIDE) if look.width == 1280 else []  # no hall's screen
        if look.then in PRESSED:
            for which, least in ((PRIMARY, 44), (OTHERS, 24)):
                found += page.evaluate(TOO_SMALL, [which, least])
        faults += [f"{look}: {fault}" for fault in found]
    assert not faults, "\n".join(faults)
