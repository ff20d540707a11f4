"""Hiding is not deciding (ADR 98): which ground frees the council, what is public, who checks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from city.calendar import work_calendar
from consultations.dispositions import actions as table
from consultations.dispositions import public_reasons, queries
from consultations.dispositions.models import ApprovalSetting
from consultations.events import EditionTermOpened
from consultations.models import Disposition, EditionTerm, Procedure, Remark
from consultations.remarks import actions as speaking
from consultations.reports import actions, documents, manifest
from consultations.reports import queries as reports
from core.domain import clock as database_clock
from core.domain.calendar import local_date
from core.domain.deadlines import deadlines_of
from core.web.pages import forget_pages
from discussions import actions as discussion
from discussions.rules import contest_until
from moderation.contests import actions as contests
from portal.opendata.tables.consultations import DISPOSITIONS
from tests import factories

pytestmark = pytest.mark.django_db

ARTICLE = "Закон № 3841-IX, ст. 15 ч. 3 п. 4"
WORDS, REASON = "Потаємне слово", "«Потаємне слово» суперечить закону"
PUBLIC = "Проєкт не змінює часу роботи."
REJECTED, ACCEPTED, NOTED = (
    Disposition.Kind.REJECTED,
    Disposition.Kind.ACCEPTED,
    Disposition.Kind.NOTED,
)


@pytest.fixture
def consulted(opened):
    """Its procedure does not consider what is not about the subject."""
    Procedure.objects.filter(pk=opened.procedure_id).update(unconsidered={"off_topic": ARTICLE})
    opened.procedure.refresh_from_db()
    return opened


@pytest.fixture
def remark(consulted, bohdan):
    return speaking.remark(consulted, by=bohdan, text=WORDS)


@pytest.fixture
def second(department):
    return factories.user("second", role="officer", department=department)


@pytest.fixture
def over(consulted, remark, ofi, clock):
    """Remarks are closed, and the report is written."""
    clock.set(consulted.closes_at)
    actions.save(consulted, by=ofi, texts={"outcome": "Так.", "summary": "Просять."})
    Remark.objects.update(number=1)
    return consulted


@pytest.fixture
def publish(over, ofi):
    def publish(**more):
        edition = actions.publish(over, by=ofi, **more)
        over.refresh_from_db()
        forget_pages()
        return edition

    return publish


def hide(remark, mo, reason, **facts):
    discussion.hide(remark.comment, by=mo, reason=reason, **facts or {"note": "Не про це."})


def decide(remark, ofi, kind=REJECTED, reason=REASON):
    table.settle(remark, by=ofi, kind=kind, reason=reason)


def told(client, consulted, remark, edition):
    """What every place says of the remark's decision, as (kind, reason) of each by its name."""
    forget_pages()
    page = client.get(reverse("consultations:dispositions", args=[consulted.pk])).text
    own = page.split(f'id="row-{remark.pk}"')[1].split("</li>")[0]
    alone = client.get(remark.get_absolute_url())
    trail = client.get(remark.get_absolute_url() + "?trail").text
    [api] = client.get(f"/api/v1/consultations/{consulted.pk}/dispositions/").json()["results"]
    data = b"".join(client.get(f"/consultations/{consulted.pk}/data.csv")).decode()
    tables = str([*DISPOSITIONS.rows()])
    report = client.get(edition.get_absolute_url()).text
    [row] = reports.rows_of(edition)
    cells = documents.cells_of(row)
    everything = {
        "page": own,
        "remark": alone.text,
        "trail": trail,
        "api": str(api),
        "data": data,
        "tables": tables,
        "report": report,
        "edition": str(cells),
    }
    assert alone.status_code == 404
    for place, said in everything.items():
        assert WORDS not in said and REASON not in said, place
    return {place: said.replace("\u00a0", " ") for place, said in everything.items()}


