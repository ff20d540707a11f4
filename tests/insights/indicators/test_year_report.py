"""The yearly report on consultations, its deadline, and goals at the desk."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from pypdf import PdfReader

from consultations.models import Consultation, Remark, State
from core.domain.calendar import KYIV
from core.domain.deadlines import deadlines_of
from core.domain.rules import Refused
from core.models import AuditEntry
from discussions.models import Comment
from insights.indicators import actions
from insights.indicators.measuring import begin_report
from insights.indicators.models import Goal, YearReport
from insights.indicators.report import compose, to_json
from tests import factories

WORDS = "Через зауваження змінено три рішення.\n\nДва проєкти відкликано."


def said(consultation, by):
    """A remark; on paper, where nobody's account said it."""
    name = "" if by else "Гончаренко Степан Ілліч"
    comment = Comment.objects.create(
        thread=consultation.thread, author=by, author_name=name, text="Слово", html=""
    )
    return Remark.objects.create(comment=comment, consultation=consultation)


@pytest.fixture
def report(db, clock, department):
    """That of 2025, on 20 January 2026; one consultation ended in December."""
    clock.set(datetime(2026, 1, 20, 12, tzinfo=UTC))
    factories.consultation(
        department,
        State.CLOSED,
        opens_at=datetime(2025, 12, 1, tzinfo=KYIV),
        closes_at=datetime(2025, 12, 20, tzinfo=KYIV),
    )
    assert not begin_report(date(2026, 1, 1))  # nobody had an account here in 2025
    factories.user("first", date_joined=datetime(2025, 11, 3, tzinfo=KYIV))
    assert begin_report(date(2026, 1, 1))
    assert not begin_report(date(2026, 1, 2))
    return YearReport.objects.get()


class TestDeadline:
    def test_it_stands_at_the_desk_until_it_is_published(self, report, ofi, mo):
        (due,) = [each for each in deadlines_of(ofi) if each.kind == "year-report"]
        assert (due.due_on, due.title) == (date(2026, 3, 31), "2025")
        assert due.url == reverse("indicators_desk:report", args=[2025])
        assert not [each for each in deadlines_of(mo) if each.kind == "year-report"]
        actions.publish_report(actions.save_report(report, by=ofi, influence=WORDS), by=ofi)
        assert not [each for each in deadlines_of(ofi) if each.kind == "year-report"]


class TestPublishing:
    def test_the_four_contents(self, report):
        stored = to_json(compose(report))
        assert sum("heading" in block for block in stored) == 3
        procedures, subjects, forms = (block for block in stored if "table" in block)
        assert procedures["rows"][0][2:] == ["1", "1", "0"]
        assert subjects["rows"][0][1] == "Порядок розміщення літніх майданчиків"
        assert [row[2] for row in forms["rows"]] == ["1", "0"]

    def test_forms_count_consultations_and_shares_are_of_all_that_was_received(
        self, report, olena, bohdan, mo, ofi, department, django_assert_max_num_queries
    ):
        first = Consultation.objects.get()
        other = factories.consultation(
            department,
            State.CLOSED,
            procedure=factories.procedure("regulatory-act"),
            opens_at=datetime(2025, 11, 1, tzinfo=KYIV),
            closes_at=datetime(2025, 12, 15, tzinfo=KYIV),
        )
        shown = [said(first, by) for by in (olena, bohdan, None, None)]
        factories.settle(shown[0], "accepted", approved_at=first.closes_at, approved_by=ofi)
        factories.settle(shown[1], "noted", approved_at=first.closes_at, approved_by=ofi)
        factories.settle(shown[2], "rejected")
        hidden = said(other, olena)
        Comment.objects.filter(pk=hidden.pk).update(
            hidden_at=first.closes_at, hidden_by=mo, hidden_reason="spam", hidden_note="–"
        )
        with django_assert_max_num_queries(8):
            stored = to_json(compose(report))
        forms, influence = [block for block in stored if "table" in block][2:]
        name, others = first.procedure.name, other.procedure.name
        assert [row[:1] + row[2:] for row in forms["rows"]] == [
            [name, "1", "2"],
            [name, "1", "2"],
            [others, "1", "0"],
            ["–", "0", "0"],
        ]
        nothing = "0 (0\xa0%)"
        assert influence["rows"] == [
            [name, "4", "1 (25\xa0%)", nothing, nothing, "1 (25\xa0%)", "2 (50\xa0%)", nothing],
            [others, "1", *[nothing] * 5, "1 (100\xa0%)"],
        ]

    def test_it_needs_its_words(self, report, ofi):
        with pytest.raises(Refused) as refused:
            actions.publish_report(report, by=ofi)
        assert refused.value.verdict.code == "indicators.influence_missing"

    def test_not_before_the_year_is_over(self, report, ofi, clock):
        clock.set(datetime(2025, 12, 31, 12, tzinfo=UTC))
        report = actions.save_report(report, by=ofi, influence=WORDS)
        with pytest.raises(Refused) as refused:
            actions.publish_report(report, by=ofi)
        assert refused.value.verdict.code == "indicators.year_goes_on"

    @pytest.mark.cpu(5)
    def test_published_it_stays_and_page_and_file_say_the_same(
        self, report, ofi, client, department, django_assert_max_num_queries
    ):
        report = actions.save_report(report, by=ofi, influence=WORDS)
        report = actions.publish_report(report, by=ofi)
        factories.consultation(
            department,
            State.CLOSED,
            title="Пізніша",
            opens_at=datetime(2025, 12, 1, tzinfo=KYIV),
            closes_at=datetime(2025, 12, 21, tzinfo=KYIV),
        )
        with django_assert_max_num_queries(6):
            page = client.get(report.get_absolute_url()).content.decode()
        assert "Через зауваження змінено три рішення." in page
        assert "Пізніша" not in page
        assert report.get_absolute_url() in client.get("/sitemap.xml").text
        made = client.get(reverse("indicators:report_pdf", args=[2025])).content
        text = " ".join(each.extract_text() for each in PdfReader(io.BytesIO(made)).pages)
        assert "змінено три рішення" in " ".join(text.split())
        again = actions.publish_report(report, by=ofi)
        assert again.edition == 2
        assert "Пізніша" in client.get(report.get_absolute_url()).content.decode()

    def test_an_unpublished_one_is_nobodys(self, report, client):
        assert client.get(reverse("indicators:report", args=[2025])).status_code == 404


