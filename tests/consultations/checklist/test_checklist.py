"""The checklist of a procedure: each item of law refused by its name, and done once it is there.

The ids name the article; the rows are those of law 3841-IX arts 7, 12, 14, 15, 18, 19 and of law
1160-IV arts 8, 9, 36.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from accounts.data.actions import erase
from city.calendar import work_calendar
from city.models import LocalElection, MartialLawPeriod
from consultations.checklist import actions, rules
from consultations.checklist.facts import Status
from consultations.checklist.items import ITEMS, Stage
from consultations.checklist.models import Platform, PublicDiscussion
from consultations.checklist.queries import facts_of, verdict_at
from consultations.decisions import actions as decisions
from consultations.life import actions as life_actions
from consultations.models import (
    Decision,
    Declaration,
    Procedure,
    ProcedureAnswers,
    Remark,
    Report,
    State,
    UrgentAct,
)
from consultations.papers import actions as papers_actions
from consultations.procedures.presets import PROCEDURES
from consultations.reports import actions as reports
from core.domain import clock as database_clock
from core.domain.calendar import end_of_day, kyiv, local_date
from core.domain.rules import Refused
from discussions.models import Comment
from drafts.models import Version
from tests import factories

pytestmark = pytest.mark.django_db


def today() -> date:
    return local_date(database_clock.now())


@pytest.fixture
def ready(department):
    """In preparation under law 3841-IX, with all that it asks for the announcement."""
    return factories.public_consultation(department)


def clear(column: str):
    return lambda one: type(one).objects.filter(pk=one.pk).update(**{column: ""})


def answered(**values):
    def change(one):
        ProcedureAnswers.objects.filter(pk=one.pk).update(**values)

    return change


#: Item, its article, what takes it away. By the columns: law 3841-IX.
ANNOUNCED = [
    ("problem", "ст. 7 ч. 2 п. 2", clear("problem")),
    ("alternatives", "ст. 7 ч. 2 п. 2", clear("options")),
    ("chosen_option", "ст. 7 ч. 2 п. 2", clear("chosen_option")),
    ("stakeholders", "ст. 7 ч. 2 п. 3", clear("affected")),
    ("forms", "ст. 7 ч. 2 п. 4", clear("how_held")),
    ("where_to_send", "ст. 7 ч. 2 п. 5", clear("on_paper")),
    ("responsible", "ст. 7 ч. 2 п. 6", clear("contact_person")),
    ("responsible", "ст. 7 ч. 2 п. 6", clear("contact_details")),
    ("report_how", "ст. 7 ч. 2 п. 7", clear("report_how")),
    ("discussion_grounds", "ст. 12 ч. 2", answered(discussion_grounds=None)),
    ("platform", "ст. 14 ч. 2", answered(platform="")),
]


@pytest.mark.parametrize(
    ("code", "article", "take_away"),
    ANNOUNCED,
    ids=[f"3841-IX {article} {code}" for code, article, _take in ANNOUNCED],
)
def test_it_is_not_announced_without(ready, ofi, code, article, take_away):
    take_away(ready)
    ready.refresh_from_db()
    with pytest.raises(Refused) as refusal:
        life_actions.announce(ready, by=ofi)
    verdict = refusal.value.verdict
    assert verdict.code == "consultation.lacks"
    assert verdict.params == {"item": code, "article": f"Закон № 3841-IX, {article}"}
    assert str(ITEMS[code].name) in str(verdict.message)
    assert article in str(verdict.message)


def test_it_is_announced_with_all_of_them_and_keeps_them(ready, ofi):
    made = life_actions.announce(ready, by=ofi)
    assert made.checklist == made.procedure.checklist
    Procedure.objects.filter(pk=made.procedure_id).update(checklist=[])
    made.refresh_from_db()
    assert [item for item in made.checklist if item == "notice_board"]


def test_what_was_announced_before_there_was_a_checklist_is_asked_nothing(department, ofi):
    older = factories.public_consultation(department, State.CLOSED, checklist=[])
    for stage in Stage:
        assert verdict_at(stage, older)


@pytest.mark.parametrize("column", ["problem", "report_how"])
def test_what_was_announced_with_it_does_not_lose_it(ready, ofi, refused, column):
    life_actions.announce(ready, by=ofi)
    with refused("consultation.lacks"):
        life_actions.revise(ready, by=ofi, fields={column: " "})
    life_actions.revise(ready, by=ofi, fields={column: "Інші слова."})


# ---- 1160-IV


@pytest.fixture
def regulatory(department):
    MartialLawPeriod.objects.all().delete()
    made = factories.consultation(
        department,
        State.PREPARING,
        procedure=factories.procedure("regulatory-act"),
        on_paper=factories.DOCUMENT["on_paper"],
    )
    made.closes_at = end_of_day(made.opens_on + timedelta(days=45))
    made.save()
    ProcedureAnswers.objects.create(consultation=made, needs_sme_test=False)
    factories.paper(made, "impact")
    return made


REGULATORY = [
    ("impact_analysis", "ст. 8, 9", lambda one: one.attachments.all().delete()),
    ("sme_test", "ст. 8", answered(needs_sme_test=None)),
    ("sme_test", "ст. 8", answered(needs_sme_test=True)),
    ("notice_summary", "ст. 9", clear("summary")),
    ("notice_address", "ст. 9", clear("on_paper")),
]


@pytest.mark.parametrize(
    ("code", "article", "take_away"),
    REGULATORY,
    ids=[f"1160-IV {article} {code}" for code, article, _take in REGULATORY],
)
def test_a_regulatory_draft_is_not_announced_without(regulatory, ofi, code, article, take_away):
    take_away(regulatory)
    regulatory.refresh_from_db()
    with pytest.raises(Refused) as refusal:
        life_actions.announce(regulatory, by=ofi)
    assert refusal.value.verdict.code == "consultation.lacks"
    assert refusal.value.verdict.params == {"item": code, "article": f"Закон № 1160-IV, {article}"}


def test_with_its_analysis_it_is_announced_and_keeps_it(regulatory, ofi, refused):
    life_actions.announce(regulatory, by=ofi)
    with refused("consultation.lacks"):
        papers_actions.detach(regulatory.attachments.get(), by=ofi)


def test_one_file_may_be_both_analysis_and_test(regulatory, ofi):
    answered(needs_sme_test=True)(regulatory)
    regulatory.attachments.update(kind="impact_sme")
    assert life_actions.announce(regulatory, by=ofi)


def test_under_martial_law_it_goes_on_with_a_reason_that_everybody_reads(
    client, regulatory, ofi, refused
):
    """389-VIII art. 9(10): then 1160-IV is a recommendation."""
    MartialLawPeriod.objects.create(starts_on="2022-02-24", act="Указ № 64/2022")
    regulatory.attachments.all().delete()
    with refused("consultation.lacks_recommended"):
        life_actions.announce(regulatory, by=ofi)
    actions.answer(regulatory, by=ofi, fields={"reason": "Аналіз готують після наступу."})
    life_actions.announce(regulatory, by=ofi)
    page = client.get(f"/consultations/{regulatory.pk}/procedure/").text
    assert "Аналіз готують після наступу." in page
    assert "рекомендовано" in page


def test_nothing_is_adopted_without_an_analysis(department, ofi, refused):
    """1160-IV art. 36."""
    MartialLawPeriod.objects.all().delete()
    procedure = factories.procedure("regulatory-act")
    made = factories.consultation(
        department, State.REPORTED, procedure=procedure, checklist=procedure.checklist
    )
    act = {"outcome": "adopted", "decided_on": today(), "number": "1"}
    with refused("consultation.lacks"):
        decisions.enter(made, by=ofi, fields=act)
    postponed = {"outcome": "postponed", "decided_on": today(), "reason": "Немає АРВ."}
    decision = decisions.enter(made, by=ofi, fields=postponed)
    with refused("consultation.lacks"):
        decisions.change(decision, by=ofi, fields=act | {"reason": ""})
    factories.paper(made, "impact")
    decisions.change(decision, by=ofi, fields=act | {"reason": ""})


# ---- before the report


@pytest.fixture
def closed_ready(department, ofi):
    """Closed under law 3841-IX, with all that its report needs."""
    made = factories.public_consultation(department, State.CLOSED)
    answered(
        posted_on=local_date(made.announced_at),
        posted_where="пл. Рудникова, 1",
        is_text_unchanged=True,
    )(made)
    Version.objects.filter(draft=made.draft_id).update(published_at=made.announced_at)
    texts = {"outcome": "Враховано.", "subject": "Майданчики.", "summary": "Просять довше."}
    reports.save(made, by=ofi, texts=texts)
    return made


def report(**values):
    return lambda one: Report.objects.filter(pk=one.pk).update(**values)


def said(one, author, **values) -> Remark:
    """A remark that stands in its consultation, whatever is asked of those who write now."""
    values = {"text": "Довше.", "html": "<p>Довше.</p>", **values}
    comment = Comment.objects.create(thread=one.thread, author=author, **values)
    return Remark.objects.create(consultation=one, comment=comment, kind="idea")


def without_a_declared_name(one) -> None:
    one.asks_full_name = True
    one.save(update_fields=["asks_full_name"])
    factories.settle(said(one, factories.user("somebody")))


def without_the_councils_name(one) -> None:
    type(one.department).objects.filter(pk=one.department_id).update(name=" ")


REPORTED = [
    ("report_body", "ст. 19 ч. 1 п. 1", without_the_councils_name),
    ("report_participants", "ст. 19 ч. 1 п. 3", without_a_declared_name),
    ("notice_board", "ст. 7 ч. 7", answered(posted_on=None, posted_where="")),
    ("discussion_held", "ст. 12 ч. 2, 3", answered(discussion_grounds=["symbols"])),
    ("report_subject", "ст. 19 ч. 1 п. 2", report(subject="")),
    ("report_summary", "ст. 19 ч. 1 п. 5", report(summary="")),
    ("revised_draft", "ст. 19 ч. 2", answered(is_text_unchanged=False)),
]


@pytest.mark.parametrize(
    ("code", "article", "take_away"),
    REPORTED,
    ids=[f"3841-IX {article} {code}" for code, article, _take in REPORTED],
)
def test_it_is_not_reported_without(closed_ready, ofi, code, article, take_away):
    take_away(closed_ready)
    with pytest.raises(Refused) as refusal:
        reports.publish(closed_ready, by=ofi)
    assert refusal.value.verdict.code == "consultation.lacks"
    assert refusal.value.verdict.params == {"item": code, "article": f"Закон № 3841-IX, {article}"}


def test_it_is_reported_with_all_of_them(closed_ready, ofi):
    assert reports.publish(closed_ready, by=ofi)
    closed_ready.refresh_from_db()
    assert verdict_at(Stage.DECIDE, closed_ready)


def test_participants_are_named_as_the_report_names_them(closed_ready, olena, bohdan, firm):
    """19(1)3: the declared name, or an organisation; what nobody reads there needs none."""
    closed_ready.asks_full_name = True
    closed_ready.save(update_fields=["asks_full_name"])
    declared = said(closed_ready, olena)
    Declaration.objects.create(remark=declared, full_name="Олена Іванівна Шульга", contact="o@x.ua")
    said(closed_ready, firm, organisation=factories.organisation())
    now = database_clock.now()
    said(closed_ready, bohdan, deleted_at=now)
    said(closed_ready, bohdan, unnamed_at=now)
    said(closed_ready, bohdan, hidden_at=now, hidden_reason="insult", hidden_note="Лайка.")
    assert facts_status(closed_ready, "report_participants") is Status.DONE
    declared.declaration.delete()
    assert facts_status(closed_ready, "report_participants") is Status.MISSING
    # With the account the name went, and nobody can bring it back.
    erase(olena, by=olena)
    assert facts_status(closed_ready, "report_participants") is Status.DONE


def test_both_are_read_at_the_desk_and_by_everybody(client, closed_ready, ofi):
    client.force_login(ofi)
    desk = client.get(f"/desk/consultations/{closed_ready.pk}/procedure/").text
    reports.publish(closed_ready, by=ofi)
    client.logout()
    for page in (desk, client.get(f"/consultations/{closed_ready.pk}/procedure/").text):
        assert "ст. 19 ч. 1 п. 1" in page
        assert "ст. 19 ч. 1 п. 3" in page
        assert closed_ready.department.name in page
        assert "ст. 16 ч. 2" not in page  # it was not urgent


@pytest.mark.parametrize("is_published", [True, False])
def test_an_urgent_act_is_in_the_register_with_its_grounds(client, department, ofi, is_published):
    """16(2)."""
    made = factories.public_consultation(department, State.CLOSED)
    made.reported_at = database_clock.now()
    made.save(update_fields=["reported_at"])
    Decision.objects.create(
        consultation=made,
        by=ofi,
        outcome="adopted",
        number="77",
        decided_on=made.opens_on,
        early_ground="urgent",
    )
    if is_published:
        UrgentAct.objects.create(
            department=department,
            number="77",
            by=ofi,
            adopted_on=made.opens_on,
            ground="danger",
            need="Обвал.",
            justification="Висновок.",
            text="1. Закрити.",
            title="Про міст",
        )
    page = client.get(f"/consultations/{made.pk}/procedure/").text
    assert "ст. 16 ч. 2" in page
    assert ("/acts/urgent/" in page) is is_published
    expected = Status.DONE if is_published else Status.MISSING
    assert facts_status(made, "urgent_act") is expected


def test_a_version_after_the_close_is_the_revised_draft(closed_ready):
    """19(2): one published while remarks were accepted is not the revised one."""
    answered(is_text_unchanged=False)(closed_ready)
    facts = facts_of(closed_ready, database_clock.now())
    judge = ITEMS["revised_draft"].judge
    last_moment = closed_ready.closes_at - timedelta(seconds=1)
    assert judge(replace(facts, revised_at=last_moment)) is Status.MISSING
    assert judge(replace(facts, revised_at=closed_ready.closes_at)) is Status.DONE


def test_events_are_told_where_there_were_any(closed_ready, ofi, refused):
    """19(1)4, 12(3)."""
    answered(discussion_grounds=["symbols"])(closed_ready)
    PublicDiscussion.objects.create(
        consultation=closed_ready,
        form="meeting",
        held_at=closed_ready.opens_at + timedelta(days=3),
        place="Палац культури",
    )
    with pytest.raises(Refused) as refusal:
        reports.publish(closed_ready, by=ofi)
    assert refusal.value.verdict.params["item"] == "report_events"
    reports.save(closed_ready, by=ofi, texts={"events": "Зустріч, прийшло 40 людей."})
    assert reports.publish(closed_ready, by=ofi)


@pytest.mark.parametrize(("unpublished", "status"), [(0, Status.DONE), (1, Status.MISSING)])
def test_every_proposal_is_public_in_time(closed_ready, unpublished, status):
    """15(2)."""
    facts = facts_of(closed_ready, database_clock.now())
    judge = ITEMS["proposals_public"].judge
    assert judge(replace(facts, unpublished=unpublished)) is status


# ---- public discussions


def test_a_discussion_is_published_three_working_days_before(ready, ofi, refused):
    """12(3)1."""
    life_actions.announce(ready, by=ofi)
    earliest = rules_earliest()
    with refused("checklist.discussion_too_soon"):
        actions.plan_discussion(
            ready,
            by=ofi,
            form="meeting",
            held_at=kyiv(earliest) - timedelta(minutes=1),
            place="зал",
        )
    made = actions.plan_discussion(
        ready, by=ofi, form="meeting", held_at=kyiv(earliest), place="зал"
    )
    with refused("consultation.reason_missing"):
        actions.cancel_discussion(made, by=ofi, reason=" ")
    actions.cancel_discussion(made, by=ofi, reason="Захворів доповідач.")
    assert facts_of(ready, database_clock.now() + timedelta(days=30)).held == []


def rules_earliest() -> date:
    from city.calendar import work_calendar

    return work_calendar().add_working_days(today(), rules.NOTICE_DAYS)


def test_a_discussion_belongs_between_announcement_and_report(ready, department, ofi, refused):
    when = database_clock.now() + timedelta(days=20)
    with refused("checklist.no_discussion_now"):
        actions.plan_discussion(ready, by=ofi, form="meeting", held_at=when, place="зал")


# ---- answers


@pytest.mark.parametrize(
    ("days", "code"),
    [(-1, "checklist.posted_before_announcement"), (0, ""), (1, "checklist.posted_in_the_future")],
)
def test_the_document_is_put_up_between_announcement_and_today(ready, ofi, days, code):
    """7(7)."""
    life_actions.announce(ready, by=ofi)
    fields = {"posted_on": today() + timedelta(days=days), "posted_where": "стенд"}
    try:
        actions.answer(ready, by=ofi, fields=fields)
        assert code == ""
    except Refused as refusal:
        assert refusal.verdict.code == code


def test_grounds_that_were_announced_stay(ready, ofi, refused):
    answered(discussion_grounds=["symbols"])(ready)
    life_actions.announce(ready, by=ofi)
    with refused("checklist.grounds_fixed"):
        actions.answer(ready, by=ofi, fields={"discussion_grounds": []})
    actions.answer(ready, by=ofi, fields={"discussion_grounds": ["symbols", "strategy"]})


def test_after_the_report_only_the_platform_changes(closed_ready, ofi, refused):
    reports.publish(closed_ready, by=ofi)
    closed_ready.refresh_from_db()
    with refused("checklist.fixed_by_report"):
        actions.answer(closed_ready, by=ofi, fields={"posted_where": "інший стенд"})
    there = {"platform": Platform.THERE, "platform_url": "https://platform.example/1"}
    actions.answer(closed_ready, by=ofi, fields=there)


def test_others_do_not_answer(ready, olena, stranger, refused):
    for person in (olena, stranger):
        with refused("consultation.officers_only"):
            actions.answer(ready, by=person, fields={"platform": Platform.ABSENT})


# ---- local elections, article 7 part 8

START, END = date(2027, 9, 6), date(2027, 11, 15)


@pytest.mark.parametrize(
    ("first", "last", "is_allowed"),
    [
        (date(2027, 7, 1), date(2027, 8, 21), True),  # the day before the 15 days
        (date(2027, 7, 1), date(2027, 8, 22), False),  # the first closed day
        (date(2027, 9, 6), date(2027, 9, 30), False),  # the first day of the process
        (date(2027, 11, 15), date(2027, 12, 20), False),  # its last day
        (date(2027, 11, 16), date(2027, 12, 20), True),  # the day after
        (date(2027, 7, 1), date(2027, 12, 20), False),  # around all of it
    ],
    ids=lambda value: str(value),
)
def test_no_consultation_touches_an_election(ready, ofi, first, last, is_allowed):
    LocalElection.objects.create(name="Місцеві вибори 2027 року", starts_on=START, ends_on=END)
    ready.opens_at, ready.closes_at = kyiv(first), end_of_day(last)
    ready.save()
    if is_allowed:
        assert life_actions.announce(ready, by=ofi)
        return
    with pytest.raises(Refused) as refusal:
        life_actions.announce(ready, by=ofi)
    assert refusal.value.verdict.code == "consultation.election"
    assert "Місцеві вибори 2027 року" in str(refusal.value.verdict.message)
    assert facts_status(ready, "elections") is Status.MISSING


def facts_status(one, code: str) -> Status:
    return ITEMS[code].judge(facts_of(one, database_clock.now()))


def test_an_election_whose_end_is_unknown_keeps_its_days_closed(ready, ofi, refused):
    LocalElection.objects.create(name="Вибори", starts_on=today() - timedelta(days=400))
    with refused("consultation.election"):
        life_actions.announce(ready, by=ofi)


def test_dates_do_not_move_into_an_election(ready, ofi, refused):
    life_actions.announce(ready, by=ofi)
    LocalElection.objects.create(name="Вибори", starts_on=ready.last_day + timedelta(days=20))
    days = {"by": ofi, "opens_on": ready.opens_on, "reason": "Канікули."}
    with refused("consultation.election"):
        life_actions.change_dates(ready, last_day=ready.last_day + timedelta(days=5), **days)
    assert life_actions.change_dates(ready, last_day=ready.last_day + timedelta(days=4), **days)


def test_other_procedures_do_not_know_elections(preparing, ofi):
    LocalElection.objects.create(name="Вибори", starts_on=today())
    assert life_actions.announce(preparing, by=ofi)


# ---- data


@pytest.mark.parametrize("preset", PROCEDURES, ids=[each["code"] for each in PROCEDURES])
def test_presets_have_known_items(preset):
    assert set(preset["checklist"]) <= set(ITEMS)
    assert Procedure.objects.get(code=preset["code"]).checklist == preset["checklist"]


def test_every_item_is_asked_by_a_preset():
    asked = {code for preset in PROCEDURES for code in preset["checklist"]}
    assert asked == set(ITEMS)


def test_an_unknown_item_is_refused():
    procedure = factories.procedure()
    procedure.checklist = ["no-such-item"]
    with pytest.raises(ValidationError, match="checklist"):
        procedure.full_clean()


# ---- 3841-IX ст. 13


@pytest.mark.parametrize(("days", "is_allowed"), [(14, False), (15, True)])
def test_the_least_term_is_fifteen_working_days(ready, ofi, days, is_allowed):
    """The day of the announcement is not counted (Civil Code art. 253)."""
    last_day = work_calendar().add_working_days(ready.opens_on, days)
    ready.closes_at = end_of_day(last_day)
    ready.save(update_fields=["closes_at"])
    if is_allowed:
        assert life_actions.announce(ready, by=ofi).last_day == last_day
    else:
        with pytest.raises(Refused) as refusal:
            life_actions.announce(ready, by=ofi)
        assert "15" in str(refusal.value.verdict.message)


def test_the_body_is_always_named(ready):
    """Ст. 7 ч. 2 п. 1: a consultation is some department's, as its column says."""
    assert ITEMS["body"].judge(facts_of(ready, database_clock.now())) == Status.DONE
