"""What Lighthouse says of the public pages on a phone, beside what is asked for.

Lighthouse is no part of the product: LIGHTHOUSE names its cli/index.js, wherever npm has put it.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.urls import reverse

from appeals.models import Answer
from benchmarks import ground
from benchmarks.fanout import hub
from city.models import District
from consultations.models import Consultation, Remark
from meetings.models import Meeting
from newsroom.models import Article
from petitions.models import Petition
from tests.plugins.browser import CHROMIUM, QUIET
from votes.models import Poll

RUNS = int(os.environ.get("BENCH_RUNS", "3"))
#: A browser on a busy machine may be lost; so often it is started again.
TRIES = 3
#: Points at least.
ASKED = {"performance": 98, "accessibility": 100, "best-practices": 100}
#: What the points of performance rest on.
FIGURES = {
    "first-contentful-paint": "FCP, s",
    "largest-contentful-paint": "LCP, s",
    "total-blocking-time": "TBT, ms",
    "cumulative-layout-shift": "CLS",
}


def main() -> None:
    program = os.environ.get("LIGHTHOUSE", "")
    if CHROMIUM is None or not Path(program).is_file():
        print("lighthouse: needs Chromium, and LIGHTHOUSE=…/lighthouse/cli/index.js (from npm)")
        return
    pages = list(public_pages())
    with hub() as (port, _), ground.pages(LIVE_URL=f"ws://{ground.HOST}:{port}/live/") as base:
        rows = [
            _row(name, path, [_judge(program, base + path) for _ in range(RUNS)])
            for name, path in pages
        ]
    ground.table(
        f"Lighthouse on a phone (its simulated slow 4G, median of {RUNS})",
        ("page", *ASKED, *FIGURES.values(), "below"),
        rows,
    )


def public_pages() -> Iterator[tuple[str, str]]:
    """Each kind of public page."""
    consultation = Consultation.objects.open().order_by("pk").first()
    petition = Petition.objects.published().order_by("pk").first()
    poll, counted = Poll.objects.open().first(), Poll.objects.with_results().first()
    yield "home", reverse("portal:home")
    yield "consultations", reverse("consultations:list")
    yield "a consultation", consultation.get_absolute_url()
    yield "petitions", reverse("petitions:list")
    yield "a petition", petition.get_absolute_url()
    yield "polls", reverse("votes:list")
    yield "a poll", poll.get_absolute_url()
    yield "results", reverse("votes:results", args=[counted.pk])
    reported = Consultation.objects.exclude(reported_at=None).order_by("pk").first()
    remark = Remark.objects.filter(consultation=reported).order_by("pk").first()
    yield "a report", reverse("consultations:report", args=[reported.pk])
    yield "a remark", reverse("consultations:remark", args=[reported.pk, remark.pk])
    yield "meetings", reverse("meetings:list")
    yield "a meeting", Meeting.objects.published().order_by("-begins_at").first().get_absolute_url()
    yield "news", reverse("newsroom:list")
    yield "an article", Article.objects.published().order_by("pk").first().get_absolute_url()
    yield "a district", reverse("portal:district", args=[District.objects.first().slug])
    answer = Answer.objects.published().order_by("pk").first()
    yield "answers", reverse("appeals:answers")
    yield "an answer", reverse("appeals:answer", args=[answer.pk])
    yield "an appeal", reverse("appeals:new")
    yield "indicators", reverse("indicators:overview")
    yield "about", reverse("pages:list")
    yield "privacy", reverse("privacy")
    yield "search", reverse("portal:search") + "?q=%D1%80%D0%B5%D0%BC%D0%BE%D0%BD%D1%82"
    yield "sign in", reverse("account_login")
    yield "sign up", reverse("account_signup")


def _judge(program: str, url: str) -> dict[str, Any]:
    """Lighthouse's report on the page."""
    node = shutil.which("node") or str(Path(sys.executable).with_name("node"))
    command = [
        *(node, program, url, "--output=json", "--quiet", "--locale=en"),
        *("--only-categories=" + ",".join(ASKED), "--max-wait-for-load=30000"),
        "--throttling-method=simulate",
        f"--chrome-flags=--headless=new {' '.join(QUIET)}",
    ]
    env = {**os.environ, "CHROME_PATH": CHROMIUM or ""}
    for _ in range(TRIES):
        done = subprocess.run(command, env=env, check=False, capture_output=True, text=True)
        if done.returncode == 0:
            return dict(json.loads(done.stdout))
    raise SystemExit(f"lighthouse fails on {url}: {done.stderr[-500:]}")


def _row(name: str, path: str, reports: list[dict[str, Any]]) -> tuple[object, ...]:
    points = {
        kind: round(100 * statistics.median(each["categories"][kind]["score"] for each in reports))
        for kind in ASKED
    }
    figures = {
        kind: statistics.median(each["audits"][kind]["numericValue"] for each in reports)
        for kind in FIGURES
    }
    below = [kind for kind, least in ASKED.items() if points[kind] < least]
    if figures["cumulative-layout-shift"] > 0:
        below.append("CLS")
    if below:
        print(f"{name} ({path}): {'; '.join(_reasons(reports[-1], below))}", file=sys.stderr)
    print(f"{name}: {', '.join(map(str, points.values()))}", file=sys.stderr)
    return (
        name,
        *points.values(),
        f"{figures['first-contentful-paint'] / 1000:.1f}",
        f"{figures['largest-contentful-paint'] / 1000:.1f}",
        f"{figures['total-blocking-time']:.0f}",
        f"{figures['cumulative-layout-shift']:.3f}",
        ", ".join(below) or "–",
    )


def _reasons(report: dict[str, Any], below: list[str]) -> Iterator[str]:
    """What Lighthouse holds against the page in the kinds that are below."""
    for kind in below:
        for one in report["categories"].get(kind, {}).get("auditRefs", ()):
            audit = report["audits"][one["id"]]
            if one["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                yield f"{audit['title']} ({audit.get('displayValue') or audit['score']})"
