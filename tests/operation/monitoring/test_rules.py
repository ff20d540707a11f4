"""Alerts and the board for a monitor: valid, and each figure that they name exists."""

from __future__ import annotations

import json
import re
import shutil
import subprocess

import pytest
import yaml
from django.conf import settings
from prometheus_client.parser import text_string_to_metric_families

from core.domain import outbox
from core.domain.heartbeat import write_heartbeat
from core.models import StateFault
from core.state.runs import record_run
from tests.operation.checks.test_faults import run

FOLDER = settings.BASE_DIR / "deploy/monitoring"
RULES, BOARD = FOLDER / "viche.rules.yml", FOLDER / "grafana.json"
MEASURED = "core.web.middleware.measured.Measured"


def rules() -> list[dict[str, str]]:
    return yaml.safe_load(RULES.read_text())["groups"][0]["rules"]


def expressions() -> list[str]:
    board = json.loads(BOARD.read_text())
    shown = [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    return [*(rule["expr"] for rule in rules()), *shown]


@pytest.mark.django_db
def test_each_figure_that_they_name_exists(client, settings, db):
    settings.METRICS_ALLOWED = ["127.0.0.0/8"]
    settings.MIDDLEWARE = [settings.MIDDLEWARE[0], MEASURED, *settings.MIDDLEWARE[1:]]
    write_heartbeat()
    record_run("backup")
    StateFault.objects.create(name="mail", level=2, words="")
    pk = outbox.defer("notifications.jobs.tell_followers", activity_id=0)
    run("UPDATE procrastinate_jobs SET attempts = 3 WHERE id = %s", pk)
    client.get("/petitions/")
    text = client.get("/metrics").content.decode()
    told = {sample.name for each in text_string_to_metric_families(text) for sample in each.samples}
    named = {name for each in expressions() for name in re.findall(r"\bviche_\w+", each)}
    assert named - told == set()
    assert len(named) >= 10
    assert 'viche_faults{check="mail",level="critical"} 1.0' in text
    assert 'viche_run_ok{run="backup"} 1.0' in text


def test_each_alert_says_how_bad_it_is_and_what_it_is():
    for rule in rules():
        assert rule["labels"]["severity"] in ("warning", "critical", "{{ $labels.level }}")
        assert rule["annotations"]["summary"]


@pytest.mark.parametrize(
    "command", [("check", "rules", RULES.name), ("test", "rules", "viche.rules.test.yml")]
)
def test_promtool_accepts_the_rules(command):
    promtool = shutil.which("promtool")
    if promtool is None:
        pytest.skip("promtool is not installed (on Debian: apt-get install prometheus)")
    done = subprocess.run([promtool, *command], cwd=FOLDER, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
