"""A page as somebody looks at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page

from tests.pages.page_walk import PageWalk

Step = Callable[[Page], None]


@dataclass(frozen=True)
class PageCheck:
    """One page in one state: who opens which address, what they do there, what they then see.

    ``then`` runs on the opened page. ``status`` is the answer's to opening it. ``width`` and
    ``height`` in CSS pixels.
    """

    path: str
    who: str = "anon"
    then: Step | None = None
    status: int = 200
    width: int = 1280
    height: int = 800

    def __str__(self) -> str:
        done = f", {self.then.__name__}" if self.then else ""
        return f"{self.path} ({self.who}{done})"


#: The pages of one route.
type PageChecks = Callable[[PageWalk], list[PageCheck]]


def of(name: str, *args: Any, who: str = "anon", query: str = "", **more: Any) -> PageCheck:
    """The page of a route."""
    return PageCheck(reverse(name, args=args) + query, who, **more)


def simple(name: str, who: str = "anon", *then: Step) -> PageChecks:
    """A page without arguments: as it comes, and after each step."""
    return lambda town: [of(name, who=who), *(of(name, who=who, then=step) for step in then)]
