"""`viche check_state`: the installation's state in one line, with exit codes as Nagios has them."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, connection
from django.utils import translation
from django.utils.translation import gettext as _

from core.state.registry import Finding, Level, Result, run_checks, worst


class Command(BaseCommand):
    help = "Says in one line how the installation is. Exit code: 0 well, 1 warning, 2 critical,"
    help += " 3 unknown."
    #: They would be asked each time, and are by bin/serve.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="all findings, for programs")
        parser.add_argument("--language", choices=["uk", "en"], default="en")

    def handle(self, *args: Any, language: str, **options: Any) -> None:
        with translation.override(language):
            results = find_state()
            level = worst(results)
            said = _as_json(level, results) if options["json"] else _line(level, results)
        self.stdout.write(said)
        if level is not Level.OK:
            raise SystemExit(int(level))


def find_state() -> list[Result]:
    """Findings of all checks; while the database is away, that alone."""
    try:
        connection.ensure_connection()
    except DatabaseError:
        away = Finding(Level.CRITICAL, _("It does not answer."))
        return [Result("database", _("Database"), away)]
    return run_checks()


def _line(level: Level, results: list[Result]) -> str:
    """The level and what is not well, the worst first."""
    bad = sorted(
        (each for each in results if each.level is not Level.OK),
        key=lambda each: each.level is not Level.CRITICAL,
    )
    if not bad:
        return f"VICHE OK: {settings.VERSION}, {len(results)} findings"
    told = "; ".join(
        f"{each.title}{f' {each.subject}' if each.subject else ''}: {each.words}" for each in bad
    )
    return f"VICHE {level.name}: {told}"


def _as_json(level: Level, results: list[Result]) -> str:
    findings = [
        {
            "check": each.name,
            "subject": each.subject,
            "level": each.level.name.lower(),
            "title": str(each.title),
            "words": str(each.words),
        }
        for each in results
    ]
    whole = {"level": level.name.lower(), "version": settings.VERSION, "findings": findings}
    return json.dumps(whole, ensure_ascii=False, indent=1)
