"""The demo city: complete, lawful, as the actions would have left it."""

from __future__ import annotations

from collections import Counter
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db.models import Count, Q
from django.test import Client

from accounts.eligibility import load_eligibility, meets
from accounts.models import CheckList, Residence, ResidenceLetter, User
from accounts.residence.queries import find
from city.calendar import work_calendar
from consultations.life import rules_dates
from consultations.models import (
    Carrying,
    Consultation,
    Place,
    ReceivedOffline,
    Remark,
    RemarkCount,
    State,
)
from consultations.remarks import actions
from core.db.search import query
from core.domain import clock as database_clock
from demo import city, content
from discussions.models import Comment, Flag, Reaction
from drafts.clauses import anchors
from search.kinds import KINDS
from tests.demo.conftest import states
from votes.electorate.printing import waiting
from votes.models import Poll

pytestmark = pytest.mark.django_db


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
        assert rules_dates.dates(
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
        assert meets(load_eligibility(user), strict.procedure.requirement), user


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
            # The council answers, and staff enter letters, after the close too.
            until = now if comment.is_official or comment.author_id is None else end
            assert consultation.opens_at <= comment.created_at <= until
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
        if remark.listed_key:
            rows[remark.consultation_id, remark.listed_key] += 1
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


@pytest.mark.parametrize("kind", ["consultations", "petitions", "polls"])
def test_each_public_thing_is_found_by_the_words_of_its_title(loaded, kind):
    for thing in KINDS[kind].public():
        found = KINDS[kind].public().filter(search=query(thing.title))
        assert thing in found, thing.title


def test_remarks_are_carried_to_the_newest_version(loaded):
    said = Remark.objects.filter(
        clause__version__number=1, clause__version__draft__versions__number=2
    )
    assert said.exists()
    assert not said.exclude(places__is_current=True).exists()
    assert Place.objects.filter(method="orphan").exists()
    assert Place.objects.filter(method="fuzzy", answer="yes").exists()
    assert not Carrying.objects.filter(finished_at=None).exists()


def test_the_register_shows_letters_and_a_folded_campaign(loaded):
    assert not Remark.objects.filter(number=None).exists()
    assert set(ReceivedOffline.objects.values_list("remark__source", flat=True)) == {
        "letter",
        "hearing",
    }
    folded = Remark.objects.filter(folded_into__isnull=False)
    assert folded.count() == len(content.table("register.toml")["campaign"]["changes"])
    assert folded.values("folded_into").distinct().count() == 1
