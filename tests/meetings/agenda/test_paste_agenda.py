"""An agenda pasted as lines or read from a document."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from meetings.agenda.actions_bulk import add_items
from meetings.agenda.lines import Line, read_agenda
from meetings.models import State
from tests.meetings import factories

NUMBERED = """
ПРОЄКТ ПОРЯДКУ ДЕННОГО
сорок першої сесії

1. Про внесення змін до бюджету
на 2026 рік
Доповідач: Ткаченко Олена Сергіївна
Співдоповідач: Мороз І. П.
2) Про надання земельної ділянки (доповідач – Гнатюк С. Ю.)
№ 3 Про пункт 5.2. статуту
10.1. Різне
"""


def test_numbers_are_left_out_and_who_reports_is_read():
    assert read_agenda(NUMBERED) == [
        Line("Про внесення змін до бюджету на 2026 рік", "Ткаченко Олена Сергіївна; Мороз І. П."),
        Line("Про надання земельної ділянки", "Гнатюк С. Ю."),
        Line("Про пункт 5.2. статуту"),
        Line("Різне"),
    ]


def test_lines_without_numbers_are_items_each():
    assert read_agenda("Порядок денний:\nПро бюджет;\n\nПро землю\nДоповідає: Бондар О. І.") == [
        Line("Про бюджет"),
        Line("Про землю", "Бондар О. І."),
    ]
    # One that begins with a year is no number.
    assert read_agenda("Про план\n2026 рік оголосити роком саду")[1].title.startswith("2026 рік")
    assert read_agenda(" \n\t\n") == []


def test_a_table_is_pasted_with_its_cells():
    assert read_agenda("1\tПро бюджет\tТкаченко О. С.\n2\tПро землю\t") == [
        Line("Про бюджет", "Ткаченко О. С."),
        Line("Про землю"),
    ]


def test_a_title_too_long_is_cut_at_a_word_and_kept_whole():
    words = "Про " + "затвердження " * 50
    (item,) = read_agenda(words)
    assert len(item.title) <= 500
    assert item.title.endswith("затвердження…")
    assert item.text == words.strip()


@pytest.fixture
def desk(client: Any, db: None) -> Any:
    client.force_login(factories.secretary())
    return client


def _document() -> SimpleUploadedFile:
    made = docx.Document()
    for number in (1, 2):
        made.add_paragraph(f"{number}. Про питання {number}")
        made.add_paragraph(f"Доповідач: Особа {number}")
    file = io.BytesIO()
    made.save(file)
    return SimpleUploadedFile("agenda.docx", file.getvalue())


def test_thirty_items_in_four_presses(desk):
    """The link, the paste, «see the items», «add them»."""
    meeting = factories.meeting(State.DRAFT, items=1)
    there = f"/desk/meetings/{meeting.pk}/items/paste/"
    assert there in desk.get(f"/desk/meetings/{meeting.pk}/").text
    lines = "\n".join(f"{n}. Про справу {n}\nДоповідач: Особа {n}" for n in range(1, 31))
    look = desk.post(there, {"lines": lines, "look": "1"})
    assert len(look.context["found"]) == 30
    assert "30 пунктів" in look.text
    assert meeting.items.count() == 1
    said = look.context["form"].initial["lines"]
    added = desk.post(there, {"lines": said, "add": "1"}, follow=True)
    assert "Додано 30 пунктів" in added.text
    items = list(meeting.items.order_by("order").values_list("order", "title", "presenter"))
    assert items[1] == (2, "Про справу 1", "Особа 1")
    assert items[-1] == (31, "Про справу 30", "Особа 30")


def test_a_document_is_read_into_the_lines(desk):
    meeting = factories.meeting(State.DRAFT, items=0)
    there = f"/desk/meetings/{meeting.pk}/items/paste/"
    look = desk.post(there, {"lines": "", "file": _document(), "look": "1"})
    assert look.context["found"] == [Line(f"Про питання {n}", f"Особа {n}") for n in (1, 2)]
    assert "2. Про питання 2" in look.context["form"].initial["lines"]
    broken = SimpleUploadedFile("agenda.pdf", b"%PDF-1.4")
    refused = desk.post(there, {"file": broken, "look": "1"})
    assert refused.context["form"].errors.keys() == {"file"}
    assert desk.post(there, {"look": "1"}).context["form"].errors.keys() == {"lines"}


def test_refusals(desk, mo):
    meeting = factories.meeting(State.DRAFT, items=0)
    text = [factories.ItemText(title="Про бюджет")]
    with factories.refused("agenda.empty"):
        add_items(meeting, by=factories.secretary(), texts=[])
    with factories.refused("agenda.too_many"):
        add_items(meeting, by=factories.secretary(), texts=text * 301)
    with factories.refused("meeting.runners_only"):
        add_items(meeting, by=mo, texts=text)
    over = factories.meeting(State.CLOSED)
    assert desk.get(f"/desk/meetings/{over.pk}/items/paste/").status_code == 403
    nothing = desk.post(f"/desk/meetings/{meeting.pk}/items/paste/", {"lines": "***", "add": "1"})
    assert nothing.context["form"].errors.keys() == {"lines"}
