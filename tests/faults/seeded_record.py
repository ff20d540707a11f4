"""Faults of the record and its evidence, each with the test that is named for catching it."""

from __future__ import annotations

from tests.faults.fault import Fault

_RECORD = "tests/consultations/evidence/test_record.py"
_ATTACKERS = "tests/consultations/evidence/test_attackers.py"

RECORD_FAULTS = (
    Fault(
        "a hiding that leaves no row of record",
        "consultations/evidence/recorders.py",
        "CommentDeleted, CommentHidden, CommentRestored),",
        "CommentDeleted, CommentRestored),",
        f"{_RECORD}::test_each_act_leaves_its_row",
    ),
    Fault(
        "a falsification that the upgrade enters into the record",
        "core/audit_log/beginning.py",
        '        if any(source.first in ("", kind) for kind, _number in last):',
        "        if not last and source.first is None:",
        f"{_RECORD}::test_what_is_older_is_entered_once",
    ),
    Fault(
        "a comparison in one way alone",
        "core/audit_log/comparing.py",
        "        if not row.is_gone and kind not in COUNTED_ONCE:",
        "        if row.is_gone and kind not in COUNTED_ONCE:",
        f"{_RECORD}::test_what_the_sites_role_changes_is_found[no-link]",
    ),
    Fault(
        "an erasure that leaves names in the record",
        "consultations/evidence/handlers.py",
        "@within(PublicNameChanged, UserErased)",
        "@within(PublicNameChanged)",
        f"{_RECORD}::test_an_erasure_takes_names_and_leaves_the_words_provable",
    ),
    Fault(
        "an entry that is dated back",
        "core/audit_log/checking.py",
        "        if verified.until and entry.at < verified.until - LATE:",
        "        if verified.until and entry.at < verified.until - 900 * LATE:",
        f"{_ATTACKERS}::test_the_sites_role[entry_dated_back]",
    ),
    Fault(
        "an entry that proves a procedure and is cut",
        "core/audit_log/trimming.py",
        'if "record" in each.ids or each.event in KEPT]',
        "if each.event in KEPT]",
        "tests/core/audit/test_chain.py::test_entries_that_prove_something_are_kept_opened",
    ),
)