@pytest.mark.parametrize("is_checked", [False, True])
def test_another_ground_hides_the_words_alone(
    client, consulted, remark, mo, ofi, second, publish, refused, is_checked
):
    hide(remark, mo, "personal")
    with refused("report.rows_missing"):
        publish()
    decide(remark, ofi)
    public_reasons.write(remark.pk, consultation_id=consulted.pk, by=ofi, text=PUBLIC)
    if is_checked:
        read = public_reasons.digest_of(PUBLIC)
        public_reasons.check(remark.pk, consultation_id=consulted.pk, by=second, read=read)
    edition = publish()
    said = told(client, consulted, remark, edition)
    for place, words in said.items():
        kinds = ("відхилено", "Відхилено", "rejected")
        assert any(kind in words for kind in kinds), place
        assert (PUBLIC in words) is is_checked, place
    for place in ("page", "remark", "trail", "report", "edition"):
        assert ("Обґрунтування перевіряється" in said[place]) is not is_checked, place
    assert manifest.verify(edition) == []
    if not is_checked:  # it is checked later: what was published says it, too
        read = public_reasons.digest_of(PUBLIC)
        public_reasons.check(remark.pk, consultation_id=consulted.pk, by=second, read=read)
        [row] = reports.rows_of(edition)
        assert documents.cells_of(row)[5] == PUBLIC
        # What is decided otherwise since is no reason of what the edition says.
        decide(remark, ofi, ACCEPTED)
        [row] = reports.rows_of(edition)
        assert documents.cells_of(row)[5] == "Обґрунтування перевіряється."
        assert Disposition.objects.get().checked_at is None


def test_the_report_waits_for_the_kind_alone(
    client, consulted, remark, mo, ofi, second, publish, refused
):
    """Shown words need a reason; of hidden ones the second reason may come later."""
    decide(remark, ofi, reason="")
    with refused("report.rows_missing"):
        publish()
    hide(remark, mo, "personal")
    edition = publish()
    for place, words in told(client, consulted, remark, edition).items():
        assert any(kind in words for kind in ("відхилено", "Відхилено", "rejected")), place
    assert manifest.verify(edition) == []
    client.force_login(ofi)
    desk = reverse("desk:table", args=[consulted.pk])
    assert f'id="row-{remark.pk}"' not in client.get(desk + "?state=unexplained").text
    assert f'id="row-{remark.pk}"' in client.get(desk + "?state=unchecked").text
    public_reasons.write(remark.pk, consultation_id=consulted.pk, by=ofi, text=PUBLIC)
    read = public_reasons.digest_of(PUBLIC)
    with refused("disposition.own_words"):
        public_reasons.check(remark.pk, consultation_id=consulted.pk, by=ofi, read=read)
    public_reasons.check(remark.pk, consultation_id=consulted.pk, by=second, read=read)
    [row] = reports.rows_of(edition)
    assert documents.cells_of(row)[5] == PUBLIC
    # Decided otherwise since: the next edition makes it public, without an ordinary reason.
    decide(remark, ofi, "partly", reason="")
    publish(reason="Переглянуто.")
    assert Disposition.objects.get().approved_at is not None
    # Shown again, it needs its reason.
    discussion.restore(remark.comment, by=mo)
    with refused("report.rows_missing"):
        publish(reason="Показано.")


def test_another_person_approves_the_kind_of_hidden_words(
    consulted, department, remark, mo, ofi, second, publish, refused
):
    ApprovalSetting.objects.create(department=department, needs_another_person=True)
    decide(remark, ofi, reason="")
    with refused("disposition.incomplete"):
        table.approve(remark, by=second)
    hide(remark, mo, "personal")
    with refused("report.rows_unapproved"):
        publish()
    with refused("disposition.own"):
        table.approve(remark, by=ofi)
    table.approve(remark, by=second)
    assert publish()


