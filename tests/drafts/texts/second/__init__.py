"""Twelve further texts, held back until the reader was finished."""

from __future__ import annotations

from collections.abc import Callable

from ..declared import Text
from . import councils, foreign, lists, pages, tables

BUILDERS: tuple[Callable[[], Text], ...] = (
    lists.all_formats,
    lists.styles,
    councils.two_annexes,
    pages.open_document,
    pages.web_page,
    councils.old_encoding,
    foreign.ordinance,
    councils.printed,
    tables.comparison,
    councils.amendments,
    foreign.resolution,
    lists.edited,
)
