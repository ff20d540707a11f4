"""Full-text search in Ukrainian: words are reduced to lemmas here, PostgreSQL only compares them.

PostgreSQL has no Ukrainian stemmer, so an action stores `document(A=title, B=text)` in a
`SearchVectorField`, and a page filters by `query(words)`. Both sides go through the same lemmas,
so «ремонту доріг» finds «ремонт дороги», and through the same folding of spellings:

- every apostrophe and none, capitals, accents and soft hyphens;
- Latin letters typed amid Cyrillic ones, and Roman numerals typed in Cyrillic;
- the orthography of 2019 and the one before («проєкт» and «проект», «фоє» and «фойє»,
  «священник» and «священик», «авдит» and «аудит», «вебсайт» and «веб-сайт»), «ґ» and «г»;
- doubled letters typed where there is one («коммісія»), Russian ё, ы, э.

A word of several readings is stored under each of them («мати» is a mother and to have). A misspelt
word is looked for by `query(words, forgiving=True)` under the dictionary words one slip away from
it, and in short texts such as names by the trigrams of `similar()`.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Protocol

import pymorphy3
from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db.models import F

#: What `similar()` must at least give for two texts to be worth showing as alike.
ALIKE = 0.4

_CHUNK = r"[^\W_]+(?:'[^\W_]+)*"
# A number of several parts («2.1», «393/96»), or a word, perhaps of parts joined by hyphens.
_TOKEN = re.compile(rf"\d+(?:[.,:/]\d+)+|{_CHUNK}(?:[-‑]{_CHUNK})*")
_HYPHENS = re.compile(r"[-‑]")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_INVISIBLE = re.compile("[\0\u00ad\u0301\u200b\u200c\u200d\u2060\ufeff]+")
# Letter for letter, so that places in the text stay; ʼ is a letter to Unicode.
_APOSTROPHES = re.compile("[’ʼ‘`´′ʹ＇]")
_LOOKALIKES = str.maketrans("abcehikmoptxy", "авсенікмортху")
# «ІХ» and «ХХІ» are mostly typed in Cyrillic.
_ROMAN = re.compile("[іхivxlcdm]+")
_LATIN_NUMERALS = str.maketrans("іх", "ix")
_FOLDED = str.maketrans("ґёєыэў", "гееиеу", "'-‑ъ")
_LOST_APOSTROPHE = re.compile("(?<=[бвгджзкмнпрстфхчш])(?=[яюєї])")
_DOUBLED = re.compile(r"(?<=[^\W\d_])([^\W\d_])\1+")
_AU = re.compile(r"ау(?=[бвгджзклмнпрстфхцчшщ])")
_ALPHABET = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'"

# The keys of a Ukrainian keyboard and of an English one, in the same order, without and with Shift.
_UKRAINIAN_KEYS = "'йцукенгшщзхїґфівапролджєячсмитьбю₴ЙЦУКЕНГШЩЗХЇҐФІВАПРОЛДЖЄЯЧСМИТЬБЮ"
_ENGLISH_KEYS = "`qwertyuiop[]\\asdfghjkl;'zxcvbnm,.~QWERTYUIOP{}|ASDFGHJKL:\"ZXCVBNM<>"
_TO_UKRAINIAN = str.maketrans(_ENGLISH_KEYS, _UKRAINIAN_KEYS)
_TO_ENGLISH = str.maketrans(_UKRAINIAN_KEYS, _ENGLISH_KEYS)

_LONGEST_WORD = 64
_LONGEST_QUERY = 500
_MOST_QUERY_WORDS = 24
_MOST_CORRECTED = 3
_MOST_GUESSES = 3
_SHORTEST_CORRECTED, _LONGEST_CORRECTED = 4, 24
# tsvector holds at most 1 MiB, 255 places of a word, and places up to 16383.
_LARGEST_DOCUMENT = 900_000
_MOST_PLACES = 255
_LAST_PLACE = 16_383
_EXCERPT_READS = 20_000

_ABBREVIATIONS = {
    "вул": "вулиця", "просп": "проспект", "пров": "провулок", "бульв": "бульвар", "буд": "будинок",
    "мкр": "мікрорайон", "обл": "область", "грн": "гривня", "п": "пункт", "пп": "підпункт",
    "ст": "стаття", "дод": "додаток",
}  # fmt: skip
_TOO_COMMON = """
а аби але або адже б би бо був була були було бути в вже ви від він вона вони воно все да для до ж
же за з зі із и і її їй їм їх й його йому коли котра котре котрий котрі крім лише ми між на навіть
над нам нас наш не нею неї ними них ні ніж о об однак ось по поки при про під після саме себе собою
та так така таке такий такі там те тих то того тобто тоді той тому ту тут ті тільки у уже усе хай
хоч хто це цей цього цьому цю ця ці чи чиє чий чого чому ще що щоб щодо я як яка яке який яким яких
які якої якщо є
"""
_STOP_WORDS = frozenset(_TOO_COMMON.split())


def lemmas(text: str) -> list[str]:
    """The folded lemmas of a text in its order, every reading of every word, stop words left out.

    They are made for comparing, not for reading: «проєкт» gives `проект`.
    """
    return [lemma for word, _, _ in _words(clean(text)) for lemma in _index_lemmas(word)]


def words_of(text: str) -> list[str]:
    """One folded lemma of each word of a text in its order, stop words too: for comparing texts."""
    words = _TOKEN.findall(_APOSTROPHES.sub("'", clean(text)))
    return [_readings(word.lower()[:_LONGEST_WORD])[0] for word in words]


def document(*, A: str = "", B: str = "", C: str = "", D: str = "") -> str:  # noqa: N803 - weights are named so
    """Value of a `SearchVectorField`: the texts by weight, A the heaviest.

    It is a tsvector in text form, so `save()`, `bulk_create()` and `update()` all take it. What
    does not fit into a tsvector (some 50,000 different words) is left out at the end.
    """
    places: dict[str, list[str]] = {}
    place = size = 0
    for weight, text in (("A", A), ("B", B), ("C", C), ("D", D)):
        for word, _, _ in _words(clean(text)):
            place += 1
            at = f"{min(place, _LAST_PLACE)}{weight}"
            for lemma in _index_lemmas(word):
                found = places.get(lemma)
                cost = len(lemma.encode()) + 8 if found is None else 2
                if size + cost > _LARGEST_DOCUMENT:
                    continue
                if found is None:
                    places[lemma] = [at]
                elif len(found) < _MOST_PLACES:
                    found.append(at)
                size += cost
    return " ".join(f"'{lemma}':{','.join(at)}" for lemma, at in places.items())


class Query(SearchQuery):
    """A question as PostgreSQL takes it: every word must be there, in any form and reading, or,
    with `any_word`, at least one.

    For `filter(search=…)` and `rank(…)`; queries combine by `&`, `|` and `~`. `is_empty` when the
    text holds nothing to look for; such a query finds nothing. `size` is the number of different
    words. `lemmas` is what `excerpt` marks; `text` is what was typed.
    """

    template = "(%(expressions)s)::tsquery"

    def __init__(self, text: str, forgiving: bool = False, any_word: bool = False) -> None:
        groups: dict[str, None] = {}
        sought: set[str] = set()
        mercy = _MOST_CORRECTED if forgiving else 0
        for word, _, _ in _words(clean(text[:_LONGEST_QUERY])):
            readings = _readings(word)
            if mercy and not _is_known(word):
                mercy -= 1
                readings = tuple(dict.fromkeys(readings + corrections(word)))
            either = [f"'{lemma}'" for lemma in readings]
            if parts := _parts(word):
                either.append(" & ".join(_either(_readings(part)) for part in parts))
            groups[_any(either)] = None
            sought.update(readings, _index_lemmas(word))
            if len(groups) == _MOST_QUERY_WORDS:
                break
        self.lemmas = frozenset(sought)
        self.size = len(groups)
        self.text = text
        self.is_empty = not groups
        super().__init__((" | " if any_word else " & ").join(groups), search_type="raw")


def query(text: str, forgiving: bool = False, any_word: bool = False) -> Query:
    """Query for a person's words; `forgiving` also looks for what misspelt words may mean,
    `any_word` for texts that have only some of the words.

    Ask strictly first and forgivingly when nothing was found: an unknown word costs up to 5 ms.
    """
    return Query(text, forgiving, any_word)


def switch_layout(text: str) -> str:
    """The text as the same keys give it on the other keyboard: «fdnj,ec» is «автобус».

    From English to Ukrainian, or back when the text has more Cyrillic letters than Latin ones.
    """
    cyrillic = len(_CYRILLIC.findall(text))
    latin = sum("a" <= letter <= "z" for letter in text.lower())
    return text.translate(_TO_ENGLISH if cyrillic > latin else _TO_UKRAINIAN)


def rank(query: Query, field: str = "search") -> SearchRank:
    """Rank of a stored document: for `.annotate(rank=rank(asked)).order_by("-rank")`."""
    return SearchRank(F(field), query)


def similar(field: str, text: str) -> TrigramWordSimilarity:
    """Likeness of the text and some part of a short field, 0 to 1: for misspelt names.

    `.annotate(likeness=similar("title", text)).filter(likeness__gte=ALIKE)`. It reads every row
    (25 µs a row): for titles and names, not for bodies of text, where a forgiving query serves.
    """
    return TrigramWordSimilarity(clean(text[:_LONGEST_QUERY]), field)


@dataclass(frozen=True, slots=True)
class Word:
    """A word that somebody typed, in small letters. ``readings``: its folded lemmas; ``parts``:
    those of each part of a compound, [] of another word; ``is_known``: the dictionary has it, or
    it is not Cyrillic."""

    text: str
    readings: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]
    is_known: bool

    @property
    def tsquery(self) -> str:
        """Any reading of the word, or all parts of the compound, as PostgreSQL takes it."""
        either = [f"'{lemma}'" for lemma in self.readings]
        if self.parts:
            either.append(" & ".join(_either(part) for part in self.parts))
        return _any(either)


def typed_words(text: str) -> list[Word]:
    """The words of a text that count, each once, in its order; _MOST_QUERY_WORDS at most."""
    found: dict[str, Word] = {}
    for word, _, _ in _words(clean(text[:_LONGEST_QUERY])):
        if word not in found:
            parts = tuple(_readings(part) for part in _parts(word))
            found[word] = Word(word, _readings(word), parts, _is_known(word))
        if len(found) == _MOST_QUERY_WORDS:
            break
    return list(found.values())


type Fragments = list[tuple[str, bool]]


class HasLemmas(Protocol):
    """Protocol of an excerpt's query: a Query, or another that knows its lemmas."""

    @property
    def lemmas(self) -> frozenset[str]: ...


