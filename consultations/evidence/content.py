"""The documents of a bundle: what was announced, dates, text and versions, files, reports."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.db.models.fields.files import FieldFile

from consultations.models import Attachment, Consultation, Decision, Edition
from consultations.reports.manifest import lines_of
from drafts.models import Clause, Version

#: A file of a bundle: its name, and what reads it.
type Part = tuple[str, Callable[[], Iterator[bytes]]]

_README = """\
ДОКАЗИ ПРОЦЕДУРИ: консультація № {number} «{title}», {site}

manifest.json        усі файли з їхніми SHA-256; сам він записаний у manifest.sha256
consultation.json    оголошення консультації, процедура, підсумок
dates.jsonl          кожна зміна дат: коли, хто (без імені – автоматично), чому
text/                редакції тексту, пункт за пунктом
comments.jsonl       зауваження, відповіді; про приховані – лише хеш і підстава
dispositions.jsonl   таблиця врахування пропозицій
notices.jsonl        кого і коли сповіщено
files/, reports/     додані файли; оприлюднені звіти та їхні маніфести
chain/               записи журналу дій і ланки його ланцюга

Час у файлах – за UTC: у Києві на дві години більше взимку, на три влітку.

Перевірити: viche verify_bundle ФАЙЛ.zip, або без сайту, самим лише Python 3.12:
python3 consultations/evidence/verifying.py ФАЙЛ.zip (програма – у вихідному коді «Віче»).
Хеш manifest.json і голова ланцюга мають збігатися з тими, що їх показує сайт:
{site}/ledger/audit/
"""


def parts_of(consultation: Consultation) -> list[Part]:
    """What the council published of it."""
    attachments = list(consultation.attachments.order_by("pk"))
    editions = list(Edition.objects.filter(consultation=consultation).order_by("number"))
    return [
        ("README.txt", lambda: iter([_readme(consultation).encode()])),
        ("consultation.json", lambda: as_json(_facts(consultation))),
        ("dates.jsonl", lambda: as_lines(_dates(consultation))),
        *_versions(consultation),
        *(_attachment(each) for each in attachments),
        *(part for each in editions for part in _edition(each)),
    ]


def as_json(value: dict[str, Any]) -> Iterator[bytes]:
    """An object over several lines."""
    yield _dump(value, indent=2) + b"\n"


def as_lines(rows: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    """Objects, one a line."""
    for row in rows:
        yield _dump(row) + b"\n"


def _dump(value: dict[str, Any], indent: int | None = None) -> bytes:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str, indent=indent)
    return text.encode()


def _readme(consultation: Consultation) -> str:
    return _README.format(number=consultation.pk, title=consultation.title, site=settings.SITE_URL)


_PUBLISHED = (
    *("title", "summary", "brief", "brief_en", "problem", "options", "affected", "on_paper"),
    *("contact_person", "contact_details", "announced_at", "opens_at", "closes_at"),
    *("chosen_option", "how_held", "report_how", "checklist"),
    "report_due_on",
    *("short_period_reason", "asks_full_name", "reported_at", "outcome"),
    *("withdrawn_at", "withdrawn_reason"),
)


def _facts(consultation: Consultation) -> dict[str, Any]:
    procedure = consultation.procedure
    decision = Decision.objects.filter(consultation=consultation).values(
        *(
            "outcome",
            "decided_on",
            "early_ground",
            "number",
            "url",
            "reason",
            "votes_for",
            "against",
        ),
        *("abstained", "not_voting", "members", "roll_call_url", "at"),
    )
    return {
        **{name: getattr(consultation, name) for name in _PUBLISHED},
        "number": consultation.pk,
        "url": f"{settings.SITE_URL}{consultation.get_absolute_url()}",
        "procedure": {"name": procedure.name, "legal_basis": procedure.legal_basis},
        "department": consultation.department.name,
        "links": list(consultation.links.order_by("pk").values("title", "url")),
        "decision": decision.first(),
    }


def _dates(consultation: Consultation) -> Iterator[dict[str, Any]]:
    for change in consultation.date_changes.select_related("by").order_by("pk"):
        yield {
            "at": change.at,
            # None: by a job, for an outage.
            "by": change.by.public_name if change.by else None,
            "reason": change.reason,
            "before": {"opens_at": change.old_opens_at, "closes_at": change.old_closes_at},
            "after": {"opens_at": change.new_opens_at, "closes_at": change.new_closes_at},
        }


def _versions(consultation: Consultation) -> Iterator[Part]:
    published = Version.objects.filter(draft=consultation.draft_id, published_at__isnull=False)
    for version in published.order_by("number"):
        yield f"text/version-{version.number}.jsonl", _reader_of(version)


def _reader_of(version: Version) -> Callable[[], Iterator[bytes]]:
    def read() -> Iterator[bytes]:
        yield _dump({"version": version.number, "published_at": version.published_at}) + b"\n"
        clauses = Clause.objects.filter(version=version).order_by("position")
        columns = ("key", "kind", "marker", "label", "text")
        yield from as_lines(dict(row) for row in clauses.values(*columns).iterator(500))

    return read


def _attachment(attachment: Attachment) -> Part:
    ending = str(attachment.file.name).rpartition(".")[2].lower()
    ending = f".{ending}" if ending.isascii() and ending.isalnum() and len(ending) <= 5 else ""
    return f"files/{attachment.pk}{ending}", lambda: _read(attachment.file)


def _edition(edition: Edition) -> Iterator[Part]:
    name = f"reports/edition-{edition.number}"

    def manifest() -> Iterator[bytes]:
        rows = edition.rows.order_by("place").iterator(500)
        return (f"{line}\n".encode() for line in lines_of(edition, rows))

    yield f"{name}.manifest.jsonl", manifest
    if edition.has_files:
        yield f"{name}.docx", lambda: _read(edition.docx)
        yield f"{name}.pdf", lambda: _read(edition.pdf)


def _read(file: FieldFile) -> Iterator[bytes]:
    with file.open("rb") as opened:
        yield from opened.chunks()