def test_a_ground_of_the_law_frees_the_council(client, consulted, remark, mo, ofi, publish):
    decide(remark, ofi)
    hide(remark, mo, "off_topic")
    assert not reports.readiness_of(consulted).gaps_total
    edition = publish(names_contests=True)
    said = told(client, consulted, remark, edition)
    for place, words in said.items():
        assert "ідхилено" not in words and "rejected" not in words, place
    for place in ("page", "remark", "report", "edition"):
        assert ARTICLE in said[place], place
    assert queries.counts_by_kind(consulted) == {}


def test_the_reason_for_everybody_is_checked_by_another(
    consulted, remark, mo, ofi, second, stranger, refused
):
    def write(text, by=ofi):
        return public_reasons.write(remark.pk, consultation_id=consulted.pk, by=by, text=text)

    def check(by, text=PUBLIC):
        read = public_reasons.digest_of(text)
        return public_reasons.check(remark.pk, consultation_id=consulted.pk, by=by, read=read)

    with refused("disposition.not_hidden"):
        write(PUBLIC)
    hide(remark, mo, "insult", quote="потаємне")
    with refused("disposition.undecided"):
        write(PUBLIC)
    with refused("disposition.no_public_reason"):
        check(second)
    decide(remark, ofi)
    with refused("disposition.repeats_hidden"):
        write("Про «ПОТАЄМНЕ» не йдеться.")
    with refused("disposition.officers_only"):
        write(PUBLIC, by=stranger)
    assert write(f" {PUBLIC} ").public_reason == PUBLIC
    with refused("disposition.own_words"):
        check(ofi)
    with refused("disposition.officers_only"):
        check(stranger)
    with refused("disposition.changed_meanwhile"):
        check(second, "Інше.")
    assert check(second).shown_public_reason == PUBLIC
    with pytest.raises(IntegrityError), transaction.atomic():
        Disposition.objects.update(checked_by=ofi)
    assert write("Інакше.", by=second).shown_public_reason == ""
    assert not write("").public_reason_by


def test_the_desk_asks_for_the_second_reason(client, consulted, remark, mo, ofi, second):
    hide(remark, mo, "personal")
    decide(remark, ofi)
    address = reverse("desk:public_reason", args=[consulted.pk, remark.pk])
    desk = reverse("desk:table", args=[consulted.pk])
    client.force_login(ofi)
    assert "Не повторюйте нічого з прихованих слів" in client.get(desk).text
    field = f"p{remark.pk}-public_reason"
    nothing = public_reasons.digest_of("")
    assert client.post(address, {field: PUBLIC, "read": nothing}).status_code == 302
    assert client.post(address, {field: "Інше", "read": nothing}).status_code == 422  # meanwhile
    page = client.get(desk + "?state=unchecked").text
    assert PUBLIC in page and 'name="check"' not in page
    read = public_reasons.digest_of(PUBLIC)
    assert client.post(address, {field: PUBLIC, "check": "1", "read": read}).status_code == 422
    client.force_login(second)
    assert f'value="{read}"' in client.get(desk).text
    assert client.post(address, {field: PUBLIC, "check": "1", "read": read}).status_code == 302
    assert Disposition.objects.get().checked_by == second
    assert f'id="row-{remark.pk}"' not in client.get(desk + "?state=unchecked").text


def test_the_report_waits_for_contests_or_names_them(
    client, consulted, remark, mo, admin, bohdan, ofi, publish, refused, clock
):
    hide(remark, mo, "off_topic")
    remark.comment.refresh_from_db()
    until = contest_until(remark.comment.hidden_at)
    clock.stop(until - timedelta(seconds=1))  # its last day; a clock that runs would pass it
    with refused("report.contests_run"):
        publish()
    client.force_login(ofi)
    desk = reverse("desk:publish_report", args=[consulted.pk])
    assert "оскарження триває до" in client.get(desk).text
    assert client.post(desk, {}).status_code == 422
    clock.stop(until)  # the day after
    assert not reports.readiness_of(consulted).contested
    clock.stop(until - timedelta(seconds=1))
    contest = contests.make(remark.comment, by=bohdan, words="Це про проєкт")
    clock.stop(until)
    with refused("report.contests_run"):
        publish()
    edition = publish(names_contests=True)
    [row] = reports.rows_of(edition)
    assert "скаргу ще не розглянуто" in documents.words_of(row)
    assert contest.outcome == ""


