"""Hints that an appeal is repeated: the same applicant, and largely the same matter.

Law 393/96-ВР art. 8(2) speaks of «повторні звернення … від одного і того ж громадянина з одного і
того ж питання». Whether that is so, the head of the body decides; here is only what is alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, Q, TextField, Value
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from appeals.models import Appeal
from core.db.search import lemmas

#: So many earlier appeals are named, of so many of the applicant that are looked at.
MOST_REPEATS = 5
MOST_LOOKED_AT = 50
#: Such a share of the words of the shorter text, and so many at least, are a hint.
ALIKE = 0.5
FEWEST_SHARED = 3
#: So many of the shared words are shown.
MOST_WORDS = 8
#: Words are shown from so many letters of the text.
_READ = 2000
_WORD = re.compile(r"[^\W\d_][\w'’ʼ-]{3,}")

#: The lemmas of subject and text alone: those of the sender (weight C) are alike anyway.
_LEMMAS = Func(
    Func(F("search"), Value("{a,b}"), function="ts_filter"),
    function="tsvector_to_array",
    output_field=ArrayField(TextField()),
)


@dataclass(frozen=True, slots=True)
class Repeat:
    """An earlier appeal that is alike: by what it is the same applicant's, and which words."""

    pk: int
    same: str | Promise
    #: In per cent of the words of the shorter text.
    share: int
    #: Some that both have, as the newer one writes them.
    words: tuple[str, ...] = ()


def repeats(appeal: Appeal) -> list[Repeat]:
    """Earlier appeals of the same applicant about the same matter, the most alike first: one query,
    by the indexes of author, name, e-mail and organisation."""
    same = _same_applicant(appeal)
    if not same:
        return []
    rows = (
        Appeal.objects.filter(same | Q(pk=appeal.pk), pk__lte=appeal.pk, emptied_at=None)
        .annotate(lemmas=_LEMMAS)
        .defer("text", "search")
        .order_by("-pk")
    )
    own: frozenset[str] = frozenset()
    found = []
    for row in rows[: MOST_LOOKED_AT + 1]:
        theirs = frozenset(row.lemmas or ())
        if row.pk == appeal.pk:
            own = theirs
        elif (why := same_by(appeal, row)) and (alike := compare(own, theirs)):
            share, shared = alike
            found.append(Repeat(row.pk, why, share, _as_written(appeal, shared)))
    return sorted(found, key=lambda each: (-each.share, -each.pk))[:MOST_REPEATS]


def _as_written(appeal: Appeal, shared: frozenset[str]) -> tuple[str, ...]:
    """The longest words of the appeal whose basic forms are shared."""
    written: dict[str, str] = {}
    for word in _WORD.findall(f"{appeal.subject} {appeal.text}"[:_READ]):
        for lemma in lemmas(word):
            if lemma in shared:
                written.setdefault(lemma, word.lower())
    words = dict.fromkeys(sorted(written.values(), key=lambda word: (-len(word), word)))
    return tuple(list(words)[:MOST_WORDS])


def _same_applicant(appeal: Appeal) -> Q:
    """Whose appeals are looked at; a name alone is not enough (``same_by``)."""
    same = Q()
    if appeal.author_id:
        same |= Q(author=appeal.author_id)
    for column in ("name", "email", "organisation_name"):
        if getattr(appeal, column):
            same |= Q(**{f"{column}__iexact": getattr(appeal, column)})
    return same


def same_by(one: Appeal, other: Appeal) -> str | Promise:
    """By what two appeals are of one applicant; "": they are not, as far as can be seen."""
    if one.author_id is not None and one.author_id == other.author_id:
        return _("the same account")
    if _alike(one.organisation_name, other.organisation_name):
        return _("the same organisation")
    if _alike(one.email, other.email):
        return _("the same e-mail")
    if not _alike(one.name, other.name):
        return ""
    if _alike(_digits(one.phone), _digits(other.phone)):
        return _("the same name and telephone")
    if _alike(one.residence, other.residence):
        return _("the same name and residence")
    return ""


def compare(one: Iterable[str], other: Iterable[str]) -> tuple[int, frozenset[str]] | None:
    """The share of common words in the shorter text, and these words; None: too few."""
    one, other = frozenset(one), frozenset(other)
    shared, shorter = one & other, min(len(one), len(other))
    if not shorter or len(shared) < min(FEWEST_SHARED, shorter) or len(shared) < ALIKE * shorter:
        return None
    return round(100 * len(shared) / shorter), shared


def _alike(one: str, other: str) -> bool:
    return bool(one) and " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _digits(phone: str) -> str:
    """The number without what it is written with: the last nine digits of it."""
    return "".join(character for character in phone if character.isdigit())[-9:]
