"""Analysis of a search query: words in their forms, synonyms and slips."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from core.db.search import Word, corrections, typed_words
from search.days import asked_days
from search.spellings import from_latin, in_ukrainian
from search.synonyms import Term, Thesaurus, forms_of

#: So many words are looked for: the first of what was typed.
MOST_WORDS = 12
#: So many unknown words are looked for past a slip: each costs up to 5 ms.
_MOST_CORRECTED = 3
#: Words by which trigrams of titles are compared: the statement has a place for each.
MOST_UNKNOWN = 3
_SHORTEST_PREFIX = 4
#: Letters that words of one family have in common, at least.
_SHORTEST_FAMILY = 5
#: Of this many words, each two together are asked for where not all are found.
_MOST_PAIRED = 7

#: Words that name a kind of thing rather than its subject: it stands first, and they are not asked.
_KIND_WORDS = {
    "consultations": "консультація обговорення consultation консультация обсуждение",
    "petitions": "петиція petition петиция",
    "polls": "опитування голосування poll vote опрос голосование",
    "answers": "відповідь запитання answer question ответ вопрос",
    "acts": "акт рішення act decision решение",
    "news": "новина оголошення подія news новость объявление событие",
    "meetings": "засідання сесія слухання meeting session заседание сессия слушания",
    "deputies": "депутат депутатка deputy councillor",
    "streets": "вулиця street улица",
    "districts": "район мікрорайон district микрорайон",
}
_ASKING_WORDS = """
де куди звідки скільки чому навіщо хотіти хочу треба можна потрібно прошу дуже будь ласка який
дізнатися знайти подивитися бути мати мій мене наш ваш свій тепер зараз зветься називається
хтось щось десь колись інший самий взагалі просто можливо мабуть ніхто нічого немов якийсь
где куда откуда сколько почему зачем хотеть хочу надо нужно можно прошу очень как когда что в на по
для не и или с из к у от до мой наш свой об о шо шоб чего чтоб чтобы есть будет называется
кто кому который которая которые если ли же бы это эти этот там тут еще уже при про за под над без
я мы вы он она они мне нам вам их его её найти узнать посмотреть пожалуйста теперь сейчас вообще
the a an of in on at to for and or is are be how where when what which who my our your do i can
about with from will there this that these those it its we you they he she me us them their his her
does did was were been has have had should could would may might must if then than so as by into
why whose any some all please want need find get tell show know let not only also
скіки скіко скока коло братися берут дєлать зробити гдє када пачіму шось хтіти
нада нужно кагда
"""
_WEAK_WORDS = """
місто міський міської рада громада проєкт питання новий робота рік день житель мешканець
біля поруч поблизу навколо вздовж через під час кожен весь
город городской совет city town council new год возле около рядом near next каждый every all весь
людина люди человек people person
"""


def _keys(word: Word) -> tuple[str, ...]:
    """Keys of a word: of an unknown one itself, and not what it might come from."""
    return word.readings if word.is_known else word.readings[-1:]


def _set(words: str) -> frozenset[str]:
    return frozenset(
        key for text in words.split() for word in typed_words(text) for key in _keys(word)
    )


_KINDS = {
    form: kind
    for kind, words in _KIND_WORDS.items()
    for word in typed_words(words)
    for form in forms_of(word)
}
#: Of questions as people write them: they say nothing of what is looked for.
_ASKING = _set(_ASKING_WORDS)
#: Words that much of a city's text has: they count less.
_WEAK = _set(_WEAK_WORDS)
_STRONG, _WEAKER, _OF_KIND = 10, 4, 6
_CYRILLIC_LOOKALIKES = str.maketrans("abcehikmoptxy", "авсенікмортху")
_LATIN_LOOKALIKES = str.maketrans("авсенікмортху", "abcehikmoptxy")
#: What stands after the number of a bus, a house, a school.
_LETTERS_OF_NUMBERS = ("а", "б", "в", "г", "д", "a", "b")


@dataclass(slots=True)
class Group:
    """One word that is looked for, as three tsqueries, each wider than the one before: the word in
    its forms; with synonyms; with what it means past a slip."""

    word: Word
    weight: int
    #: Of a word that names kinds: a thing of these kinds has it.
    kinds: tuple[str, ...] = ()
    #: What is the same: another way to write a day.
    same: list[str] = field(default_factory=list)
    wide: list[str] = field(default_factory=list)
    near: list[str] = field(default_factory=list)

    @property
    def own_query(self) -> str:
        return _any([self.word.tsquery, *self.same])

    @property
    def wide_query(self) -> str:
        return _any([self.word.tsquery, *self.same, *self.wide])

    @property
    def near_query(self) -> str:
        return _any([self.word.tsquery, *self.same, *self.wide, *self.near])


@dataclass(frozen=True, slots=True)
class Asked:
    """Groups of words, the lemmas that an excerpt marks, and words that name kinds beside others:
    they are not looked for, but what has them or is of the kind comes first.

    ``unknown``: words that neither the dictionary nor the synonyms have, for trigrams.
    """

    groups: tuple[Group, ...]
    of_kinds: tuple[Group, ...]
    lemmas: frozenset[str]
    unknown: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not self.groups

    @property
    def all_words(self) -> str:
        """Every word, in any form or by a synonym."""
        return " & ".join(group.wide_query for group in self.groups)

    @property
    def any_word(self) -> str:
        """At least one of them."""
        return " | ".join(group.wide_query for group in self.groups)

    @property
    def phrase(self) -> str:
        """The words side by side, in any form, where there are two or more."""
        if len(self.groups) < 2:
            return ""
        return " <-> ".join(group.own_query for group in self.groups)

    @property
    def any_near(self) -> str:
        """At least one of them, past a slip."""
        return " | ".join(group.near_query for group in self.groups)

    @property
    def some_words(self) -> str:
        """At least two of them where there are three, each past a slip."""
        near = [group.near_query for group in self.groups[:_MOST_PAIRED]]
        if len(near) < 3:
            return " | ".join(near)
        return " | ".join(f"({one} & {other})" for one, other in combinations(near, 2))


def ask(text: str, thesaurus: Thesaurus) -> Asked:
    """The words of a text as they are looked for."""
    typed = typed_words(text)
    words = _telling(typed)[:MOST_WORDS]
    meant = [_spelt_in_ukrainian(word, thesaurus) for word in words]
    forms = [
        forms_of(word).union(*(other.readings for other in others))
        for word, others in zip(words, meant, strict=True)
    ]
    groups = [Group(word, _weight(word)) for word in words]
    marked = {lemma for word in words for lemma in _marked_forms(word)}
    synonymous: set[int] = set()
    for place, group in enumerate(groups):
        group.wide += _spelt_otherwise(group.word)
        for count, also in thesaurus.matches(forms[place:]):
            marked |= also.lemmas
            for covered in range(place, place + count):
                groups[covered].wide.append(also.tsquery)
                synonymous.add(covered)
    for group, others in zip(groups, meant, strict=True):
        group.wide += [other.tsquery for other in others]
        marked |= {lemma for other in others for lemma in _marked_forms(other)}
    for place, count, same in asked_days(words):
        for group in groups[place : place + count]:
            group.same += same
    unknown = [
        group
        for place, group in enumerate(groups)
        if place not in synonymous and not meant[place] and _may_be_a_slip(group.word)
    ]
    for group in groups:
        group.near += _of_one_family(group.word)
    for group in unknown[:_MOST_CORRECTED]:
        for near in _past_a_slip(group.word, thesaurus):
            group.near.append(near)
    return Asked(
        groups=tuple(groups),
        of_kinds=tuple(_naming_kinds(typed, words, thesaurus)),
        lemmas=frozenset(marked),
        unknown=tuple(group.word.text for group in unknown[:MOST_UNKNOWN]),
    )


def _spelt_in_ukrainian(word: Word, thesaurus: Thesaurus) -> tuple[Word, ...]:
    """Ukrainian forms of a Russian word or a name in Latin letters, unless synonyms have
    the word.
    """
    if word.text.isascii():
        return () if any(thesaurus.matches([forms_of(word)])) else from_latin(word.text)
    return () if word.is_known else in_ukrainian(word.text)


def is_known(text: str, thesaurus: Thesaurus) -> bool:
    """Whether there are words in a text, and the dictionary or the synonyms have all of them."""
    words = [word for word in typed_words(text) if not word.text[0].isdigit()]
    return bool(words) and all(
        (word.is_known and not word.text.isascii()) or any(thesaurus.matches([forms_of(word)]))
        for word in words
    )


def _telling(typed: list[Word]) -> list[Word]:
    """Without words that ask or name a kind, unless there are no others."""
    plain = [word for word in typed if not _ASKING.intersection(_keys(word))]
    telling = [word for word in plain if not _kinds_of(word)]
    return telling or plain or typed


def _kinds_of(word: Word) -> tuple[str, ...]:
    return tuple(sorted({_KINDS[form] for form in forms_of(word) if form in _KINDS}))


def _naming_kinds(typed: list[Word], words: list[Word], thesaurus: Thesaurus) -> Iterable[Group]:
    for word in typed:
        kinds = _kinds_of(word)
        if kinds and word not in words:
            also = [also.tsquery for _count, also in thesaurus.matches([forms_of(word)])]
            yield Group(word, _OF_KIND, kinds, wide=also)


def _weight(word: Word) -> int:
    return _WEAKER if _WEAK.intersection(_keys(word)) else _STRONG


def _marked_forms(word: Word) -> set[str]:
    return {*word.readings, *(lemma for part in word.parts for lemma in part)}


def _spelt_otherwise(word: Word) -> list[str]:
    """«7» is also «7а» and «7:00»; «7a» in Latin letters is «7а»; «buses» is «bus»."""
    text = word.text
    others: set[str] = set()
    if text.isdigit():
        others = {f"{text}{letter}" for letter in _LETTERS_OF_NUMBERS} | {f"{text}:00"}
    elif text.isascii() and text.isalpha():
        others = {form for form in forms_of(word) if form not in word.readings} | {f"{text}s"}
    if not text.isdigit():
        for table in (_CYRILLIC_LOOKALIKES, _LATIN_LOOKALIKES):
            changed = text.translate(table)
            if changed.isascii() != text.isascii() and (changed.isascii() or _is_all(changed)):
                others.add(changed)
    return [each.tsquery for other in sorted(others) for each in typed_words(other)]


def _is_all(text: str) -> bool:
    """Whether nothing Latin is left in it."""
    return not any("a" <= letter <= "z" for letter in text)


def _may_be_a_slip(word: Word) -> bool:
    has_letters = any(letter.isalpha() for letter in word.text)
    return has_letters and (not word.is_known or (word.text.isascii() and len(word.text) > 3))


def _of_one_family(word: Word) -> list[str]:
    """Words that begin alike: «закрити» and «закриття», «молодь» and «молодіжний»."""
    return [
        f"'{lemma[: max(_SHORTEST_FAMILY, len(lemma) - 3)]}':*"
        for lemma in word.readings
        if len(lemma) > _SHORTEST_FAMILY and lemma.isalpha()
    ]


def _past_a_slip(word: Word, thesaurus: Thesaurus) -> list[str]:
    """Corrections of an unknown word, and words that begin with it."""
    found: list[str] = []
    near = corrections(word.text)
    if near:
        found.append(_any([f"'{lemma}'" for lemma in near]))
        meant: list[Term] = [also for _n, also in thesaurus.matches([frozenset(near)])]
        found += [also.tsquery for also in meant]
    found += [also.tsquery for also in thesaurus.meant_by_slip(word)]
    if len(word.text) >= _SHORTEST_PREFIX and word.text.isalpha():
        found.append(f"'{word.readings[-1]}':*")
    return list(dict.fromkeys(found))


def _any(either: Sequence[str]) -> str:
    return f"({' | '.join(dict.fromkeys(either))})"
