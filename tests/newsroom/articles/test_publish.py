"""States of an article: draft, planned, published by time alone, corrected, withdrawn."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core.domain import clock as database
from core.domain.rules import Refused
from core.domain.topics import seqs_of
from core.models import AuditEntry
from core.web.pages import forget_pages
from newsroom.articles import actions, actions_life
from newsroom.jobs import tell_published_articles
from newsroom.models import Article, State
from tests.newsroom import factories

pytestmark = pytest.mark.django_db


def refused(do, *args, **how):
    with pytest.raises(Refused) as raised:
        do(*args, **how)
    return raised.value.verdict.code


def events_of(article):
    named = AuditEntry.objects.filter(ids__article_id=article.pk).order_by("pk")
    return [(entry.event, entry.actor) for entry in named]


def test_planned_it_appears_by_itself_and_is_told_once(client, clock, ofi):
    article = factories.article(State.DRAFT)
    actions_life.publish(article, by=ofi, at=database.now() + timedelta(days=1))
    assert client.get(article.get_absolute_url()).status_code == 404
    assert actions_life.tell_published() == 0

    clock.advance(days=1, minutes=1)
    forget_pages()
    # Nothing has to run for it.
    assert "Міст відкрито" in client.get(article.get_absolute_url()).text
    assert "Міст відкрито" in client.get("/news/").text
    before = seqs_of(["news", article.topic])
    tell_published_articles(0)
    assert actions_life.tell_published() == 0
    assert events_of(article) == [
        ("ArticleDrafted", ofi.pk),
        ("ArticlePlanned", ofi.pk),
        ("ArticlePublished", None),
    ]
    after = seqs_of(["news", article.topic])
    assert all(after[topic] > before[topic] for topic in after)


def test_published_at_once_it_is_told_at_once(ofi):
    article = factories.article()
    assert events_of(article)[-1] == ("ArticlePublished", ofi.pk)
    assert actions_life.tell_published() == 0


def test_a_plan_is_taken_back_or_moved(ofi):
    article = factories.article(State.PLANNED)
    moved = actions_life.publish(article, by=ofi, at=database.now() + timedelta(days=3))
    assert moved.publish_at > article.publish_at
    assert actions_life.unplan(moved, by=ofi).publish_at is None
    assert refused(actions_life.unplan, moved, by=ofi) == "article.not_planned"
    past = database.now() - timedelta(minutes=1)
    assert refused(actions_life.publish, moved, by=ofi, at=past) == "article.planned_in_the_past"


def test_a_correction_keeps_the_former_words(client, ofi):
    article = factories.article(says=factories.event())
    changed = factories.event(begins_at=article.begins_at, place="парк «Рудана»")
    assert refused(actions.edit, article, by=ofi, content=changed) == "article.reason_missing"
    actions.edit(article, by=ofi, content=changed, reason="Інше місце")

    correction = article.corrections.get()
    assert correction.former.keys() == {"place", "ends_at"}
    assert correction.former["place"] == "пл. Рудникова"
    page = client.get(article.get_absolute_url()).text
    assert "Інше місце" in page
    assert "пл. Рудникова" in page
    assert "парк «Рудана»" in page
    assert events_of(article)[-1] == ("ArticleCorrected", ofi.pk)


def test_what_changes_no_words_leaves_no_trace(ofi):
    article = factories.article()
    # A translation that is added is none either; one that is changed is.
    article = actions.edit(article, by=ofi, content=factories.content(**factories.ENGLISH))
    assert not article.corrections.exists()
    assert events_of(article)[-1][0] == "ArticleEdited"
    english = factories.content(**{**factories.ENGLISH, "title_en": "Open"})
    actions.edit(article, by=ofi, content=english, reason="Точніше")
    assert article.corrections.get().former == {"title_en": "The bridge is open"}


def test_of_what_is_withdrawn_nothing_is_to_be_read(client, ofi):
    article = factories.article()
    picture = factories.picture(article)
    assert refused(actions_life.withdraw, article, by=ofi, reason=" ") == "article.reason_missing"
    actions_life.withdraw(article, by=ofi, reason="Неправда")
    gone = client.get(article.get_absolute_url())
    assert gone.status_code == 410
    assert "Неправда" in gone.text
    assert "Міст" not in gone.text
    assert client.get(picture.url).status_code == 404
    for path in ("/news/", "/news/feed.atom", "/sitemap.xml", "/", "/api/v1/news/"):
        answer = client.get(path).text
        assert "Міст" not in answer
        assert article.get_absolute_url() not in answer
    content = factories.content(title="Інша")
    assert refused(actions.edit, article, by=ofi, content=content) == "article.withdrawn"
    assert refused(actions_life.publish, article, by=ofi) == "article.published"


def test_what_is_due_and_withdrawn_is_never_told(clock, ofi):
    article = factories.article(State.PLANNED)
    clock.advance(days=2)
    actions_life.withdraw(article, by=ofi, reason="Передумали")
    assert actions_life.tell_published() == 0
    assert "ArticlePublished" not in dict(events_of(article))


def test_only_drafts_are_thrown_away(ofi):
    article = factories.article()
    assert refused(actions.discard, article, by=ofi) == "article.published"
    draft = factories.article(State.PLANNED)
    actions.discard(draft, by=ofi)
    assert not Article.objects.filter(pk=draft.pk).exists()


@pytest.mark.parametrize(
    ("says", "code"),
    [
        ({"kind": "event", "place": "парк"}, "article.begins_missing"),
        ({"kind": "event", "begins_at": "now"}, "article.place_missing"),
        ({"title_en": "Open"}, "article.english_in_part"),
        ({"text": ""}, "article.words_missing"),
        ({"urgent_until": -1}, "article.urgent_in_the_past"),
        ({"urgent_until": 15}, "article.urgent_too_long"),
    ],
)
def test_what_an_article_lacks_is_said(ofi, says, code):
    says = dict(says)
    if says.get("begins_at"):
        says["begins_at"] = database.now()
    if days := says.get("urgent_until"):
        says["urgent_until"] = database.now() + timedelta(days=days)
    with pytest.raises(Refused) as raised:
        factories.article(State.DRAFT, **says)
    assert raised.value.verdict.code == code


def test_who_writes(ofi, stranger, mo, admin, olena):
    article = factories.article(State.DRAFT)
    for nobody in (stranger, mo, olena):
        assert refused(actions_life.publish, article, by=nobody) == "article.writers_only"
    assert actions_life.publish(article, by=admin).is_told


@pytest.mark.parametrize(
    "broken",
    [
        {"kind": "event"},
        {"place": "парк"},
        {"title_en": "Open"},
        {"withdrawn_at": "2020-01-01T00:00Z", "withdrawn_reason": "так"},
        {"publish_at": None},
        {"summary": ""},
    ],
)
def test_postgresql_holds_it_too(broken):
    article = factories.article()
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(**broken)
