"""The founding table: years asked for, imported figures continued by measured ones, one file."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from lxml import html

from core.export.document import Paragraph
from core.models import AuditEntry
from insights.indicators.founding import SLUGS, document_of, founding_table
from insights.indicators.measures.visits import average_visitors
from insights.indicators.models import IndicatorValue
from insights.indicators.periods import Period, PeriodKind

FILE = """indicator,period,value,kind,note
average-visitors,2015,"22,5",факт,З програми.
average-visitors,2018,29.0,expectation,З програми.
electronic-appeals,2015,4.1,,
electronic-appeals,2018,5.1,fact,
"""


@pytest.fixture
def load(tmp_path, db):
    def run(text: str) -> str:
        file, out = tmp_path / "past.csv", io.StringIO()
        file.write_text(text)
        call_command("load_indicators", str(file), stdout=out)
        return out.getvalue()

    return run


def measure(slug: str, year: int, value: str) -> None:
    IndicatorValue.objects.create(
        indicator=slug, period_kind="year", period_start=date(year, 1, 1), value=Decimal(value)
    )


class TestLoading:
    def test_twice_changes_nothing(self, load):
        assert "4" in load(FILE)
        before = list(IndicatorValue.objects.values())
        entries = AuditEntry.objects.count()
        load(FILE)
        assert list(IndicatorValue.objects.values()) == before
        assert AuditEntry.objects.count() == entries

    def test_a_correction(self, load):
        load(FILE)
        load(FILE.replace("22,5", "22,6"))
        assert IndicatorValue.objects.get(period_start="2015-01-01", note="З програми.").value == (
            Decimal("22.6")
        )

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("luck,2016,1,,", "luck"),
            ("average-visitors,16,1,,", "16"),
            ("average-visitors,2016-Q2,1,,", "2016-Q2"),
            ("average-visitors,2016,багато,,", "багато"),
            ("average-visitors,2016,-1,,", "-1"),
            ("average-visitors,2016,26.15,,", "26.15"),
            ("average-visitors,2016,26.1,мрія,", "мрія"),
            ("average-visitors,2015,26.1,fact,", "2"),
            (f"average-visitors,2016,1,,{'a' * 301}", "300"),
        ],
    )
    def test_a_wrong_line(self, load, line, said):
        """One line with its number; nothing is stored."""
        with pytest.raises(CommandError) as wrong:
            load(f"{FILE}{line}\n")
        words = str(wrong.value)
        assert "past.csv:6: " in words
        assert said in words
        assert "\n" not in words
        assert not IndicatorValue.objects.exists()

    def test_no_table(self, load):
        with pytest.raises(CommandError, match=r"past\.csv: "):
            load("рік\n2015\n")

    def test_what_was_measured_stays(self, load):
        measure("electronic-appeals", 2018, "6.0")
        with pytest.raises(CommandError, match=r"past\.csv:5: "):
            load(FILE)
        assert IndicatorValue.objects.count() == 1


class TestTable:
    @pytest.fixture
    def figures(self, load):
        load(FILE)
        measure("average-visitors", 2019, "31.25")
        measure("electronic-appeals", 2019, "6")

    def rows(self, client, query: str = "", language: str = "") -> list[list[str]]:
        address = f"{language}{reverse('indicators:founding_csv')}{query}"
        content = b"".join(client.get(address).streaming_content)
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))

    def test_imported_figures_are_continued(self, client, figures):
        head, kinds, visitors, appeals, *_changes = self.rows(client)
        assert head[2:] == ["2015", "2016", "2017", "2018", "2019"]
        assert kinds[2:] == ["факт", "", "", "", "факт"]
        # Halves go away from zero; of a year with two kinds each figure says its own.
        assert visitors[2:] == ["22,5", "–", "–", "29,0 (очікування)", "31,3"]
        assert appeals[2:] == ["4,1", "–", "–", "5,1 (факт)", "6,0"]

    def test_the_page_says_the_same(self, client, figures):
        page = html.fromstring(client.get(reverse("indicators:founding")).content)
        shown = [
            [" ".join(cell.itertext()).split() for cell in row.xpath("td")[1:]]
            for row in page.xpath("//table//tbody//tr")
        ]
        for row, line in zip(shown, self.rows(client)[2:4], strict=True):
            assert [cell[0] for cell in row] == [cell.split()[0] for cell in line[2:]]

    def test_the_change_of_the_measure_is_told_from_its_year_on(self, client, figures):
        """On the page, in CSV, PDF, the indicator’s file and open data; never before that year."""
        *_rows, visitors, appeals = self.rows(client)
        assert visitors[1].startswith("Рядок 1. З 2019 року") and "cookie" in visitors[1]
        assert appeals[1].startswith("Рядок 2. З 2019 року")
        assert visitors[1] in client.get(reverse("indicators:founding")).text
        document = document_of(founding_table(2015, 2019), "uk")
        assert Paragraph(visitors[1]) in document.blocks
        assert len(self.rows(client, "?from=2015&to=2018")) == 4
        assert founding_table(2015, 2018).changes == ()
        for name, since in (("indicators:indicator_csv", "period"), ("data", "period_start")):
            address = "/data/indicators.csv" if name == "data" else reverse(name, args=[SLUGS[0]])
            content = b"".join(client.get(address).streaming_content).decode("utf-8-sig")
            told = {
                row[since][:4]: row["measure_change"]
                for row in csv.DictReader(io.StringIO(content))
                if row.get("indicator", SLUGS[0]) == SLUGS[0]
            }
            assert not told["2015"] and not told["2018"]
            assert told["2019"].startswith("З 2019 року")
        page = client.get(reverse("indicators:indicator", args=[SLUGS[0]])).text
        assert told["2019"] in page

    def test_rows_are_titled_as_in_the_programme(self, client, figures):
        titles = [line[1] for line in self.rows(client)[2:4]]
        assert titles[0] == (
            "Середньомісячна відвідуваність порталу з початку його функціонування, "
            "тис. користувачів"
        )
        assert titles[1].endswith("що надійшли на сторінки порталу, тис. од.")

    def test_other_years(self, client, figures):
        head, *_rest = self.rows(client, "?from=2018&to=2026")
        assert head[2:] == [str(year) for year in range(2018, 2027)]

    def test_english_digits(self, client, figures):
        assert self.rows(client, "?from=2015&to=2015", "/en")[2][2] == "22.5"

    @pytest.mark.parametrize(
        "query",
        ["?from=2019&to=2015", "?from=15", "?to=2019x", "?from=1000", "?from=1990&to=2030"],
    )
    def test_years_that_cannot_be_shown(self, client, figures, query):
        """A clear sentence at the field; the table of the known years stands beside it."""
        response = client.get(reverse("indicators:founding") + query)
        page = html.fromstring(response.content)
        assert page.xpath("//*[contains(@class, 'govuk-error-summary')]")
        assert page.xpath("//table//tbody//tr")
        for name in ("founding_csv", "founding_pdf"):
            refused = client.get(reverse(f"indicators:{name}") + query)
            assert refused.status_code == 400
            assert refused.content.decode().endswith(".")

    def test_a_fixed_number_of_queries(self, client, figures, django_assert_max_num_queries):
        with django_assert_max_num_queries(7):
            client.get(reverse("indicators:founding"))

    def test_nothing_yet(self, client, db):
        assert client.get(reverse("indicators:founding")).status_code == 200


def test_the_average_of_the_months(db):
    for month, value in {1: 21_400, 2: 23_710}.items():
        IndicatorValue.objects.create(
            indicator="visitors",
            period_kind="month",
            period_start=date(2026, month, 1),
            value=value,
        )
    (found,) = average_visitors(Period(PeriodKind.YEAR, date(2026, 1, 1)))
    assert found.value == Decimal("22.6")
    assert "2" in found.note
