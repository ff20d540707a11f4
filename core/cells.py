"""Cells of tables that somebody opens in a spreadsheet, and that must run nothing there."""

from __future__ import annotations

#: What a spreadsheet takes for the beginning of a formula; the last four are wide.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def neutral[Cell](cell: Cell) -> Cell | str:
    """The cell; words that begin like a formula get an apostrophe. Numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def plain(cell: str) -> str:
    """Words as they were before ``neutral``."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