def test_an_edition_names_until_when_it_may_be_contested(consulted, remark, mo, publish, clock):
    hide(remark, mo, "off_topic")
    [row] = reports.rows_of(publish(names_contests=True))
    assert "Оскарження триває до" in documents.words_of(row)


def test_an_upheld_contest_and_an_author_without_account_are_not_waited_for(
    consulted, remark, mo, admin, bohdan, publish, clock
):
    hide(remark, mo, "off_topic")
    contest = contests.make(remark.comment, by=bohdan, words="Це про проєкт")
    contests.decide(contest, by=admin, is_upheld=True, reason="Не про нього.")
    assert not reports.readiness_of(consulted).contested
    type(contest).objects.all().delete()
    assert reports.readiness_of(consulted).contested
    type(remark.comment).objects.update(author=None)
    assert not reports.readiness_of(consulted).contested


def test_overturned_after_the_report_another_edition_is_due(
    consulted, remark, mo, admin, bohdan, ofi, publish, emitted
):
    hide(remark, mo, "off_topic")
    publish(names_contests=True)
    contest = contests.make(remark.comment, by=bohdan, words="Це про проєкт")
    contests.decide(contest, by=admin, is_upheld=False, reason="Про нього.")
    assert EditionTermOpened(consulted.pk, None, remark.pk) in emitted
    [term] = EditionTerm.objects.all()
    period = consulted.procedure.edition_period
    assert term.due_on == period.last_day(local_date(database_clock.now()), work_calendar())
    [due] = [each for each in deadlines_of(ofi) if each.kind == "edition"]
    assert (due.due_on, due.of) == (term.due_on, consulted.pk)
    assert "нове видання" in due.words
    decide(remark, ofi, ACCEPTED)
    edition = publish(reason="Оскарження задоволено.")
    term.refresh_from_db()
    assert term.edition == edition
    assert not [each for each in deadlines_of(ofi) if each.kind == "edition"]
    assert WORDS in edition.rows.get().words


def test_hidden_anew_no_edition_is_due(consulted, remark, mo, publish, clock):
    hide(remark, mo, "off_topic")
    publish(names_contests=True)
    discussion.restore(remark.comment, by=mo)
    discussion.hide(remark.comment, by=mo, reason="off_topic", note="Таки не про це")
    assert not EditionTerm.objects.exists()


def test_only_questions_are_taken_note_of(consulted, remark, bohdan, ofi, refused, client):
    asked = speaking.remark(consulted, by=bohdan, text="Коли?", kind=Remark.Kind.QUESTION)
    decide(remark, ofi, NOTED)  # its procedure does not say otherwise
    Procedure.objects.filter(pk=consulted.procedure_id).update(notes_questions_only=True)
    Disposition.objects.all().delete()
    with refused("disposition.proposes"):
        decide(remark, ofi, NOTED)
    decide(asked, ofi, NOTED)
    client.force_login(ofi)
    page = client.get(reverse("desk:table", args=[consulted.pk])).text
    for each, number in ((remark, 0), (asked, 1)):
        row = page.split(f'id="row-{each.pk}"')[1].split("</tr>")[0]
        assert row.count('value="noted"') == number


@pytest.mark.parametrize("code", ["public-consultation", "regulatory-act"])
def test_laws_know_what_is_noted(code):
    procedure = factories.procedure(code)
    assert procedure.notes_questions_only
    grounds = ["off_topic", "profanity", "unlawful", "unnamed"]
    assert sorted(procedure.unconsidered) == (grounds if code == "public-consultation" else [])
