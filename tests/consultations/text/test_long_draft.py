"""A short way into a long draft: its contents, what is folded, what others say most."""

from __future__ import annotations

import gzip
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations.models import Remark
from consultations.remarks import actions
from drafts.models import Clause
from tests import factories
from tests.drafts.clauses.test_contents import TEXT
from tests.honest_remarks import honest

pytestmark = pytest.mark.django_db

LONG = TEXT.replace(
    "Додаток 1", "\n\n".join(f"{n}. Пункт." for n in range(3, 40)) + "\n\nДодаток 1"
)


@pytest.fixture
def long(department):
    return factories.consultation(department, text=LONG)


def speak(consultation, by, label: str, text: str = "Прошу змінити") -> Remark:
    clause = Clause.objects.get(version__draft=consultation.draft_id, label=label)
    return actions.remark(consultation, by=by, text=text, clause_id=clause.pk)


def folds(page: str) -> list[str]:
    found = re.findall(r'<details class="fold fold--(\w+)">.*?fold__title">(.*?)</span>', page)
    return [f"{kind}: {title}" for kind, title in found]


def test_a_preamble_is_folded_until_somebody_speaks_of_it(client, opened, olena):
    assert folds(client.get(opened.get_absolute_url()).text) == ["preamble: Преамбула"]
    preamble = Clause.objects.filter(version__draft=opened.draft_id, kind="preamble").last()
    actions.remark(opened, by=olena, text="Який закон?", clause_id=preamble.pk)
    assert folds(client.get(opened.get_absolute_url()).text) == []


def test_annexes_are_folded_where_people_spoke_of_something_else(client, long, olena):
    assert folds(client.get(long.get_absolute_url()).text) == ["preamble: Преамбула"]
    speak(long, olena, "дод. 1, п. 1.1")
    page = client.get(long.get_absolute_url()).text
    assert folds(page) == ["preamble: Преамбула", "annex: Додаток 2. ПЕРЕЛІК майданчиків"]
    assert "3 пункти, зауважень ще немає" in page
    # All of the text is there, and each part ends where it began.
    assert "Майданчик на вулиці Рудній." in page
    text = page[page.index('class="draft-text"') : page.index('id="consultation-poll"')]
    assert text.count("<details") == text.count("</details>") == 2


def test_annexes_of_a_short_text_stay_open(client, department, olena):
    short = factories.consultation(department, text=TEXT)
    speak(short, olena, "п. 1")
    assert folds(client.get(short.get_absolute_url()).text) == ["preamble: Преамбула"]


def test_the_contents_lead_to_what_is_most_spoken_of(client, long, olena, bohdan):
    speak(long, olena, "дод. 1, п. 2.1")
    speak(long, bohdan, "дод. 1, п. 2.1", "Не погоджуюся з повідком")
    speak(long, olena, "п. 5")
    page = client.get(long.get_absolute_url()).text
    aside = page[page.index('class="draft__contents"') : page.index('class="draft-text"')]
    chips = re.findall(r'jump__link govuk-link" href="#c-([\w-]+)">(.*?) <span', aside)
    assert [label for _key, label in chips] == ["дод. 1, п. 2.1", "п. 5"]
    assert all(f'id="c-{key}"' in page for key, _label in chips)
    assert '<svg class="strip" role="img"' in aside
    line = re.search(r"2\. Вигул</span><span.*?</span>(\d+)</span>", aside, re.DOTALL)
    assert line and line[1] == "2"


def test_nobody_has_spoken_and_nothing_is_drawn(client, long):
    page = client.get(long.get_absolute_url()).text
    assert 'class="strip"' not in page
    assert 'class="most-said"' not in page


def folded(consultation, olena, bohdan, on: str) -> Remark:
    head = speak(consultation, olena, on, "Повідок закороткий для великого пса")
    repeat = speak(consultation, bohdan, on, "Повідок закороткий для великого собаки")
    Remark.objects.filter(pk=repeat.pk).update(folded_into=head)
    return head


def test_what_others_say_most_asks_for_support(client, long, olena, bohdan):
    head = folded(long, olena, bohdan, "дод. 1, п. 2.1")
    page = client.get(long.get_absolute_url()).text
    said = page[page.index('class="most-said"') : page.index('id="remarks-region"')]
    assert "Уже сказали 2 рази" in said
    assert f'href="{head.get_absolute_url()}"' in said
    assert "Повідок закороткий для великого пса" in said


def test_what_a_moderator_hid_is_not_said_most(client, long, olena, bohdan, mo):
    head = folded(long, olena, bohdan, "п. 5")
    head.comment.hidden_at, head.comment.hidden_reason = head.comment.created_at, "spam"
    head.comment.hidden_by, head.comment.hidden_note = mo, "Реклама"
    head.comment.save()
    assert 'class="most-said"' not in client.get(long.get_absolute_url()).text


def test_the_form_of_a_clause_shows_what_was_said_of_it(client, long, olena, bohdan, charlie):
    head = folded(long, olena, bohdan, "дод. 1, п. 2.1")
    client.force_login(charlie)
    address = reverse("consultations:speak", args=[long.pk])
    there = client.get(f"{address}?clause={head.clause_key}").text
    assert "Це вже казали до вас" in there
    assert f'href="{head.get_absolute_url()}"' in there
    assert "Це вже казали до вас" not in client.get(address).text


def test_versions_are_read_once_a_process(client, long, settings):
    settings.SHARED_PAGE_SECONDS = 0
    client.get(long.get_absolute_url())
    with CaptureQueriesContext(connection) as asked:
        client.get(long.get_absolute_url())
    assert not [query for query in asked if 'FROM "drafts_version" WHERE' in query["sql"][:200]]


#: Bytes of the page of a law, compressed, and those of a clause beside its words.
MOST_BYTES, MOST_OF_A_CLAUSE = 40_000, 38


def test_the_page_of_a_law_is_light(client, department):
    clauses = [f"{number}. {words}" for number, words in enumerate(honest(328), 1)]
    law = factories.consultation(department, text="\n\n".join(["Про лад у місті", *clauses]))
    page = client.get(law.get_absolute_url()).text
    assert page.count('class="clause-text"') >= 328
    packed = len(gzip.compress(page.encode(), 6))
    text = page[page.index('class="draft-text"') : page.index('id="consultation-poll"')]
    words = len(gzip.compress(re.sub("<[^>]+>", "", text).encode(), 6))
    beside = (len(gzip.compress(text.encode(), 6)) - words) / 328
    print(f"{packed} bytes, {words} of words, {beside:.1f} a clause beside them")
    assert packed <= MOST_BYTES
    assert beside <= MOST_OF_A_CLAUSE
