"""Ukrainian spelling of a word: one typed in Russian or by ear, a name in Latin letters.

Of what may be meant only words that the dictionary has are taken; of a name, which it need not
have, the most likely spellings, too. Latin letters are read as the table of the Cabinet (resolution
№ 55 of 27 January 2010) writes them, and as people do («Savitskaya», "Iurii").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, product

from core.db.search import Word, is_in_dictionary, typed_words

#: So many spellings of a word are tried: 5 µs each.
_MOST_TRIED = 400
_MOST_NAMES = 4
_SHORTEST = 4

#: Endings of Russian words, the longest first, and those of Ukrainian ones.
_ENDINGS = {
    "ениями": ("еннями",), "аниями": ("аннями",), "остью": ("істю",), "ости": ("ості",),
    "ение": ("ення", "іння"), "ения": ("ення", "іння"), "ению": ("енню", "інню"),
    "ание": ("ання",), "ания": ("ання",), "анию": ("анню",), "тие": ("ття",), "тия": ("ття",),
    "ость": ("ість",), "ского": ("ського",), "ському": ("ському",), "ться": ("тися",),
    "аться": ("атися",), "его": ("ього", "его"), "ему": ("ьому", "ему"), "ыми": ("ими",),
    "ими": ("іми", "ими"), "ая": ("а",), "яя": ("я",), "ое": ("е",), "ее": ("є", "е"),
    "ые": ("і",), "ие": ("і", "ії"), "ый": ("ий",), "ий": ("ій", "ий"), "ой": ("ий", "ої", "ою"),
    "ей": ("ів", "ей", "ї"), "ов": ("ів", "ов"), "ев": ("їв", "ів"), "ых": ("их",),
    "их": ("іх", "их"), "ым": ("им",), "им": ("ім", "им"), "ть": ("ти",), "ет": ("є", "ить"),
    "ит": ("ить",), "ют": ("ють",), "ут": ("уть",), "ят": ("ять",), "ат": ("ать",), "ил": ("ив",),
    "ал": ("ав",), "ел": ("ів",), "ул": ("ув",), "цы": ("ці",), "ия": ("ія",), "ии": ("ії",),
    "ию": ("ію",), "ок": ("ок", "ків"), "ка": ("ка", "ку"), "та": ("та", "ту"), "на": ("на", "ну"),
    "ировать": ("увати",), "овать": ("увати",), "ирование": ("ування",), "ование": ("ування",),
    "ирования": ("ування",), "ования": ("ування",), "ировка": ("ування",), "ировки": ("ування",),
    "ический": ("ічний",), "ическая": ("ічна",), "ическое": ("ічне",), "ические": ("ічні",),
    "ической": ("ічної", "ічній"), "ических": ("ічних",), "ического": ("ічного",),
    "альный": ("альний",), "енный": ("ений", "енний"), "анный": ("аний",), "ящий": ("ячий",),
}  # fmt: skip
_LETTERS = {
    "и": "иі", "і": "іи", "ы": "и", "е": "еіє", "є": "єе", "э": "е", "о": "оі", "ъ": "'",
    "ь": "ь'", "ё": ("ьо", "йо", "е", "о"), "г": "гґ",
}  # fmt: skip
_SOFT = re.compile(r"(?<=[дзлнстц])(?=к)")
_LATIN = re.compile(
    r"shch|zgh|kaya|kaia|kyi|kyy|kiy|kij|kii|yi|iy|ij|ii|yy|zh|kh|ts(?=k)|ts|ch|sh|s(?=k)|ya|ia|yu|iu"
    r"|ye|ie|yo|io|ck|[a-z]"
)
_KYI = ("кий",)
_CYRILLIC = {
    "shch": ("щ",), "zgh": ("зг",), "kaya": ("ка",), "kaia": ("ка",), "kyi": _KYI, "kyy": _KYI,
    "kiy": _KYI, "kij": _KYI, "kii": _KYI, "yi": ("ий", "ї"), "iy": ("ій", "ий"),
    "ij": ("ій", "ий"), "ii": ("ій", "ії"), "yy": ("ий",), "zh": ("ж",), "kh": ("х",),
    "ts": ("ц", "тс", "ць"), "ch": ("ч",), "sh": ("ш",), "ya": ("я",), "ia": ("я", "іа"),
    "yu": ("ю",), "iu": ("ю",), "ye": ("є", "е"), "ie": ("є", "іє"), "yo": ("йо", "ьо"),
    "io": ("іо", "йо"), "ck": ("к", "цьк"), "a": ("а",), "b": ("б",), "c": ("к", "ц"), "d": ("д",),
    "e": ("е", "є"), "f": ("ф",), "g": ("г", "ґ"), "h": ("г", "х"), "i": ("і", "и", "ї"),
    "j": ("й", "дж"), "k": ("к",), "l": ("л", "ль"), "m": ("м",), "n": ("н", "нь"), "o": ("о",),
    "p": ("п",), "q": ("к",), "r": ("р",), "s": ("с", "сь"), "t": ("т",), "u": ("у",), "v": ("в",),
    "w": ("в",), "x": ("кс",), "y": ("и", "й", "і"), "z": ("з",),
}  # fmt: skip
_BEFORE_K = {"ts": ("ць", "ц"), "s": ("сь", "с")}


@lru_cache(maxsize=2**10)
def in_ukrainian(text: str) -> tuple[Word, ...]:
    """Words of the dictionary that a word it does not have, in small Cyrillic letters, may be."""
    if len(text) < _SHORTEST:
        return ()
    return tuple(islice(_known_words(islice(_russian(text), _MOST_TRIED)), _MOST_NAMES))


@lru_cache(maxsize=2**10)
def from_latin(text: str) -> tuple[Word, ...]:
    """Cyrillic readings of a word in small Latin letters, those of the dictionary first."""
    if len(text) < _SHORTEST or not text.isalpha() or not text.isascii():
        return ()
    parts = [_cyrillic(found[0], text[found.end() :]) for found in _LATIN.finditer(text)]
    tried = list(islice(_by_changes(parts), _MOST_TRIED))
    known = list(islice(_known_words(tried), _MOST_NAMES))
    likely = tried[: 2 * _MOST_NAMES]
    return tuple(known or [word for each in likely for word in typed_words(each)])


def _cyrillic(letters: str, rest: str) -> tuple[str, ...]:
    if rest.startswith("k") and letters in _BEFORE_K:
        return _BEFORE_K[letters]
    either = _CYRILLIC[letters]
    return either[:1] if letters in "lns" and rest[:1] in ("a", "e", "i", "o", "u", "y") else either


def _known_words(spellings: Iterable[str]) -> Iterator[Word]:
    seen: set[tuple[str, ...]] = set()
    for spelling in filter(is_in_dictionary, spellings):
        for word in typed_words(spelling):
            if word.readings not in seen:
                seen.add(word.readings)
                yield word


def _russian(text: str) -> Iterator[str]:
    """The likeliest first: of each ending, the fewest letters changed."""
    for stem, endings in _endings(text):
        letters = [tuple(_LETTERS.get(letter, letter)) for letter in stem]
        for changed in islice(_by_changes(letters), _MOST_TRIED // 3):
            for ending in endings:
                whole = changed + ending
                yield whole
                if _SOFT.search(whole):
                    yield _SOFT.sub("ь", whole)


def _endings(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for length in range(min(8, len(text) - 2), 1, -1):
        if text[-length:] in _ENDINGS:
            yield text[:-length], _ENDINGS[text[-length:]]
            break
    yield text, ("",)


def _by_changes(parts: list[tuple[str, ...]]) -> Iterator[str]:
    """All ways to write the parts, those with the fewest second choices first, so far as the parts
    have not too many choices."""
    ways = 1
    for part in parts:
        ways *= len(part)
    if ways <= _MOST_TRIED:
        numbered = product(*(enumerate(part) for part in parts))
        ranked = sorted(numbered, key=lambda chosen: sum(number > 0 for number, _ in chosen))
        yield from ("".join(letters for _, letters in chosen) for chosen in ranked)
        return
    first = [part[0] for part in parts]
    yield "".join(first)
    for place, part in enumerate(parts):
        for other in part[1:]:
            yield "".join([*first[:place], other, *first[place + 1 :]])
    for one, two in ((a, b) for a in range(len(parts)) for b in range(a + 1, len(parts))):
        for pair in product(parts[one][1:], parts[two][1:]):
            yield "".join(
                [*first[:one], pair[0], *first[one + 1 : two], pair[1], *first[two + 1 :]]
            )
