"""Days in what is found and in what is asked: «15 грудня», "15.12", "15.12.2026", "december 15".

What takes place or was adopted on a day has lexemes of it in the index: ``15.12``, ``15.12.2026``
and ``month12``. A day that somebody typed is asked by the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Cast, Coalesce, TruncDate

from core.db.search import Word, typed_words
from core.domain.calendar import KYIV
from search.synonyms import forms_of

_MONTHS = """
січень январь january jan
лютий февраль february feb
березень март march
квітень апрель april
травень май may
червень июнь june
липень июль july
серпень август august
вересень сентябрь september sept
жовтень октябрь october
листопад ноябрь november
грудень декабрь december dec
"""
_MONTH_OF = {
    form: number
    for number, names in enumerate(_MONTHS.strip().splitlines(), 1)
    for word in typed_words(names)
    for form in forms_of(word)
}
_UKRAINIAN = [typed_words(names)[0].readings[0] for names in _MONTHS.strip().splitlines()]
_DAY = re.compile(r"([0-3]?\d)(?:-?(?:го|е|st|nd|rd|th))?")
_FIGURES = re.compile(r"([0-3]?\d)[./-]([01]?\d)(?:[./-]((?:20)?\d\d))?")
_BACKWARDS = re.compile(r"(20\d\d)[./-]([01]?\d)[./-]([0-3]?\d)")
_YEAR = re.compile(r"20\d\d")
#: Of PostgreSQL's to_char: a tsvector of the lexemes.
_FORMAT = '"\'"DD.MM"\':1B \'"DD.MM.YYYY"\':1B \'month"MM"\':1B"'


def words_of_day(day: date) -> str:
    """Words by which a day is found, for core.db.search.document."""
    return f"{day:%d.%m} {day:%d.%m.%Y} month{day:%m}"


def with_day(search: str, at: Any) -> Any:
    """Lemmas in a column, and those of the day of a moment, which is an expression."""
    day = TruncDate(at, tzinfo=KYIV)
    figures = Func(day, Value(_FORMAT), function="to_char", output_field=TextField())
    return Func(
        Coalesce(F(search), Cast(Value(""), SearchVectorField())),
        Cast(figures, SearchVectorField()),
        template="(%(expressions)s)",
        arg_joiner=" || ",
        output_field=SearchVectorField(),
    )


def asked_days(words: Sequence[Word]) -> Iterator[tuple[int, int, list[str]]]:
    """Days and months among the words: the place, the number of words, the query."""
    for place, word in enumerate(words):
        if figures := _in_figures(word.text):
            yield place, 1, _tsqueries(*figures)
        month = _month(word)
        if month is None:
            continue
        yield place, 1, [f"'month{month:02}'"]
        before, after = words[max(place - 1, 0) : place], words[place + 1 : place + 2]
        for start, others in ((place - 1, before), (place, after)):
            day = _DAY.fullmatch(others[0].text) if others else None
            if day and 1 <= int(day[1]) <= 31:
                year = words[place + 1].text if start < place and after else ""
                year = year if _YEAR.fullmatch(year) else ""
                yield start, 2, _tsqueries(int(day[1]), month, year)


def _month(word: Word) -> int | None:
    return next((_MONTH_OF[form] for form in sorted(forms_of(word)) if form in _MONTH_OF), None)


def _in_figures(text: str) -> tuple[int, int, str] | None:
    """Day, month and year, where there is one."""
    if found := _BACKWARDS.fullmatch(text):
        year, month, day = found.groups()
    elif found := _FIGURES.fullmatch(text):
        day, month, year = found.groups()
    else:
        return None
    if not (1 <= int(day) <= 31 and 1 <= int(month) <= 12):
        return None
    return int(day), int(month), f"20{year[-2:]}" if year else ""


def _tsqueries(day: int, month: int, year: str) -> list[str]:
    figures = f"{day:02}.{month:02}"
    exact = f"'{figures}.{year}'" if year else f"'{figures}'"
    return [exact, f"('{day}' & '{_UKRAINIAN[month - 1]}')"]
