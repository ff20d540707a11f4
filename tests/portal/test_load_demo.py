"""The demo city: complete, lawful, as the actions would have left it, and loaded only once."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime, timedelta
from io import StringIO
from random import Random

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db.models import Count, Q
from django.test import Client

from accounts.eligibility import meets, standing_of
from accounts.models import CheckList, Residence, ResidenceLetter, User
from accounts.residence.reading import find
from city.calendar import work_calendar
from consultations import actions, rules
from consultations.models import Consultation, Procedure, Remark, RemarkCount, State
from core import clock as database_clock
from core.calendar import KYIV
from discussions.models import Comment, Flag, Reaction
from drafts import actions as drafts
from drafts import anchors, importing
from portal.demo import city, content, talk
from portal.demo.talk import Said
from votes.models import Poll
from votes.printing import waiting

SAMPLE = "1. Перший пункт про автобуси.\n\n2. Другий пункт про зупинки."


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def loaded(db, media, settings):
    settings.DEMO = True
    out = StringIO()
    call_command("load_demo", stdout=out)
    return out.getvalue()


def states() -> Counter[str]:
    now = database_clock.now()
    return Counter(consultation.state_at(now) for consultation in Consultation.objects.all())


def test_the_city_holds_what_it_promises(loaded):
    assert states() == {
        State.OPEN: 4,
        State.ANNOUNCED: 1,
        State.CLOSED: 2,
        State.REPORTED: 1,
        State.WITHDRAWN: 1,
    }
    assert Consultation.objects.values("procedure").distinct().count() == 4
    assert Remark.objects.count() >= 200
    assert Comment.objects.filter(parent__isnull=False, is_official=False).count() >= 60
    assert Comment.objects.filter(is_official=True).count() >= 15
    assert Consultation.objects.exclude(short_period_reason="").count() == 1
    assert Comment.objects.filter(hidden_at__isnull=False).count() == 2
    assert Flag.objects.filter(settled_at=None).count() == 2
    versions = Consultation.objects.annotate(versions=Count("draft__versions"))
    assert versions.filter(versions=2).count() == 2
    assert not Consultation.objects.filter(themes=None).exists()


def test_its_dates_are_lawful(loaded):
    for consultation in Consultation.objects.select_related("procedure"):
        assert rules.dates(
            consultation.procedure,
            opens_on=consultation.opens_on,
            last_day=consultation.last_day,
            calendar=work_calendar(),
            reason=consultation.short_period_reason,
        )
        assert consultation.report_due_on > consultation.last_day


def test_where_one_person_has_one_voice_only_those_spoke_who_may(loaded):
    strict = Consultation.objects.get(procedure__participants="verified_residents")
    spoken = User.objects.filter(comments__thread=strict.thread, is_staff=False).distinct()
    supported = User.objects.filter(reactions__comment__thread=strict.thread).distinct()
    assert spoken.count() >= 5 and supported.count() >= 5
    for user in spoken.union(supported):
        assert meets(standing_of(user), strict.procedure.requirement), user


def test_what_a_closed_draft_would_cost_is_told_by_size(loaded):
    closed = Consultation.objects.get(procedure__code="regulatory-act", title__contains="Вивіски")
    assert closed.costs.filter(at__gt=closed.closes_at).count() == 0
    page = Client().get(f"{closed.get_absolute_url()}costs/").text
    assert "мікро" in page.lower()


def test_people_spoke_while_they_could(loaded):
    now = database_clock.now()
    for consultation in Consultation.objects.all():
        spoken = list(Comment.objects.filter(thread=consultation.thread).order_by("pk"))
        assert [c.created_at for c in spoken] == sorted(c.created_at for c in spoken)
        end = min(now, consultation.closes_at, consultation.withdrawn_at or now)
        for comment in spoken:
            assert (
                consultation.opens_at <= comment.created_at <= (now if comment.is_official else end)
            )
            if comment.parent:
                assert comment.created_at > comment.parent.created_at
    for remark in Remark.objects.exclude(clause=None).select_related("clause__version", "comment"):
        assert remark.comment.created_at >= remark.clause.version.published_at


def test_counts_equal_the_rows(loaded):
    counted = {
        (row.consultation_id, row.clause_key): row.remarks
        for row in RemarkCount.objects.filter(remarks__gt=0)
    }
    rows: Counter[tuple[int, object]] = Counter()
    for remark in Remark.objects.filter(comment__hidden_at=None):
        rows[remark.consultation_id, None] += 1
        if remark.clause_key:
            rows[remark.consultation_id, remark.clause_key] += 1
    assert counted == rows
    annotated = Comment.objects.annotate(
        for_it=Count("reactions", filter=Q(reactions__value=1), distinct=True),
        against=Count("reactions", filter=Q(reactions__value=-1), distinct=True),
        answered=Count("answers", distinct=True),
        officially=Count("answers", filter=Q(answers__is_official=True), distinct=True),
    )
    for comment in annotated:
        assert (comment.agrees, comment.disagrees) == (comment.for_it, comment.against)
        assert (comment.replies, comment.is_answered) == (comment.answered, comment.officially > 0)


def test_quotes_are_found_and_proposals_fit(loaded):
    quoted = Remark.objects.exclude(quote="").select_related("clause", "comment")
    assert quoted.count() > 80
    for remark in quoted:
        selector = anchors.make(remark.clause.text, remark.quote_start, remark.quote_end)
        assert selector.exact == remark.quote
        assert (selector.prefix, selector.suffix) == (remark.quote_prefix, remark.quote_suffix)
    for remark in Remark.objects.filter(kind="wording").select_related("comment"):
        assert remark.comment.proposal


def test_loading_again_keeps_what_was_written(loaded, django_assert_max_num_queries):
    olena = User.objects.get(email="olena@viche.example")
    consultation = Consultation.objects.open().first()
    remark = actions.remark(consultation, by=olena, text="Дописано після завантаження.")
    before = Comment.objects.count(), Reaction.objects.count(), User.objects.count()
    with django_assert_max_num_queries(8):
        call_command("load_demo", stdout=StringIO())
    assert before == (Comment.objects.count(), Reaction.objects.count(), User.objects.count())
    assert Remark.objects.filter(pk=remark.pk).exists()


def test_staff_have_a_second_factor_each_and_residents_none(loaded):
    holders = set(Authenticator.objects.filter(type="totp").values_list("user__email", flat=True))
    assert holders == set(User.objects.filter(is_staff=True).values_list("email", flat=True))
    assert "/dev/codes/" in loaded


def test_the_logins_are_printed_and_work(loaded):
    assert city.PASSWORD in loaded
    for key in city.SHOWN:
        assert f"{key}@viche.example" in loaded
    out = StringIO()
    call_command("load_demo", "--logins", stdout=out)
    assert out.getvalue() == loaded
    olena = authenticate(username="olena@viche.example", password=city.PASSWORD)
    assert olena is not None
    assert olena.emailaddress_set.get().verified


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


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2027, 1, 3, 4, 30, tzinfo=KYIV),  # a Sunday night of the holidays
        datetime(2027, 3, 29, 0, 5, tzinfo=KYIV),  # the night after the clocks went forward
    ],
)
def test_any_moment_will_do(clock, media, settings, moment):
    settings.DEMO = True
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


def test_data_for_measuring(db, settings):
    settings.DEMO = True
    out = StringIO()
    call_command("loadtest_data", "--remarks", "60", "--consultations", "2", stdout=out)
    lines = [line.split() for line in out.getvalue().splitlines()]
    assert [line[0] for line in lines] == ["consultation"] * 2
    for _word, pk, *rest in lines:
        consultation = Consultation.objects.open().get(pk=pk)
        made = dict(zip(rest[::2], map(int, rest[1::2]), strict=True))
        assert made["remarks"] == consultation.remarks.count() == 60
        answers = Comment.objects.filter(thread=consultation.thread, parent__isnull=False)
        assert made["answers"] == answers.count()
        reactions = Reaction.objects.filter(comment__thread=consultation.thread)
        assert made["reactions"] == reactions.count()
        total = RemarkCount.objects.get(consultation=consultation, clause_key=None)
        assert total.remarks == 60


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
    consultation = actions.create(
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


def test_some_are_residents_one_of_them_without_e_mail(loaded):
    checked = Residence.objects.checked()
    assert checked.count() >= 6
    assert checked.filter(basis=Residence.Basis.DISPLACED).count() == 1
    assert ResidenceLetter.objects.waiting().count() == 1
    assert CheckList.objects.waiting().count() == 1
    hanna = User.objects.get(email=None)
    assert checked.filter(user=hanna).exists()
    assert find(hanna.phone) == [hanna]
    assert hanna.get_full_name() in loaded
    assert not Residence.objects.filter(user__email=city.email_of("charlie")).exists()


def test_a_poll_by_a_list_waits_for_its_letters(loaded):
    poll = Poll.objects.open().get(voters=Poll.Voters.INVITED, title__startswith="Двір")
    assert poll.invitations.count() == poll.electorate == 5
    assert waiting(poll).count() == 3
    assert User.objects.filter(email__in=poll.invitations.values("email")).count() == 2
