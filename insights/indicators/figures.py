"""Figures as people read them: «22,5», «1 284», «94 %»."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import get_format

from core.domain.typography import SPACE, group_thousands


def round_half_away(value: Decimal, decimals: int) -> Decimal:
    """The value with so many digits after the point, halves away from zero."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def show(value: Decimal | None, decimals: int = 0) -> str:
    """The figure in the active language, with ``decimals`` digits after its comma or point; "" for
    None. The same words stand on pages, in CSV and in PDF."""
    if value is None:
        return ""
    whole, _point, rest = f"{round_half_away(value, decimals):f}".partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return (
        sign
        + group_thousands(int(digits))
        + (f"{get_format('DECIMAL_SEPARATOR')}{rest}" if rest else "")
    )


def show_with_unit(value: Decimal | None, decimals: int, unit: str) -> str:
    """The figure with its unit, which never stands alone on a line."""
    shown = show(value, decimals)
    return f"{shown}{SPACE}{unit}" if shown and unit else shown
