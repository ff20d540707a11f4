"""Where each article of law 3841-IX is proved: the table that a lawyer asks for.

A row is the article and the tests that fail when Viche does not hold it.
"""

from __future__ import annotations

import pytest
from django.conf import settings

_C = "tests/consultations"
_LIST = f"{_C}/checklist/test_checklist.py"
ROWS = {
    "7(2)1 who holds it": [f"{_LIST}::test_the_body_is_always_named"],
    "7(2)2-7 contents": [f"{_LIST}::test_it_is_not_announced_without"],
    "7(6) kept five years": [
        f"{_C}/remarks/test_stays_in_the_record.py::",
        f"{_C}/reports/test_report_names.py::",
        "tests/core/audit/test_chain.py::test_entries_that_prove_something_are_kept_opened",
    ],
    "7(7) notice boards": [f"{_LIST}::test_the_document_is_put_up_between_announcement_and_today"],
    "7(8) elections": [f"{_LIST}::test_no_consultation_touches_an_election"],
    "12(2) discussion": [f"{_LIST}::test_it_is_not_reported_without"],
    "12(3) events": [f"{_LIST}::test_a_discussion_is_published_three_working_days_before"],
    "13 fifteen working days": [f"{_LIST}::test_the_least_term_is_fifteen_working_days"],
    "14(2) national platform": [f"{_LIST}::test_it_is_not_announced_without"],
    "15(1) name and contact": [f"{_C}/reports/test_names_with_proposals.py::"],
    "15(2) public with the name": [
        f"{_C}/reports/test_names_with_proposals.py::",
        f"{_LIST}::test_every_proposal_is_public_in_time",
    ],
    "15(3) closed list": [
        f"{_C}/dispositions/test_hiding.py::test_a_ground_of_the_law_frees_the_council",
        f"{_C}/reports/test_names_with_proposals.py::"
        "test_without_name_or_contact_it_is_neither_published_nor_considered",
    ],
    "15(4) each is studied": [f"{_C}/reports/test_report.py::"],
    "15(5) no single replies": [f"{_C}/remarks/test_answer.py::"],
    "15(6) answers as open data": [
        f"{_C}/test_opendata.py::test_replies_stand_beside_what_they_answer"
    ],
    "16 urgent acts": [
        f"{_C}/acts/test_urgent_acts.py::",
        f"{_LIST}::test_an_urgent_act_is_in_the_register_with_its_grounds",
    ],
    "18(1) adoption waits": [f"{_C}/decisions/test_decision_day.py::"],
    "18(2) provable": [
        f"{_C}/evidence/test_record.py::test_what_the_sites_role_changes_is_found",
        f"{_C}/evidence/test_attackers.py::test_the_sites_role",
        f"{_C}/evidence/test_verifier.py::",
    ],
    "19(1) the report's contents": [
        f"{_LIST}::test_it_is_not_reported_without",
        f"{_LIST}::test_participants_are_named_as_the_report_names_them",
        f"{_C}/reports/test_report.py::",
    ],
    "19(2) with the revised draft": [
        f"{_LIST}::test_a_version_after_the_close_is_the_revised_draft"
    ],
    "20 yearly report": ["tests/insights/indicators/test_year_report.py::"],
}


@pytest.mark.parametrize("row", ROWS)
def test_each_article_has_its_proof(row):
    for each in ROWS[row]:
        path, _, name = each.partition("::")
        text = (settings.BASE_DIR / path).read_text(encoding="utf-8")
        assert f"def {name}(" in text if name else "def test_" in text, each
