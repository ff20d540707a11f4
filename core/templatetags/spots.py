"""Spot illustrations, drawn for the project: of what is done, and of what is empty or broken.

Each is an SVG of two colours, css/components.css's ``spot__frame`` and ``spot__mark``, so that it
follows light and dark pages and the council's colour. It says nothing that words do not.
"""

from __future__ import annotations

from functools import cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_ROOF = "M4 52h64M14 52V12M58 52V12M8 12 36 3l28 9z"
_BELL = "M25 40c3-3 3-6 3-12a8 8 0 0 1 16 0c0 6 0 9 3 12z"

#: By name, on a grid of 72 by 56: the frame's paths, and the shapes of the mark.
SPOTS = {
    # what is done
    "signed": (
        "M12 4h30l10 10v38H12zM42 4v10h10M20 20h18M20 27h24M20 46h24",
        '<path d="M21 43c4-9 7-10 8-7s-4 8-1 7 6-9 8-7 0 6 3 5 4-2 6-2" pathLength="1"/>'
        '<path d="M48 38 64 16l4 3-15 22-6 3z"/>',
    ),
    "voted": (
        "M8 27h56v25H8zM8 27l7-9h8M64 27l-7-9h-8M22 27h28",
        '<path d="M26 4h20v23H26z"/><path d="M30 14l4.5 5 8-9" pathLength="1"/>',
    ),
    "said": (
        "M6 5h54v32H32L20 47V37H6zM16 16h34M16 25h20",
        '<circle cx="57" cy="41" r="11"/><path d="M52 41l4 4.5 7-8" pathLength="1"/>',
    ),
    "filed": (
        "M5 10h50v34H5zM5 12l25 19 25-19",
        '<circle cx="56" cy="40" r="12"/><path d="M50 37h12M50 43h8" pathLength="1"/>',
    ),
    "started": (
        "M8 20h11L44 6v36L19 30H8zM17 31l4 19h8l-4-16",
        '<path d="M51 17c4 4 4 10 0 14M58 10c8 8 8 20 0 28" pathLength="1"/>',
    ),
    # what is empty
    "bell": (
        _ROOF,
        f'<path d="M36 12v5{_BELL}"/><circle cx="36" cy="43.5" r="2.5"/>',
    ),
    "search": (
        "M8 4h36v46H8zM16 14h20M16 22h20M16 30h10",
        '<circle cx="46" cy="32" r="12"/><path d="M55 41l12 12"/>',
    ),
    "closed": (
        "M16 52V5h40v47M8 52h56M50 41v5",
        '<path d="M28 24l8-9 8 9M24 24h24v12H24z"/><path d="M30 30h12"/>',
    ),
    "inbox": (
        "M6 28l9-20h42l9 20v22H6zM6 28h17l4 9h18l4-9h17",
        '<path d="M28 20l6 6 11-12" pathLength="1"/>',
    ),
    # what is missing or broken
    "missing": (
        "M36 54V4M26 54h20M36 9H13L7 16l6 7h23z",
        '<path d="M36 28h23l6 7-6 7H36z"/>',
    ),
    "broken": (
        f"{_ROOF}M36 12v4l-3 3",
        f'<g transform="rotate(24 38 48)"><path d="{_BELL}"/><path d="M36 21l-3 6 5 4-3 8"/></g>',
    ),
    "offline": (
        "M3 30h12M15 21h9v18h-9zM24 25h6M24 35h6M69 30H57M57 19h-9v22h9z",
        '<path d="M38 8v8M30 11l3 6M46 11l-3 6M38 52v-7" pathLength="1"/>',
    ),
}
#: Those whose mark is drawn before one's eyes, once: what somebody has just done.
_DONE = frozenset({"signed", "voted", "said", "filed", "started"})


@register.simple_tag
@cache
def spot(name: str) -> SafeString:
    """An illustration of SPOTS, hidden from assistive technology."""
    frame, mark = SPOTS[name]
    return format_html(
        '<svg class="spot{}" viewBox="0 0 72 56" aria-hidden="true" focusable="false">'
        '<path class="spot__frame" d="{}"/><g class="spot__mark">{}</g></svg>',
        " spot--done" if name in _DONE else "",
        frame,
        mark_safe(mark),
    )
