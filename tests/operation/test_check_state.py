"""`viche check_state`: one line, the exit codes of Nagios, JSON."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection

from core.domain.heartbeat import write_heartbeat
from tests.operation.checks.machines import time_server

pytestmark = pytest.mark.django_db


def check(*arguments: str) -> int:
    try:
        call_command("check_state", *arguments)
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


@pytest.fixture
def well(db):
    """A worker lives and writes."""
    write_heartbeat()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")


def test_exit_codes_and_one_line(well, settings, capsys, monkeypatch):
    with time_server(0) as nobody:
        pass
    said = []
    assert check() == 0
    said.append(capsys.readouterr().out)
    settings.STATE_SNTP_SERVER = nobody
    assert check() == 3
    said.append(capsys.readouterr().out)
    settings.STATE_BACKUP_HOURS = 26
    assert check() == 1
    said.append(capsys.readouterr().out)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")
    assert check() == 2
    said.append(capsys.readouterr().out)
    words = ("VICHE OK: ", "VICHE UNKNOWN: Clock: ", "VICHE WARNING: ", "VICHE CRITICAL: Worker")
    for line, beginning in zip(said, words, strict=True):
        assert line.startswith(beginning)
        assert line.count("\n") == 1

    def away() -> None:
        raise OperationalError("password of viche@10.0.0.1")

    monkeypatch.setattr(connection, "ensure_connection", away)
    assert check() == 2
    assert capsys.readouterr().out == "VICHE CRITICAL: Database: It does not answer.\n"


def test_json(well, capsys):
    assert check("--json", "--language", "uk") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["level"] == "ok"
    assert {"check", "subject", "level", "title", "words"} == set(told["findings"][0])
