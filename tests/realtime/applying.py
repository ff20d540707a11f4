"""A page as frames change it, by the rules of js/live.js: what it was told is put in by ids."""

from __future__ import annotations

import re
from typing import Any

from lxml import html
from lxml.html import HtmlElement

#: What is another one in a page that was drawn later, though nothing happened: the counter that it
#: was drawn at, and which of a display's screens stands at this moment (js/display.js turns them).
_OF_THE_MOMENT = ("data-seq", "hidden")


class AppliedPage:
    """A page's live regions; frames are put in, and what they come to is compared."""

    def __init__(self, body: bytes | str, seq: int) -> None:
        self.tree: HtmlElement = html.fromstring(body)
        self.seq = seq
        self.resyncs = 0

    def take(self, frame: dict[str, Any]) -> bool:
        """Put a frame in; False where the page would have to fetch its regions again."""
        is_drawn = "html" in frame
        if "resync" in frame or (frame.get("after" if is_drawn else "seq", 0) > self.seq):
            self.resyncs += 1
            return False
        for change in frame.get("html", ()):
            self.put(change)
        self.seq = max(self.seq, frame.get("seq", 0))
        return True

    def put(self, change: dict[str, Any]) -> None:
        """One change of a frame: an element is replaced or removed."""
        old = self.tree.xpath("//*[@id=$id]", id=change["target"])
        if not old:
            return
        parent = old[0].getparent()
        if change["swap"] == "remove":
            old[0].drop_tree()
            return
        fresh = html.fromstring(change["html"])
        fresh.tail = old[0].tail
        parent.replace(old[0], fresh)

    def regions(self) -> dict[str, str]:
        """The words and marks of each live region, by its id."""
        return {region.get("id"): _written(region) for region in _regions(self.tree)}


def regions_of(body: bytes | str) -> dict[str, str]:
    """The same of a page that was drawn now."""
    return AppliedPage(body, 0).regions()


def first_difference(applied: dict[str, str], fresh: dict[str, str]) -> str:
    """Where two sets of regions differ, for who has to look; "" where they do not."""
    for name in applied.keys() | fresh.keys():
        one, other = applied.get(name, ""), fresh.get(name, "")
        if one != other:
            at = next(
                (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
                min(len(one), len(other)),
            )
            return f"{name}: …{one[max(0, at - 200) : at + 200]}… is …{other[at : at + 200]}…"
    return ""


def _regions(tree: HtmlElement) -> list[HtmlElement]:
    found: list[HtmlElement] = tree.xpath("//*[@data-live-region]")
    return found


def _written(region: HtmlElement) -> str:
    """Equal for equal content: without white space and what is of the moment alone. Questions stand
    in the order of their ids: while one reads, support moves none of them."""
    copy = html.fromstring(html.tostring(region, encoding="unicode", with_tail=False))
    for element in copy.iter():
        for name in _OF_THE_MOMENT:
            element.attrib.pop(name, None)
    for questions in copy.xpath("//ol[@id='meeting-questions']"):
        questions[:] = sorted(questions, key=lambda one: str(one.get("id")))
    return re.sub(r"\s+", " ", html.tostring(copy, encoding="unicode")).strip()
