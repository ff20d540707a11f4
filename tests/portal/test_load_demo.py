"""Loading the demo city: at any moment, into an empty database, and only there."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from io import StringIO
from random import Random

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from consultations.life import actions as life_actions
from consultations.models import Consultation, Procedure, Remark, RemarkCount, State
from consultations.remarks import actions
from core.domain import clock as database_clock
from core.domain.calendar import KYIV
from demo import city, content, talk
from demo.talk import Said
from discussions.models import Comment, Reaction
from drafts import importing
from drafts.clauses import anchors
from drafts.versions import actions as drafts
from tests.demo.conftest import states

SAMPLE = "1. Перший пункт про автобуси.\n\n2. Другий пункт про зупинки."


def test_logins_of_an_empty_house(db):
    out = StringIO()
    call_command("load_demo", "--logins", stdout=out)
    assert city.PASSWORD not in out.getvalue()
    assert not User.objects.exists()


def test_a_real_house_is_left_alone(db, settings):
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command("load_demo")
    with pytest.raises(CommandError):
        call_command("loadtest_data", "--remarks", "1")
    assert not User.objects.exists()


@pytest.mark.long
@pytest.mark.parametrize(
    "moment",
    [
        datetime(2027, 1, 3, 4, 30, tzinfo=KYIV),  # a Sunday night of the holidays
        datetime(2027, 3, 29, 0, 5, tzinfo=KYIV),  # the night after the clocks went forward
    ],
)
def test_any_moment_will_do(clock, tmp_path, settings, moment):
    settings.DEMO, settings.MEDIA_ROOT = True, tmp_path
    clock.set(moment)
    call_command("load_demo", stdout=StringIO())
    assert states()[State.OPEN] == 4
    assert not Comment.objects.filter(created_at__gt=database_clock.now()).exists()


def test_bulk_talk_is_as_the_actions_would_have_left_it(ofi, olena, bohdan, department):
    """The same remark and answers, said by the actions and written at once."""
    spoken, written = (_open_consultation(ofi, department) for _ in range(2))
    clause = spoken.draft.versions.get().outline()[0]
    start = clause.text.index("пункт")
    remark = actions.remark(
        spoken,
        by=olena,
        text="Про *автобуси* – уточніть.",
        kind="wording",
        clause_id=clause.pk,
        quote=anchors.make(clause.text, start, start + 5),
        proposal="абзац",
    )
    actions.reply(remark, by=bohdan, text="Згоден.")
    actions.answer(remark, by=ofi, text="Уточнимо.")
    actions.react(remark, by=bohdan, value=1)

    now = database_clock.now()
    said = Said(
        by=olena,
        at=now,
        text="Про *автобуси* – уточніть.",
        kind=Remark.Kind.WORDING,
        clause=written.draft.versions.get().outline()[0],
        quote="пункт",
        proposal="абзац",
        agrees=1,
        answers=[
            Said(by=bohdan, at=now, text="Згоден."),
            Said(by=ofi, at=now, text="Уточнимо.", official=True),
        ],
    )
    talk.write(written, [said], voters=[olena, bohdan], until=now, random=Random(1))
    assert _rows(spoken) == _rows(written)


@pytest.mark.parametrize("slug", content.CONSULTATIONS)
def test_the_words_are_well_spelt(slug):
    people = content.table("people.toml")
    texts = [path.read_text() for path in (content.ROOT / slug).iterdir()]
    wrong = re.compile(
        r"[а-яіїєґ]['`ʼ][а-яіїєґ]|[Пп]роект|[ыэъё]| - |[a-z][а-яіїєґ]|[а-яіїєґ][a-z]"
    )
    assert not [found[0] for text in texts for found in wrong.finditer(text)]
    for row in content.remarks(slug):
        assert {row["by"], *(answer["by"] for answer in row.get("replies", []))} <= set(people)


def test_the_drafts_read_as_they_are_numbered():
    labels = {
        node.label for node in importing.read(content.file("buses", "v2.html"), "v2.html").nodes
    }
    assert {
        "п. 3, підп. 2",
        "дод. 1, табл. 1",
        "дод. 2, п. 4.1, підп. «г»",
        "дод. 2, п. 4.2",
    } <= labels


def _open_consultation(ofi: User, department) -> Consultation:
    version = drafts.import_draft(SAMPLE.encode(), name="v1.txt", by=ofi)
    drafts.publish(version, by=ofi)
    now = database_clock.now()
    consultation = life_actions.create(
        by=ofi,
        fields={
            "procedure": Procedure.objects.get(code="draft-decision"),
            "department": department,
            "draft": version.draft,
            "title": "Автобуси",
            "summary": "Коротко.",
        },
    )
    Consultation.objects.filter(pk=consultation.pk).update(
        announced_at=now, opens_at=now, closes_at=now + timedelta(days=30)
    )
    consultation.refresh_from_db()
    return consultation


def _rows(consultation: Consultation) -> dict[str, list]:
    comments = Comment.objects.filter(thread=consultation.thread).order_by("pk")
    plain = [
        *("author", "text", "html", "proposal", "is_official", "agrees", "disagrees", "replies"),
        *("is_answered", "hidden_reason", "dispute", "score", "search"),
    ]
    about = ["clause__label", "kind", "quote_start", "quote_end", "quote", "quote_prefix"]
    return {
        "comments": list(comments.values_list(*plain)),
        "remarks": list(consultation.remarks.values_list(*about, "quote_suffix")),
        "reactions": list(
            Reaction.objects.filter(comment__in=comments).values_list("user", "value")
        ),
        "counts": sorted(
            row.remarks for row in RemarkCount.objects.filter(consultation=consultation)
        ),
    }