class TestDesk:
    def test_a_draft_of_this_year_is_looked_at_any_day(self, report, client, ofi, department):
        factories.consultation(department, State.CLOSED, title="Уже скінчилася")
        Consultation.objects.filter(title="Уже скінчилася").update(
            opens_at=datetime(2026, 1, 2, tzinfo=KYIV), closes_at=datetime(2026, 1, 10, tzinfo=KYIV)
        )
        factories.consultation(department, State.OPEN, title="Ще триває")
        client.force_login(ofi)
        address = reverse("indicators_desk:report", args=[2026])
        assert address in client.get(reverse("indicators_desk:index")).text
        page = client.get(address)
        assert "Уже скінчилася" in page.text
        assert "Ще триває" not in page.text
        assert "<textarea" not in page.text
        assert not YearReport.objects.filter(year=2026).exists()
        assert client.post(address, {"influence": WORDS}).status_code == 404
        for year in (2024, 2027):
            other = reverse("indicators_desk:report", args=[year])
            assert client.get(other).status_code == 404

    def test_the_report_is_written_and_published(self, report, client, ofi):
        client.force_login(ofi)
        address = reverse("indicators_desk:report", args=[2025])
        refused = client.post(reverse("indicators_desk:publish_report", args=[2025]))
        assert refused.status_code == 422
        assert client.post(address, {"influence": WORDS}).status_code in (302, 409)
        report.refresh_from_db()
        actions.save_report(report, by=ofi, influence=WORDS)
        done = client.post(reverse("indicators_desk:publish_report", args=[2025]))
        assert done["Location"] == report.get_absolute_url()

    def test_a_goal(self, client, ofi):
        client.force_login(ofi)
        address = reverse("indicators_desk:new_goal")
        data = {"indicator": "turnout", "year": "2026", "direction": "at_least", "value": "20,5"}
        assert client.post(address, data | {"year": "26"}).status_code == 422
        assert client.post(address, data).status_code == 302
        assert client.post(address, data | {"value": "21"}).status_code == 302
        (goal,) = Goal.objects.all()
        assert (goal.indicator, goal.year, goal.value) == ("turnout", 2026, 21)
        assert AuditEntry.objects.filter(event="GoalSet").count() == 2
        assert client.get(reverse("indicators_desk:index")).status_code == 200
        client.post(reverse("indicators_desk:remove_goal", args=[goal.pk]))
        assert not Goal.objects.exists()

    def test_not_for_everybody(self, client, olena, mo):
        for user in (olena, mo):
            client.force_login(user)
            assert client.get(reverse("indicators_desk:index")).status_code == 403