def excerpt(text: str, query: HasLemmas, length: int = 240) -> Fragments:
    """The part of a text where most of the query's words stand together, `length` letters at most.

    Fragments in order, each with whether it matches; joined they are the excerpt, with «…» where it
    was cut. They are plain text: the template escapes them and puts matches into `<mark>`. Without
    a match it is the beginning of the text.
    """
    text = clean(text[:_EXCERPT_READS])
    hits = [
        (start, end, found)
        for word, start, end in _words(text)
        if (found := query.lemmas.intersection(_index_lemmas(word)))
    ]
    first, last = _window(text, hits, length)
    fragments: Fragments = []
    opening, at = "…" if first else "", first
    for start, end, _found in hits:
        if first <= start and end <= last:
            fragments += [(opening + text[at:start], False), (text[start:end], True)]
            opening, at = "", end
    fragments.append((opening + text[at:last] + ("…" if last < len(text) else ""), False))
    return [(fragment, matched) for fragment, matched in fragments if fragment]


def _window(text: str, hits: list[tuple[int, int, frozenset[str]]], length: int) -> tuple[int, int]:
    """The stretch with the most different words found, the first of several equal ones."""
    if len(text) <= length:
        return 0, len(text)
    lead = length // 4
    best, first = 0, 0
    for index, (start, _, _) in enumerate(hits):
        reach = max(0, start - lead) + length
        within = (found for _, end, found in islice(hits, index, index + 50) if end <= reach)
        count = len(frozenset().union(*within))
        if count > best:
            best, first = count, max(0, start - lead)
    last = min(len(text), first + length)
    first = max(0, last - length)
    if first:  # begin and end between words, where there is a place to
        first = text.find(" ", first, first + lead) + 1 or first
    if last < len(text):
        last = max(text.rfind(" ", last - lead, last), 0) or last
    return first, last


