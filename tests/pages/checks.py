"""What is asked of an opened page: axe, its language, its widths and the size of its controls."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.pages.page_checks import PageCheck
from tests.pages.steps import open_all, open_form

#: Where the servers of `walk` have axe (tests/pages/urls.py). Read from there, it is compiled once
#: a window; sent with each page it would be a third of what axe takes.
AXE_PATH = "/axe.js"
_LOAD_AXE = """(path) => new Promise((resolve) => {
  const script = document.createElement("script");
  script.onload = () => resolve(true);
  script.onerror = () => resolve(false);
  script.src = path;
  document.head.append(script);
  script.remove();
})"""

#: What axe has against the page, short: the rule, where, why. A selector for each element that it
#: looks at would be a quarter of its work: they are made where there is something to tell.
_JUDGE = """async (contrast) => {
  const judge = (selectors) => axe.run(document, {
    resultTypes: ["violations"], selectors,
    preload: { assets: ["media"] }, rules: { "color-contrast": { enabled: contrast } },
  });
  if (!(await judge(false)).violations.length) return [];
  const { violations } = await judge(true);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) =>
      `${id} at ${target.join(" ")}: ${failureSummary.replace(/\\s+/g, " ")}`));
}"""

#: The same of colours alone.
_JUDGE_CONTRAST = _JUDGE.replace(
    'resultTypes: ["violations"],',
    'resultTypes: ["violations"], runOnly: ["color-contrast"],',
)

#: Ukrainian words that a screen reader would be told are English. Whoever types says nothing of it.
_UNMARKED = """() => {
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

#: What sticks out of the window, the widest first; what scrolls in a box of its own does not, but a
#: table that is read downwards has no need to.
_TOO_WIDE = """() => {
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
_TOO_SMALL = """([which, least]) => [...document.querySelectorAll(which)]
  .filter((node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: false }))
  .map((node) => [node, node.getBoundingClientRect()])
  .filter(([, box]) => box.width > 1 && (box.width < least || box.height < least))
  .map(([node, box]) => `${Math.round(box.width)} × ${Math.round(box.height)} ` +
    `${node.tagName}.${node.className} ${node.textContent.trim().slice(0, 40)}`)"""

#: Targets smaller than 24 CSS pixels either way (WCAG 2.2, 2.5.8), except links within a sentence
#: and those so far from others that a circle of 24 px around their middle meets no other's.
_CRAMPED = """() => {
  const least = 24;
  const all = [...document.querySelectorAll("a[href], button, summary, [role=button]")]
    .filter((node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: false }))
    .map((node) => ({ node, box: node.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 1)
    .map((each) => {
      const { left, top, width, height } = each.box;
      const isSmall = width < least - 0.5 || height < least - 0.5;
      return { ...each, isSmall, x: left + width / 2, y: top + height / 2 };
    });
  const isInSentence = (node) => getComputedStyle(node).display.startsWith("inline")
    && [...node.parentElement.childNodes].some((each) =>
      each !== node && each.nodeType === Node.TEXT_NODE && /\\p{L}/u.test(each.data));
  const isFar = (one, other) => {
    if (other.isSmall) return Math.hypot(one.x - other.x, one.y - other.y) >= least;
    return [...other.node.getClientRects()].every(({ left, right, top, bottom }) => {
      const aside = Math.max(left - one.x, 0, one.x - right);
      return Math.hypot(aside, Math.max(top - one.y, 0, one.y - bottom)) >= least / 2;
    });
  };
  return all
    .filter(({ node, isSmall }) => isSmall && !isInSentence(node))
    .filter((one) => !all.every((other) => other === one || one.node.contains(other.node)
      || other.node.contains(one.node) || isFar(one, other)))
    .map(({ node, box }) => `${Math.round(box.width)} × ${Math.round(box.height)}, near others: `
      + `${node.tagName}.${node.className} ${node.textContent.trim().slice(0, 40)}`);
}"""

#: The main controls: 44 px. Whatever stands by itself: 24 px.
_PRIMARY = (
    ".govuk-button, .link-button, .tabs__link, .pager__link, .site-nav a, input, select, textarea"
)
_OTHERS = "button, summary, .remark__actions a, .form-actions a, .clause__margin a, .card__title a"

#: States that pages are pressed in: as they come, unfolded, with their form open.
_PRESSED = (None, open_all, open_form)


#: Figures without a space between their thousands, by the word for what they count
#: (core.domain.typography).
_UNGROUPED = """() => {
  const counted = "грив|бал|знак|підпис|голос|бюлет|люд|осіб|жител|зауваж|годин|відпов|організ|"
    + "hryvnia|point|character|signature|vote|ballot|people|person|remark|hour|organis";
  const figure = new RegExp(`(?<![\\d.,:№/-])\\d{4,}\\s+(?:${counted})[\\p{L}’]*`, "giu");
  const own = "input, textarea, select, script, style, .remark, .prose, [data-text], code, pre";
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (words.nextNode())
    if (!words.currentNode.parentElement.closest(own))
      found.push(...(words.currentNode.data.match(figure) ?? []));
  return found;
}"""


def find_ungrouped_figures(page: Page) -> list[str]:
    """Figures of a thousand and more that our own sentences do not group."""
    return [f"not grouped: {words}" for words in page.evaluate(_UNGROUPED)]


def find_axe_violations(page: Page, *, contrast: bool) -> list[str]:
    """``contrast``: also by axe's color-contrast, which costs four times what all others do."""
    _load_axe(page)
    violations: list[str] = page.evaluate(_JUDGE, contrast)
    return violations


def find_contrast_faults(page: Page) -> list[str]:
    """What axe's color-contrast alone finds."""
    _load_axe(page)
    violations: list[str] = page.evaluate(_JUDGE_CONTRAST, True)
    return violations


def find_dark_faults(page: Page) -> list[str]:
    """What cannot be read when the device asks for dark pages."""
    page.emulate_media(color_scheme="dark")
    faults = find_contrast_faults(page)
    page.emulate_media(color_scheme="light")
    return [f"in the dark: {fault}" for fault in faults]


def _load_axe(page: Page) -> None:
    page.wait_for_load_state("load")  # a colour is judged with the styles of the page
    if not page.url.startswith("http") or not page.evaluate(_LOAD_AXE, AXE_PATH):
        page.evaluate(AXE_SCRIPT)


def find_unmarked_ukrainian(page: Page) -> list[str]:
    """Ukrainian words on an English page that do not say so."""
    return [f"not lang=uk: {words}" for words in page.evaluate(_UNMARKED)]


def find_narrow_faults(page: Page, look: PageCheck) -> list[str]:
    """What sticks out or is too small to be hit, in windows of 320 and 360 px.

    320 px is also what a window of 1,280 px leaves at 400 % (WCAG 2.2, 1.4.10).
    """
    found: list[str] = []
    for width in (320, 360):
        page.set_viewport_size({"width": width, "height": 640})
        if look.width == 1280:  # no hall's screen
            found += page.evaluate(_TOO_WIDE)
    if look.then in _PRESSED:
        for which, least in ((_PRIMARY, 44), (_OTHERS, 24)):
            found += page.evaluate(_TOO_SMALL, [which, least])
        found += page.evaluate(_CRAMPED)
    return found
