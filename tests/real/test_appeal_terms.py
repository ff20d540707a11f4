"""The terms of appeals against the independently collected parameters and the acts themselves."""

import json
import os
import re
from datetime import timedelta
from pathlib import Path

import pytest

from appeals import terms
from core.domain.calendar import Period

SHARED = Path(os.environ.get("VICHE_SHARED", Path(__file__).parents[3] / "shared"))
FILE = SHARED / "data/rules_ua.json"
ACTS = {
    "393/96-ВР": SHARED / "data/ua_official/zakon_393-96_zvernennia_hromadian.txt",
    "2939-VI": SHARED / "data/ua_official/zakon_2939-VI_dostup_do_publichnoi_informatsii.txt",
}

pytestmark = pytest.mark.skipif(not FILE.exists(), reason=f"no real data: {FILE} is absent")

KEYS = {
    "appeal.simple": terms.SIMPLE,
    "appeal.standard": terms.MONTH,
    "appeal.max_total": terms.EXTENDED,
    "appeal.forward": terms.FORWARD,
    "appeal.return_malformed": terms.RETURN_MALFORMED,
    "appeal.return_insufficient_data": terms.RETURN_INSUFFICIENT,
    "info_request.standard": terms.REQUEST,
    "info_request.urgent": terms.URGENT,
    "info_request.extended": terms.REQUEST_EXTENDED,
}
#: What the articles say of each, letter for letter.
WORDS = {
    "month": "не більше одного місяця від дня їх надходження",
    "simple": "не пізніше п'ятнадцяти днів від дня їх отримання",
    "extended": "не може перевищувати сорока п'яти днів",
    "return_malformed": "не пізніш як через десять днів від дня його надходження",
    "return_insufficient": "в той же термін повертається громадянину",
    "forward": "в термін не більше п'яти днів пересилається",
    "request": "не пізніше п'яти робочих днів з дня отримання запиту",
    "urgent": "не пізніше 48 годин з дня отримання запиту",
    "request_extended": "до 20 робочих днів з обґрунтуванням такого продовження",
    "reopening": "не пізніше одного місяця з часу ознайомлення громадянина з прийнятим рішенням",
}
#: What else letters and rules take from the acts: act, article, its words.
SAID = [
    ("393/96-ВР", 7, "Забороняється направляти скарги громадян для розгляду тим органам або"),
    ("393/96-ВР", 8, "визнається анонімним і розгляду не підлягає"),
    ("393/96-ВР", 8, "одного і того ж громадянина з одного і того ж питання, якщо перше вирішено"),
    ("393/96-ВР", 8, "звернення осіб, визнаних судом недієздатними"),
    ("393/96-ВР", 8, "Рішення про припинення розгляду такого звернення приймає керівник органу"),
    ("393/96-ВР", 16, "подається у порядку підлеглості вищому органу або посадовій особі"),
    ("393/96-ВР", 17, "протягом одного року з моменту його прийняття"),
    ("393/96-ВР", 18, "одержати письмову відповідь про результати розгляду заяви чи скарги"),
    ("393/96-ВР", 19, "роз'яснити порядок оскарження прийнятого за нею рішення"),
    ("393/96-ВР", 20, "встановлені законодавством пільги, розглядаються у першочерговому порядку"),
    ("2939-VI", 20, "повідомляє запитувача в письмовій формі не пізніше п'яти робочих днів"),
    ("2939-VI", 22, "зобов'язаний направити цей запит належному розпоряднику"),
    ("2939-VI", 23, "можуть бути оскаржені до керівника розпорядника, вищого органу або суду"),
]


@pytest.fixture(scope="module")
def rules():
    return {row["key"]: row for row in json.loads(FILE.read_text())}


def test_every_parameter_is_kept(rules):
    """None of those about appeals is left out, but what is no term."""
    collected = {key for key in rules if key.startswith(("appeal.", "info_request."))}
    assert collected - set(KEYS) == {"appeal.register", "appeal.qes_required"}


@pytest.mark.parametrize(("key", "term"), KEYS.items(), ids=list(KEYS))
def test_the_length_and_the_article(rules, key, term):
    row = rules[key]
    value, unit = row["value"], row["unit"].removeprefix("calendar_")
    if isinstance(value, dict):
        ((unit, value),) = value.items()
    if unit == "hours":
        assert term.length == timedelta(hours=value)
    else:
        assert term.length == Period(value, unit)
    act, article = re.match(r"(\S+) ст\. (\d+)", term.article).groups()
    assert act in row["source"]
    assert f"ст. {article}" in row["source"]


@pytest.mark.parametrize(("code", "words"), WORDS.items(), ids=list(WORDS))
def test_the_words_of_the_act(code, words):
    term = {**terms.TERMS, **terms.OFFICE_TERMS}[code]
    act, number = re.match(r"(\S+) ст\. (\d+)", term.article).groups()
    assert words in _article(act, number)


@pytest.mark.parametrize(("act", "number", "words"), SAID)
def test_the_words_behind_a_rule(act, number, words):
    assert words in _article(act, number)


def _article(act, number):
    text = ACTS[act].read_text().replace("’", "'")
    article = text[text.index(f"Стаття {number}. ") :]
    return article[: article.index("\nСтаття ", 1)]


def test_no_qualified_signature_is_asked_for(rules):
    assert rules["appeal.qes_required"]["value"] is False
    assert rules["appeal.register"]["value"] == "receipt_day"