def clean(text: str) -> str:
    """The text as it is compared: composed characters, single spaces, nothing invisible."""
    return " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).split())


def _words(text: str) -> Iterator[tuple[str, int, int]]:
    """The words that count, in small letters, with where they stand in the text."""
    for match in _TOKEN.finditer(_APOSTROPHES.sub("'", text)):
        word = match[0].lower()[:_LONGEST_WORD]
        if word not in _STOP_WORDS:
            yield word, match.start(), match.end()


def _any(either: list[str]) -> str:
    return f"({' | '.join(either)})"


def _either(readings: tuple[str, ...]) -> str:
    return _any([f"'{lemma}'" for lemma in readings])


@lru_cache(maxsize=2**16)
def _index_lemmas(word: str) -> tuple[str, ...]:
    """Under which lemmas a word is found: its own, and those of the parts of a compound."""
    readings = [_readings(word), *(_readings(part) for part in _parts(word))]
    return tuple(dict.fromkeys(lemma for found in readings for lemma in found))


def _parts(word: str) -> list[str]:
    parts = _HYPHENS.split(word)
    return [part for part in parts if part and part not in _STOP_WORDS] if len(parts) > 1 else []


@lru_cache(maxsize=2**14)
def _readings(word: str) -> tuple[str, ...]:
    """The folded lemmas of a word, at least one.

    A dictionary word has all its own; of an unknown one the analyser's best guesses are taken and
    the word itself, so that a name that it declines wrongly is still found by its own form.
    """
    word = _ABBREVIATIONS.get(word, word)
    if _ROMAN.fullmatch(word):
        word = word.translate(_LATIN_NUMERALS)
    if _CYRILLIC.search(word):
        word = _in_one_script(word)
        found = [parse.normal_form for parse in load_morphology().parse(word)]
        if not _is_known(word) and _is_known(restored := _LOST_APOSTROPHE.sub("'", word)):
            found = [parse.normal_form for parse in load_morphology().parse(restored)]
        elif not _is_known(word):
            found = [*list(dict.fromkeys(found))[:_MOST_GUESSES], word]
    else:
        found = [word]
    return tuple(dict.fromkeys(_fold(lemma) for lemma in found))


