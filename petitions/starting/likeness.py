"""Search for petitions that ask for much the same as a title does.

The database finds candidates by its indexes: titles that share a telling word in any form, or
resemble the typed one letter for letter. Here they are compared word by word, so that «ремонту
доріг» is like «відремонтувати дорогу» no less than a slip of the finger is like the right word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import takewhile
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

from django.contrib.postgres.search import SearchRank, TrigramSimilarity
from django.db import connection, transaction
from django.db.models import F

from core.db.search import clean, lemmas, query
from core.domain.clock import Now
from petitions.models import Petition
from petitions.presenters import ShownPetition

if TYPE_CHECKING:
    from petitions.presenters import PetitionNow
    from petitions.querysets import PetitionQuerySet

#: Shorter titles say too little to look for.
SHORTEST = 4
MOST_SHOWN = 5
#: From this on two titles ask for much the same: the share of their words that they have in common.
ALIKE = 0.5
#: From this on they are the same but for slips of the finger: the share of common trigrams.
_SAME_LETTERS = 0.6
#: So much of a full word counts one that half of all petitions have in their title.
_LITTLE = 0.25
#: Words of one root share so many letters at their beginning, and so much of the shorter.
_SHORTEST_ROOT, _ROOT_OF = 5, 0.7
_CANDIDATES = 40
#: Of the weights D, C, B and A of core.db.search.document.
_IN_TITLES_FIRST = [0.01, 0.02, 0.1, 1.0]
_LONGEST = 300
_COMMON = """
петиція прошу просимо вимагаємо пропоную потрібно необхідно щодо зробити облаштувати
облаштування встановити встановлення провести проведення забезпечити забезпечення
організувати створити створення побудувати будівництво виділити вирішити місто міський
міська громада район вулиця вул проспект просп бульвар провулок мікрорайон площа будинок
біля поруч навпроти поблизу кривий ріг
"""


class Word(NamedTuple):
    """A word as it stands, and the lemmas under which it is found."""

    text: str
    readings: frozenset[str]


@dataclass(frozen=True)
class Alike(ShownPetition):
    """A petition that asks for much the same, and how much so (ALIKE to 1)."""

    likeness: float


def alike(
    title: str, *, but: int | None = None, among: PetitionQuerySet[Petition] | None = None
) -> list[Alike]:
    """Petitions like ``title``, at most MOST_SHOWN: those that may be signed first, then the most
    alike. Three statements.

    ``but``: the id of the draft itself; ``among``: which
    may be shown, the published ones unless it says others.
    """
    title = clean(title[:_LONGEST])
    words = _words(title)
    if len(title) < SHORTEST or not words:
        return []
    rows = _for_cards(Petition.objects.published() if among is None else among)
    candidates = {each.pk: each for each in _by_words(rows, words)}
    candidates |= {each.pk: each for each in _by_letters(rows, title)}
    if but is not None:
        candidates.pop(but, None)
    scored = (
        Alike(each, each.now, max(_share(words, _words(each.title)), getattr(each, "letters", 0.0)))
        for each in candidates.values()
    )
    found = [each for each in scored if each.likeness >= ALIKE]
    return sorted(found, key=_for_signing, reverse=True)[:MOST_SHOWN]


def _by_words(
    rows: PetitionQuerySet[PetitionNow], words: list[Word]
) -> PetitionQuerySet[PetitionNow]:
    """Those with a telling word of the title, in theirs first of all."""
    telling = [word for word in words if not word.readings & common_lemmas()] or words
    asked = reduce(or_, (query(word.text) for word in telling))
    rank = SearchRank(F("search"), asked, weights=_IN_TITLES_FIRST)
    return rows.filter(search=asked).order_by(rank.desc(), "-pk")[:_CANDIDATES]


def _by_letters(rows: PetitionQuerySet[PetitionNow], title: str) -> Sequence[PetitionNow]:
    """Those whose titles are the same but for slips of the finger, with how much so."""
    likeness = TrigramSimilarity("title", title)
    found = rows.filter(title__trigram_similar=title).annotate(letters=likeness)
    with transaction.atomic(), connection.cursor() as cursor:
        # For this transaction alone: at the usual threshold the index finds ten times as many.
        cursor.execute(
            "SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(_SAME_LETTERS)]
        )
        return list(found.order_by("-letters", "-pk")[:_CANDIDATES])


def _for_cards(petitions: PetitionQuerySet[Petition]) -> PetitionQuerySet[PetitionNow]:
    """With what a card shows."""
    found = petitions.select_related("total", "procedure")
    return found.defer("search", "text", "reasons").annotate(now=Now())


def _for_signing(each: Alike) -> tuple[bool, float, int]:
    return each.is_open, each.likeness, each.petition.pk


def _words(text: str) -> list[Word]:
    found = (Word(part, frozenset(lemmas(part))) for part in clean(text).split())
    return [word for word in found if word.readings]


@lru_cache(maxsize=1)
def common_lemmas() -> frozenset[str]:
    """Lemmas that tell little of what is asked for: those of asking, and of places in a city."""
    return frozenset(lemmas(_COMMON))


def _weight(word: Word) -> float:
    return _LITTLE if word.readings & common_lemmas() else 1.0


def _share(one: list[Word], other: list[Word]) -> float:
    """Share of words that both have in common, 0 to 1 (Dice's coefficient)."""
    everything = sum(map(_weight, one)) + sum(map(_weight, other))
    return (_common(one, other) + _common(other, one)) / everything if everything else 0.0


def _common(one: list[Word], other: list[Word]) -> float:
    return sum(_weight(word) for word in one if any(_is_kin(word, each) for each in other))


def _is_kin(one: Word, other: Word) -> bool:
    """One word, or of one root: «заборона» and «заборонити»."""
    if one.readings & other.readings:
        return True
    return any(_share_root(a, b) for a in one.readings for b in other.readings)


def _share_root(one: str, other: str) -> bool:
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    root = sum(1 for _ in same)
    return root >= _SHORTEST_ROOT and root >= _ROOT_OF * min(len(one), len(other))
