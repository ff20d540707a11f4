"""Template tags of a long draft: its contents with the heat of remarks, and what others say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from consultations.templatetags.consultations import heat_bars
from core.templatetags.components import heat_level, shorten
from core.web.render_cache import render_part
from drafts.clauses.contents import contents_of
from drafts.models import Clause
from drafts.versions.published import Text

register = template.Library()

#: How many of the most discussed clauses have a link of their own.
MOST_DISCUSSED = 5
#: Characters of a clause's words in the table of contents.
_WORDS = 48


@register.simple_tag
def draft_contents(text: Text, counts: Mapping[UUID, int]) -> SafeString:
    """The table of contents, with how many remarks each part has, and the heat strip.

    ``counts``: remarks by clause key. It stands twice on a page, and is the same for everybody
    until somebody speaks.
    """
    says = text.version_id, frozenset(counts.items())
    return render_part("consultations/draft_contents.html", says, lambda: _contents(text, counts))


def _contents(text: Text, counts: Mapping[UUID, int]) -> dict[str, Any]:
    sums = [
        (entry, sum(counts.get(key, 0) for key in entry.keys))
        for entry in contents_of(text.version_id)
    ]
    most = max((number for _entry, number in sums), default=0)
    return {
        "entries": [
            {
                "entry": entry,
                "words": shorten(entry.words, _WORDS),
                "remarks": number,
                "bars": heat_bars(heat_level(number, most)),
            }
            for entry, number in sums
        ],
        "discussed": _most_discussed(text, counts),
        "strip": _strip(text, counts),
    }


def _most_discussed(text: Text, counts: Mapping[UUID, int]) -> list[tuple[Clause, int]]:
    """The clauses with most remarks, the fullest first."""
    spoken = [(clause, counts[clause.key]) for clause in text.clauses if counts.get(clause.key)]
    return sorted(spoken, key=lambda pair: -pair[1])[:MOST_DISCUSSED]


def _strip(text: Text, counts: Mapping[UUID, int]) -> SafeString:
    """A picture of the whole text from its first clause to its last: a bar where people speak, the
    higher the more. Its numbers stand in the links beside it."""
    spoken = [
        (at, counts[clause.key]) for at, clause in enumerate(text.clauses) if counts.get(clause.key)
    ]
    if not spoken:
        return mark_safe("")
    most = max(number for _at, number in spoken)
    bars = "".join(
        f'<rect x="{at * 4}" y="{20 - 4 * level}" width="3" height="{4 * level}"/>'
        for at, number in spoken
        if (level := heat_level(number, most))
    )
    return format_html(
        '<svg class="strip" role="img" aria-label="{}" viewBox="0 0 {} 20"'
        ' preserveAspectRatio="none">{}</svg>',
        _("Where along the text people speak; the numbers stand below."),
        4 * len(text.clauses),
        mark_safe(bars),
    )
