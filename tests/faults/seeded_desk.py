"""Faults in what the desk does with many at once: files that come back, hundreds, loads."""

from __future__ import annotations

from tests.faults.fault import Fault

_EDITED = "tests/consultations/sheets/test_edited_by_hand.py"

DESK_FAULTS = (
    Fault(
        "a formula without a value that reads as an empty cell",
        "core/export/spreadsheets.py",
        "    is_unknown = cell.value is None or",
        "    is_unknown = False and",
        f"{_EDITED}::test_a_formula_without_a_value_refuses_its_line",
    ),
    Fault(
        "a line without its mark that is taken as if nobody had changed the row",
        "consultations/sheets/comparing.py",
        "    outcome = Outcome.UNCHECKED\n",
        "    outcome = Outcome.CHANGES\n",
        f"{_EDITED}::test_an_emptied_mark_is_unchecked_and_off_by_default",
    ),
    Fault(
        "many appeals that go on though not all that was shown was done",
        "appeals/many/parts.py",
        "        if not self.page.next_cursor or ticked < shown:",
        "        if not self.page.next_cursor:",
        "tests/appeals/many/test_many.py::test_a_part_of_what_is_shown_does_not_go_on",
    ),
    Fault(
        "a row that counts for its table's department, though another was given it",
        "consultations/dispositions/load_by_person.py",
        "        key = (department or owner, person)",
        "        key = (owner, person)",
        "tests/portal/test_load_by_person.py::test_rows_of_tables_by_their_last_days",
    ),
)