def _fold(lemma: str) -> str:
    """One spelling for the spellings of a word."""
    folded = lemma.replace("йє", "є").translate(_FOLDED)
    return _DOUBLED.sub(r"\1", _AU.sub("ав", folded)) or lemma.replace("'", "")


def _in_one_script(word: str) -> str:
    """A Cyrillic word into which Latin letters of the same looks were typed, put right."""
    changed = word.translate(_LOOKALIKES)
    return word if any("a" <= letter <= "z" for letter in changed) else changed


def _is_known(word: str) -> bool:
    return not _CYRILLIC.search(word) or load_morphology().word_is_known(_in_one_script(word))


def is_in_dictionary(word: str) -> bool:
    """Whether the dictionary has a word in small Cyrillic letters, in any of its forms."""
    return bool(load_morphology().word_is_known(word))


@lru_cache(maxsize=2**10)
def corrections(word: str) -> tuple[str, ...]:
    """The folded lemmas of dictionary words one slip away from a word in small letters; 5 ms."""
    known = load_morphology().word_is_known
    found = (_readings(candidate) for candidate in sorted(slips(word)) if known(candidate))
    return tuple(dict.fromkeys(lemma for readings in found for lemma in readings))


def slips(word: str) -> set[str]:
    """All spellings one slip away: a letter wrong, missing, added or swapped; none of a word that
    is too short or too long for that."""
    word = _in_one_script(word)
    if not _SHORTEST_CORRECTED <= len(word) <= _LONGEST_CORRECTED:
        return set()
    splits = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    near = {head + tail[1:] for head, tail in splits if tail}
    near |= {head + tail[1] + tail[0] + tail[2:] for head, tail in splits if len(tail) > 1}
    near |= {head + letter + tail[1:] for head, tail in splits if tail for letter in _ALPHABET}
    near |= {head + letter + tail for head, tail in splits for letter in _ALPHABET}
    return near


@lru_cache(maxsize=1)
def load_morphology() -> pymorphy3.MorphAnalyzer:
    """The dictionary; loaded when it is first asked for (0.1 s, 37 MB)."""
    return pymorphy3.MorphAnalyzer(lang="uk")
