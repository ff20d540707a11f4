"""What happened is recorded with what it belongs to, and read as things stand now."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.utils import translation

from appeals.models import Answer
from appeals.models import State as AppealState
from city.models import District, Street, Theme
from consultations.life import actions as life_actions
from consultations.models import Consultation, State
from consultations.remarks import actions as remarks_actions
from core.domain import clock as clocks
from core.domain.actions import action
from core.domain.calendar import kyiv
from core.domain.events import emit
from discussions.models import Comment
from meetings.course import actions as course_actions
from meetings.models import Deputy, RollCall
from meetings.models import State as MeetingState
from meetings.planning import actions as planning_actions
from meetings.rollcalls import actions as rollcalls_actions
from meetings.undoing import actions as undoing
from newsroom.events import ArticleCorrected, ArticlePublished
from newsroom.models import Article
from notifications.activities.gathering import record_closing, record_remarks_of_organisations
from notifications.activities.queries import activities_for
from notifications.models import Activity
from petitions.life import actions as petition_life
from petitions.models import State as PetitionState
from tests import factories
from tests.appeals import factories as appeals
from tests.meetings import factories as meetings
from tests.notifications.followers import follow, follower
from tests.petitions import factories as petitions
from tests.votes import factories as votes
from votes.life import actions as poll_life
from votes.models import Option
from votes.models import State as PollState

pytestmark = pytest.mark.django_db


@pytest.fixture
def street(db: None) -> Street:
    district = District.objects.create(name="Центральний", slug="centre")
    return Street.objects.create(name="вулиця Соборна", district=district)


def recorded() -> list[tuple[str, str]]:
    return list(Activity.objects.order_by("pk").values_list("verb", "about"))


def read(who, **narrowed):
    now = clocks.now()
    with translation.override("en"):
        return [
            (each.title, each.verb, each.via.topic)
            for each in activities_for(who, now - timedelta(days=30), now, **narrowed)
        ]


def test_a_consultation_with_its_theme_district_and_streets(ofi, department, street, clock):
    made = factories.consultation(department, State.PREPARING)
    theme = Theme.objects.create(name="Транспорт", slug="transport")
    made.themes.add(theme)
    made.streets.add(street)
    Consultation.objects.filter(pk=made.pk).update(district=street.district)
    someone = follower("daryna@example.org", street)
    life_actions.announce(made, by=ofi)
    announced = Activity.objects.get()
    assert announced.topics == [
        f"consultation:{made.pk}",
        f"theme:{theme.pk}",
        f"district:{street.district_id}",
        f"street:{street.pk}",
    ]
    assert read(someone) == [(made.title, "consultation announced", f"street:{street.pk}")]

    clock.advance(days=11)
    life_actions.tell_what_passed()
    assert recorded()[-1] == ("opened", f"consultation:{made.pk}")
    life_actions.withdraw(made, by=ofi, reason="Проєкт відкликано.")
    # What it was before is told no more.
    assert read(someone) == [(made.title, "consultation withdrawn", f"street:{street.pk}")]


def test_closing_is_told_once_for_each_last_day(department, olena, ofi, clock):
    consultation = factories.consultation(department)
    petition = petitions.petition(olena)
    poll = votes.poll(ofi, department)
    someone = follower("daryna@example.org", consultation, petition, poll)
    clock.set(consultation.closes_at - timedelta(days=2))
    assert record_closing(clocks.now()) == 1
    assert record_closing(clocks.now()) == 0
    assert read(someone) == [
        (consultation.title, "remarks will soon be closed", f"consultation:{consultation.pk}")
    ]
    clock.set(consultation.closes_at + timedelta(hours=1))
    assert read(someone) == []
    clock.set(petition.closes_at - timedelta(days=1))
    assert record_closing(clocks.now()) == 1
    assert read(someone, kinds=["petition"])[0][1] == "signing will soon be closed"
    assert read(someone, kinds=["poll"]) == []


def test_on_mondays_what_closes_in_the_week(department, clock):
    consultation = factories.consultation(department, closes_at=kyiv(date(2026, 12, 14)))
    follower("daryna@example.org", consultation)
    clock.set(kyiv(date(2026, 12, 6), time(5, 10)))
    assert record_closing(clocks.now()) == 0
    clock.set(kyiv(date(2026, 12, 7), time(5, 10)))
    assert record_closing(clocks.now()) == 1


def test_a_petition_and_who_signs_it(olena, mo):
    made = petitions.petition(olena, PetitionState.MODERATION)
    petition_life.publish(made, by=mo)
    someone = follower("daryna@example.org", made)
    petitions.signatures(made, 3)
    assert recorded() == [("published", f"petition:{made.pk}")]
    # It was published before they followed it.
    assert read(someone) == []
    made.refresh_from_db()
    petition_life.withdraw(made, by=olena, reason="Уже зроблено.")
    assert read(someone) == [
        (made.title, "petition withdrawn by its author", f"petition:{made.pk}")
    ]


def test_a_secret_poll_tells_of_itself_and_of_no_ballot(ofi, department):
    made = votes.poll(ofi, department, PollState.PUBLISHED, secrecy="secret")
    about = f"poll:{made.pk}"
    assert recorded() == [("published", about), ("opened", about), ("decided", about)]


def test_a_poll_tells_who_follows_the_place_of_an_option(ofi, department, street, clock):
    made = votes.poll(ofi, department, PollState.DRAFT)
    first, second = made.questions.get().options.all()[:2]
    Option.objects.filter(pk=first.pk).update(street=street)
    Option.objects.filter(pk=second.pk).update(district=street.district)
    in_street, in_district = (
        follower("daryna@example.org", street),
        follower("ivan@example.org", street.district),
    )
    poll_life.schedule(made, by=ofi)
    for who, place in (
        (in_street, f"street:{street.pk}"),
        (in_district, f"district:{street.district_id}"),
    ):
        assert read(who) == [(made.title, "poll announced", place)]


def test_a_meeting_its_deputies_and_an_agenda_once_a_day():
    meeting = meetings.meeting(MeetingState.DRAFT)
    by = meetings.secretary()
    planning_actions.publish(meeting, by=by, short_notice_reason="Невідкладне питання")
    meeting.refresh_from_db()
    deputy = Deputy.objects.order_by("pk").first()
    assert deputy is not None
    someone = follower("daryna@example.org", deputy)
    course_actions.open_meeting(meeting, by=by)
    meeting.refresh_from_db()
    meetings.everybody_is_here(meeting)
    item = meetings.on_item(meeting)
    meetings.roll_call(meeting)
    vote_and_publish(meeting, by)
    closed = course_actions.close_meeting(meeting, by=by, seen_item=item.pk)
    assert [verb for verb, _about in recorded()] == ["published", "opened"], "it may be reopened"
    assert closed.closed_at is not None
    undoing.confirm_close(closed.pk, closed.closed_at)
    assert [verb for verb, _about in recorded()] == ["published", "opened", "decided"]
    assert read(someone) == [
        (meeting.title, "meeting is over, votes by name are published", f"deputy:{deputy.pk}")
    ]


def vote_and_publish(meeting, by):
    roll_call = RollCall.objects.get(item__meeting=meeting)
    rollcalls_actions.close_roll_call(roll_call, by=by)
    roll_call.refresh_from_db()
    rollcalls_actions.publish_roll_call(roll_call, by=by)


def test_an_appeal_is_told_of_to_its_author_alone(olena, bohdan):
    appeal = appeals.appeal(olena, AppealState.IN_WORK)
    own, others = follower(olena, appeal), follower(bohdan)
    follow(others, appeal)
    appeals.answered(appeal)
    assert [words for _title, words, _topic in read(own)] == ["your appeal is answered"]
    assert read(others) == []
    answer = Answer.objects.get(appeal=appeal)
    assert Activity.objects.get().topics == [f"appeal:{appeal.pk}"]
    assert answer.published_at is None


def test_news_is_told_while_it_is_public(department, street, olena, clock):
    article = Article.objects.create(
        kind="news",
        department=department,
        title="Ремонт",
        summary="С",
        text="Т",
        district=street.district,
        publish_at=clocks.now(),
    )
    petition = petitions.petition(olena)
    article.petitions.add(petition)
    someone = follower("daryna@example.org", street.district)
    other = follower("ivan@example.org", petition)
    with action():
        emit(ArticlePublished(article.pk))
        emit(ArticleCorrected(article.pk))
        emit(ArticleCorrected(article.pk))
    assert [words for _title, words, _topic in read(someone)] == ["news corrected", "news"]
    assert read(other)[0][1:] == ("news corrected", f"petition:{petition.pk}")
    withdrawn = {"withdrawn_at": clocks.now(), "withdrawn_reason": "Помилка", "is_told": True}
    Article.objects.filter(pk=article.pk).update(**withdrawn)
    assert read(someone) == []


def test_remarks_of_organisations_are_gathered_once_and_hidden_ones_are_not_told(
    department, firm, mo
):
    organisation = factories.organisation("ТОВ «Тераса»", firm)
    consultation = factories.consultation(department)
    someone = follower("daryna@example.org", organisation)
    made = remarks_actions.remark(
        consultation, by=firm, text="Столи потрібні.", organisation_id=organisation.pk
    )
    assert recorded() == []
    assert record_remarks_of_organisations(clocks.now()) == 1
    assert record_remarks_of_organisations(clocks.now()) == 0
    assert read(someone)[0][2] == f"organisation:{organisation.pk}"
    Comment.objects.filter(pk=made.pk).update(
        hidden_at=clocks.now(), hidden_reason="insult", hidden_note="Образа"
    )
    assert read(someone) == []


def test_what_changed_since_the_last_visit_takes_as_many_queries_for_more(
    charlie, department, olena, clock, django_assert_num_queries
):
    consultations = [factories.consultation(department, text=None) for _ in range(3)]
    petition = petitions.petition(olena)
    charlies = follower(charlie, *consultations, petition)
    for each in consultations:
        Activity.objects.create(
            verb="opened",
            about=f"consultation:{each.pk}",
            topics=[f"consultation:{each.pk}"],
            consultation=each,
        )
    clock.advance(days=1)
    charlies.read_until = clocks.now()
    Activity.objects.create(
        verb="published",
        about=f"petition:{petition.pk}",
        topics=[f"petition:{petition.pk}"],
        petition=petition,
        at=clocks.now(),
    )
    now = clocks.now()
    with django_assert_num_queries(4):  # followings, activities, the time, petitions
        found = activities_for(charlies, charlies.read_until, now)
    assert [each.title for each in found] == [petition.title]
    with django_assert_num_queries(5):  # and consultations
        found = activities_for(charlies, now - timedelta(days=3), now)
    assert len(found) == 4
