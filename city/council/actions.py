"""Change what stands on every page: the council's name and contacts, its arms, its colours."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from django.utils.translation import gettext_lazy as _

from city import rules
from city.council import arms, colours
from city.lists.lines import in_lines
from city.models import Change, Council
from city.rules import Actor
from city.trace import record_change
from core.domain.actions import action, locked
from core.domain.rules import reject, require

#: What people are told by every page, mail and sheet.
CONTACTS = (
    *("name", "name_locative", "name_en", "council", "council_en"),
    *("address", "phone", "email", "website"),
    *("copy_price", "copy_limit", "copy_account"),
)


def change_council(values: Mapping[str, Any], *, by: Actor | None) -> Council:
    """Give the council other names or contacts (CONTACTS); raises ValidationError for wrong ones.

    Refuses by rules.change. Emits CityChanged.
    """
    with action():
        row = lock_council(by)
        told = {name: values[name] for name in CONTACTS if name in values}
        return store_council(row, in_lines(Council, told), by)


def set_arms(data: bytes, *, by: Actor | None) -> Council:
    """Give the council other arms. Refuses by rules.change and city.council.arms.accept.
    Emits CityChanged."""
    require(rules.change(by))
    content, media_type = arms.accept(data)
    with action():
        row = lock_council(by)
        row.arms = content
        version = f"{digest_of(content)}.{arms.ENDINGS[media_type]}"
        return store_council(row, {"arms_type": media_type, "arms_version": version}, by)


def remove_arms(*, by: Actor | None) -> Council:
    """Show no arms. Refuses by rules.change. Emits CityChanged."""
    with action():
        row = lock_council(by)
        row.arms = None
        return store_council(row, {"arms_type": "", "arms_version": ""}, by)


def set_colours(brand: str, deep: str = "", dark: str = "", *, by: Actor | None) -> Council:
    """Give pages other colours, as #rrggbb; those of css/tokens.css are stored as none.

    ``deep``: what ``brand`` turns into while somebody points at it; ``dark``: the colour of dark
    pages; "": derived from it.

    Refuses by rules.change, ``city.no_colour``, colours.judge (``city.contrast_too_low``) and
    colours.judge_dark (``city.dark_contrast_too_low``). Emits CityChanged.
    """
    brand, dark = brand.lower(), dark.lower()
    for colour in (brand, deep.lower() or brand, dark or brand):
        if not colours.HEX.fullmatch(colour):
            reject("city.no_colour", _("A colour is written like #8c2318."))
    require(colours.judge(brand) and colours.judge(deep.lower() or brand))
    if dark == colours.for_dark(brand):
        dark = ""
    elif dark:
        require(colours.judge_dark(dark))
    default = colours.BRAND_DEEP if brand == colours.BRAND else colours.deeper(brand)
    deep = deep.lower() or default
    with action():
        row = lock_council(by)
        values = {"brand": brand, "brand_deep": deep, "brand_dark": dark, "colours_version": ""}
        if (brand, deep, dark) == (colours.BRAND, colours.BRAND_DEEP, ""):
            values = dict.fromkeys(values, "")
        else:
            values["colours_version"] = colours.version(brand, deep, dark)
        return store_council(row, values, by)


def lock_council(by: Actor | None) -> Council:
    """The council's row, locked. Refuses by rules.change."""
    require(rules.change(by))
    return locked(Council(pk=1))


def store_council(row: Council, values: Mapping[str, Any], by: Actor | None) -> Council:
    """Store values in the locked row, with the trace of what is another now. Emits CityChanged."""
    before = {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean(exclude={"arms"})
    moved = {name: (before[name], getattr(row, name)) for name in values}
    moved = {name: pair for name, pair in moved.items() if pair[0] != pair[1]}
    if moved:
        row.save()
        record_change(
            Change.Verb.CHANGED, "council", row.pk, row.council, moved, by=by.pk if by else None
        )
    return row


def digest_of(content: bytes) -> str:
    """A version: what stands in the address of a file."""
    return blake2b(content, digest_size=8).hexdigest()
