"""Words that cannot be read on their ground: a hundredth of the work of axe's color-contrast.

Judged by computed styles alone: the words' colour over the colours of the elements that hold them.
axe also looks at what lies between; it judges an eighth of the routes, and all with --nightly.
A colour that is not written as ``rgb()``, which this cannot read, is a fault.
"""

from __future__ import annotations

from playwright.sync_api import Page

_UNREADABLE = """() => {
  const unread = new Set(); // colours, and where
  const parse = (words, node) => {
    if (!words.startsWith("rgb")) unread.add(`unread colour ${words} at ${node.tagName}`);
    const [red, green, blue, alpha = 1] = (words.match(/[\\d.]+/g) ?? []).map(Number);
    return words.startsWith("rgb") ? [red, green, blue, alpha] : null;
  };
  const lay = ([r, g, b, alpha], below) =>
    [r, g, b].map((each, place) => each * alpha + below[place] * (1 - alpha));
  const luminance = (colour) => {
    const [r, g, b] = colour.map((each) => each / 255)
      .map((each) => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  // By element: the colour of its ground, null on a picture or a gradient; its opacity.
  const grounds = new Map([[null, [[255, 255, 255], 1]]]);
  const groundOf = (node) => {
    if (!grounds.has(node)) {
      const [below, opacity] = groundOf(node.parentElement);
      const { backgroundColor, backgroundImage, opacity: own } = getComputedStyle(node);
      const colour = backgroundImage === "none" && parse(backgroundColor, node);
      const isSeen = colour && (below || colour[3] === 1); // nothing is seen through an opaque one
      grounds.set(node, [isSeen ? lay(colour, below ?? colour) : null, opacity * own]);
    }
    return grounds.get(node);
  };
  const excepted = ":disabled, :disabled *, [aria-disabled=true], [aria-disabled=true] *, svg *";
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const holders = new Set(document.querySelectorAll("input:not([type=hidden]), textarea, select"));
  while (texts.nextNode())
    if (texts.currentNode.data.trim()) holders.add(texts.currentNode.parentElement);
  const faint = [...holders].flatMap((node) => {
    if (node.matches(excepted) || !node.checkVisibility({ visibilityProperty: true })) return [];
    const { width, height } = node.getBoundingClientRect();
    const [ground, opacity] = groundOf(node);
    if (width <= 1 || height <= 1 || !ground || !opacity) return [];
    const { color, fontSize, fontWeight } = getComputedStyle(node);
    const [r, g, b, alpha] = parse(color, node) ?? [0, 0, 0, 0];
    if (!alpha) return [];
    const words = lay([r, g, b, alpha * opacity], ground);
    const [dark, light] = [luminance(words), luminance(ground)].sort((one, other) => one - other);
    const ratio = (light + 0.05) / (dark + 0.05);
    const size = parseFloat(fontSize);
    const least = size >= 24 || (size >= 18.66 && fontWeight >= 700) ? 3 : 4.5;
    return ratio >= least ? [] : [`${ratio.toFixed(2)} of ${least} at ${node.tagName}.`
      + `${node.className}: ${(node.value ?? node.textContent).trim().slice(0, 40)}`];
  });
  return [...unread, ...faint];
}"""


def find_unreadable_words(page: Page) -> list[str]:
    """Words whose contrast with their ground is below 4.5, of large ones 3 (WCAG 2.2, 1.4.3)."""
    return [f"contrast {fault}" for fault in page.evaluate(_UNREADABLE)]
