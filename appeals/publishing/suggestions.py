"""Suggestions for redacting a text before publication: one for each piece."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from django.utils.functional import Promise

from appeals.models import Appeal
from appeals.publishing.applicant import find_applicant
from core.domain.personal_data_finder import Found, find_personal_data, redact

#: So much of what stands around a piece is shown.
_AROUND = 40


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A piece that may tell of a person, however often it stands in the texts."""

    piece: str
    label: str | Promise
    instead: str
    #: What stands around it where it stands first.
    before: str
    after: str
    times: int = 1


def suggest(texts: Iterable[str], appeal: Appeal) -> list[Suggestion]:
    """Suggest redactions for some texts, in their order: known data of the applicant, and findings
    of rules.
    """
    found: dict[str, Suggestion] = {}
    for text in texts:
        for each in _find(text, appeal):
            piece = text[each.start : each.end]
            if known := found.get(piece):
                found[piece] = replace(known, times=known.times + 1)
            else:
                before = text[max(0, each.start - _AROUND) : each.start]
                after = text[each.end : each.end + _AROUND]
                found[piece] = Suggestion(piece, each.kind.label, each.instead, before, after)
    return list(found.values())


def leave_out(text: str, pieces: Collection[str], appeal: Appeal) -> str:
    """The text with those of the found pieces replaced."""
    found = _find(text, appeal)
    return redact(text, [each for each in found if text[each.start : each.end] in pieces])


def _find(text: str, appeal: Appeal) -> list[Found]:
    """The applicant's own data claim their place first."""
    own = find_applicant(text, appeal)
    others = [
        found
        for found in find_personal_data(text)
        if all(found.end <= each.start or each.end <= found.start for each in own)
    ]
    return sorted([*own, *others], key=lambda found: found.start)
