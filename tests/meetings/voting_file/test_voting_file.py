"""Presence and votes from the voting system's file."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.export.ods import Sheet
from core.export.xlsx import xlsx
from meetings.models import LogEntry, Meeting, State, VotingColumns
from meetings.presence import actions_bulk
from meetings.voting_file.parsing import Table, said_by
from tests.meetings import factories

pytestmark = pytest.mark.django_db
HEADS = ["№", "ПІБ депутата", "Результат голосування"]
ROWS = [
    ["1", "Бондар О. І.", "За"],
    ["2", "ВАЩЕНКО Ірина Петрівна", "Проти"],
    ["3", "Гнатюк С.Ю.", "Утрималась"],
    ["4", "Дорош Леся Миколаївна", "Відсутній"],
    ["5", "Хтось Інший", "За"],
]


def _csv(rows: list[list[str]] = ROWS) -> SimpleUploadedFile:
    lines = [";".join(row) for row in [HEADS, *rows]]
    return SimpleUploadedFile("rada.csv", "\n".join(lines).encode("cp1251"))


@pytest.fixture
def running(db: None) -> Meeting:
    running = factories.meeting(State.RUNNING)
    actions_bulk.note_all_present(running, by=factories.secretary())
    factories.on_item(running)
    return running


@pytest.fixture
def desk(client: Any) -> Any:
    client.force_login(factories.secretary())
    return client


def test_words_of_voting_systems():
    said = {
        "for": ("За", " ЗА ", "+"),
        "against": ("Проти", "ПРОТИ", "-"),
        "abstained": ("Утримався", "утрималась", "Утр."),
        "not_voting": ("Не голосував", "не  голосувала", "Не брав участі"),
        "absent": ("Відсутній", "відсутня"),
        "present": ("Присутній", "зареєстровано"),
        "": ("", "завтра", "?"),
    }
    for expected, words in said.items():
        assert [said_by(word) for word in words] == [expected] * len(words)
    table = Table(["№", "прізвище, ім'я", "голос", "фракція"], [])
    assert table.guess() == ("прізвище, ім'я", "голос")
    assert Table(["а", "б"], []).guess() == ("", "")


def test_looked_at_then_entered_in_one_act(desk, running):
    roll_call = factories.roll_call(running)
    there = f"/meetings/{running.pk}/control/voting-file/"
    assert there in desk.get(f"/meetings/{running.pk}/control/").text
    look = desk.post(there, {"file": _csv()})
    found = look.context["found"]
    assert found.strangers == ["Хтось Інший"]
    assert [cell.name for cell in found.missing] == ["Журба Т. А."]
    assert not roll_call.votes.exists()
    assert "Хтось Інший" in look.text
    form = look.context["form"]
    said = {**form.initial, "apply": "1"}
    entered = desk.post(there, said, follow=True)
    assert "Внесено з файлу. Змінено: 4." in entered.text
    one, two, three, four, five = factories.deputies(running.body)
    votes = dict(roll_call.votes.values_list("deputy", "choice"))
    assert votes == {one.pk: "for", two.pk: "against", three.pk: "abstained"}
    here = set(running.presences.filter(left_at=None).values_list("deputy", flat=True))
    assert here == {one.pk, two.pk, three.pk, five.pk}
    assert four.pk not in here
    (line,) = running.log.filter(kind=LogEntry.Kind.VOTES_FILE)
    assert line.words == "присутні 3, відсутні 1, голоси 3"
    # The columns are kept; a file that names other ones is asked about anew.
    kept = VotingColumns.objects.get(body=running.body)
    assert (kept.names, kept.votes) == ("піб депутата", "результат голосування")
    # The same once more changes nothing, and is no line in the log.
    desk.post(there, said)
    assert running.log.filter(kind=LogEntry.Kind.VOTES_FILE).count() == 1


def test_columns_are_chosen_where_none_is_known(desk, running):
    there = f"/meetings/{running.pk}/control/voting-file/"
    content = xlsx([Sheet("Лист", ["а", "б"], [["Бондар Олег Іванович", "щось"]])], widths=[20, 20])
    look = desk.post(there, {"file": SimpleUploadedFile("golos.xlsx", content)})
    assert look.context["found"] is None
    said = {"table": look.context["form"].initial["table"], "names": "а", "votes": "б"}
    look = desk.post(there, said)
    assert look.context["found"].unclear == [("Бондар Олег Іванович", "щось")]
    # Without a column of votes, who stands in the file is present.
    look = desk.post(there, {**said, "votes": ""})
    assert len(look.context["found"].came) == 1
    assert desk.post(there, {**said, "names": "в"}).context["form"].errors.keys() == {"names"}
    assert desk.post(there, {"table": "{", "names": "а"}).context["form"].errors


def test_what_is_no_table_is_refused(desk, running, mo):
    there = f"/meetings/{running.pk}/control/voting-file/"
    for content in (b"PK\x03\x04broken", b"\x00\x01", b"only a head"):
        refused = desk.post(there, {"file": SimpleUploadedFile("a.csv", content)})
        assert refused.context["form"].errors.keys() == {"file"}
    over = factories.meeting(State.CLOSED)
    assert desk.get(f"/meetings/{over.pk}/control/voting-file/").status_code == 403
    desk.force_login(mo)
    assert desk.get(there).status_code == 404
