"""At the end of a run: the table of the seeded faults and of what caught them."""

from __future__ import annotations

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    rows = [
        (value, shown)
        for outcome, shown in (("passed", "caught"), ("failed", "MISSED"))
        for report in terminalreporter.stats.get(outcome, ())
        for name, value in report.user_properties
        if name == "fault" and report.when == "call"
    ]
    if rows:
        terminalreporter.section("seeded faults")
        for fault, outcome in rows:
            terminalreporter.write_line(f"{outcome}  {fault}")
