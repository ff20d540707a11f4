"""The demo city's published report: dispositions of what was said, and the edition itself.

Written by the models with dates in the past, as the rest of the demo city: the actions publish now
and tell people.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from accounts.models import User
from consultations.models import Consultation, Disposition, Remark, Report, ReportVersion
from consultations.reports import actions, queries
from consultations.reports.rows import remarks_of
from demo import city, content
from discussions.models import Comment
from drafts.versions.published import Text

_FILE = Path(__file__).resolve().parent / "reports.toml"
#: What a reply of the council begins with -> the disposition that it tells.
_BEGINNINGS = {"Враховано частково": "partly", "Враховано": "accepted", "Відхилено": "rejected"}
_NOTHING_PROPOSED = "Пропозиції до тексту немає; відгук узято до відома."


def load_reports(people: Mapping[str, User]) -> None:
    """Put in the report of each consultation that reports.toml describes."""
    described = tomllib.loads(_FILE.read_text("utf-8"))
    for slug, report in described.items():
        told = content.table(slug, "consultation.toml")
        consultation = Consultation.objects.get(title=told["title"])
        officer = people[told["officer"]]
        _number(consultation)
        _settle(consultation, report, officer)
        _publish(consultation, report, officer)


def _number(consultation: Consultation) -> None:
    """Number what has no number yet, in the order of receipt."""
    remarks = Remark.objects.filter(consultation=consultation)
    last = remarks.exclude(number=None).count()
    unnumbered = list(remarks.filter(number=None).order_by("pk"))
    for place, remark in enumerate(unnumbered, last + 1):
        remark.number = place
    Remark.objects.bulk_update(unnumbered, ["number"])


def _settle(consultation: Consultation, report: Mapping[str, Any], officer: User) -> None:
    _first, text = queries.texts_of(consultation)
    by_email = {city.email_of(name): name for name in (*report["kinds"], *report["reasons"])}
    remarks = remarks_of(consultation).filter(disposition=None)
    found = list(remarks.select_related("comment__author"))
    replies = dict(
        Comment.objects.filter(parent__in=[each.pk for each in found], is_official=True)
        .order_by("-pk")
        .values_list("parent", "text")
    )
    at = _reported_at(consultation)
    Disposition.objects.bulk_create(
        Disposition(
            remark=remark,
            kind=kind,
            reason=reason,
            resulting_key=_resulting(remark, kind, text),
            by=officer,
            decided_at=at,
            approved_by=officer,
            approved_at=at,
            changed_at=at,
        )
        for remark in found
        for kind, reason in [_decision(remark, replies.get(remark.pk, ""), report, by_email)]
    )


def _decision(
    remark: Remark, reply: str, report: Mapping[str, Any], by_email: Mapping[str, str]
) -> tuple[str, str]:
    """The disposition and its reason, as the reply tells them."""
    author = remark.comment.author
    name = by_email.get(author.email, "") if author else ""
    kind = next((kind for begin, kind in _BEGINNINGS.items() if reply.startswith(begin)), "noted")
    kind = report["kinds"].get(name, kind)
    without_words = "" if kind == Disposition.Kind.ACCEPTED else _NOTHING_PROPOSED
    return kind, report["reasons"].get(name) or reply or without_words


def _resulting(remark: Remark, kind: str, text: Text | None) -> Any:
    """The clause that it led to: the one of which it spoke, where that is in the newest text."""
    is_taken = kind in (Disposition.Kind.ACCEPTED, Disposition.Kind.PARTLY)
    is_there = text is not None and remark.clause_key in text.by_key
    return remark.clause_key if is_taken and is_there else None


def _publish(consultation: Consultation, report: Mapping[str, Any], officer: User) -> None:
    at = _reported_at(consultation)
    texts = queries.first_texts(consultation) | {
        name: report[name].strip() for name in ("summary", "events", "changes")
    }
    working = Report.objects.create(
        consultation=consultation, changed_at=at, changed_by=officer, **texts
    )
    ReportVersion.objects.create(report=working, number=1, texts=working.texts, by=officer, at=at)
    edition = actions.make_edition(consultation, working, by=officer, at=at, reason="")
    actions.remake_files([edition.pk])


def _reported_at(consultation: Consultation) -> datetime:
    if consultation.reported_at is None:
        raise ValueError(f"{consultation} is not reported")
    return consultation.reported_at
