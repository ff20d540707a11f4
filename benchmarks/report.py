"""The report of 5,000 proposals: published, its page, and its files made as the job makes them.

The files are made in a process of its own, as by a worker; its peak memory is that of it and of
the processes that it starts, together (typst sets the PDF in some). What was made is read back: the
structure of the PDF by pypdf, the DOCX by LibreOffice where the machine has it.
"""

from __future__ import annotations

import multiprocessing
import re
import subprocess
import tempfile
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from shutil import which
from typing import Any

import psutil

from benchmarks import ground

REMARKS = 5_000
#: What is asked for: seconds of all files together, MB of one process.
SECONDS, MEGABYTES = 60, 500
#: How long LibreOffice may take to lay out the DOCX.
OFFICE_SECONDS = 300
_REASON = "Відстань до житла визначено санітарними нормами, тому меншою вона бути не може."


def main() -> None:
    number = ground.consultation_with(REMARKS)
    rows: list[tuple[object, ...]] = []
    begun = time.monotonic()
    edition_id = _publish(number)
    rows.append(("publish", f"{time.monotonic() - begun:.1f} s", "", ""))
    rows.append(_page(number))
    made = _make(edition_id)
    rows.append(
        (
            "DOCX and PDF",
            f"{made['seconds']:.1f} s",
            f"{made['memory']} MB",
            f"≤ {SECONDS} s, ≤ {MEGABYTES} MB",
        )
    )
    ground.table(f"report of {REMARKS:,} proposals", ("what", "seconds", "memory", "asked"), rows)
    read = _read_back(edition_id)
    ground.table("what was made, read back", ("what", "told", "counted", "asked"), read)


def _publish(consultation_id: int) -> int:
    """Settle all remarks, and publish the report as an officer does; the edition's id."""
    from accounts.models import User
    from consultations.models import Consultation, Disposition, Remark
    from consultations.reports import actions
    from core.domain import clock
    from portal.demo.city import email_of

    now = clock.now()
    found = Consultation.objects.filter(pk=consultation_id)
    found.update(opens_at=now - timedelta(days=40), closes_at=now - timedelta(days=1))
    officer = User.objects.get(email=email_of("admin"))
    kinds = ("accepted", "partly", "rejected")
    remarks = Remark.objects.filter(consultation=consultation_id).order_by("pk")
    Disposition.objects.bulk_create(
        Disposition(
            remark=remark,
            kind=kinds[place % 3],
            reason="" if place % 3 == 0 else _REASON,
            resulting_key=remark.clause_key,
            decided_at=now,
            by=officer,
        )
        for place, remark in enumerate(remarks)
    )
    consultation = found.get()
    texts = {"outcome": "Враховано третину.", "summary": "Просять про відстані й тишу. " * 200}
    actions.save(consultation, by=officer, texts=texts)
    return actions.publish(consultation, by=officer).pk


def _page(consultation_id: int) -> tuple[object, ...]:
    """The first page of the report, drawn anew at each request."""
    with ground.pages(SHARED_PAGE_SECONDS="0") as base:
        measured = ground.load(f"{base}/consultations/{consultation_id}/report/", seconds=4)
    return ("page", f"{measured['p50'] / 1000:.3f} s", "", "")


def _make(edition_id: int) -> dict[str, Any]:
    """Make the files in another process; its seconds, and the most MB that it and the processes
    that it starts had together."""
    context = multiprocessing.get_context("spawn")
    queue: Any = context.Queue()
    process = context.Process(target=make_files, args=(edition_id, queue))
    process.start()
    family = psutil.Process(process.pid)
    most = 0
    while process.is_alive():
        most = max(most, _memory(family))
        time.sleep(0.05)
    made: dict[str, Any] = queue.get(timeout=60)
    if "error" in made:
        raise SystemExit(made["error"])
    return {**made, "memory": most // 2**20}


def _memory(family: psutil.Process) -> int:
    total = 0
    with suppress(psutil.NoSuchProcess):
        for each in (family, *family.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                total += each.memory_info().rss
    return total


def make_files(edition_id: int, queue: Any) -> None:
    """What the job does, in a process that nothing else has used."""
    import django

    django.setup()
    from consultations.reports import files

    begun = time.monotonic()
    try:
        files.make_files(edition_id)
    except Exception as error:
        queue.put({"error": repr(error)})
        raise
    queue.put({"seconds": time.monotonic() - begun})


def _read_back(edition_id: int) -> list[tuple[object, ...]]:
    from pypdf import PdfReader

    from consultations.models import Edition

    edition = Edition.objects.get(pk=edition_id)
    with edition.pdf.open("rb") as file:
        reader = PdfReader(file)
        tags = _count_tags(reader)
        told = f"{len(reader.pages)} pages, {reader.root_object['/Lang']}, {edition.pdf.size} B"
    counted = ", ".join(f"{name} {tags.get(name, 0):,}" for name in ("/H1", "/H2", "/TH", "/TR"))
    lines: list[tuple[object, ...]] = [("PDF", told, counted, f"/TR > {REMARKS:,}")]
    if office := which("soffice"):
        lines.append(("DOCX in LibreOffice", *_open_in_office(office, edition), f"{REMARKS:,}"))
    return lines


def _count_tags(reader: Any) -> dict[str, int]:
    """How many elements of each kind the structure of the PDF has."""
    counts: dict[str, int] = {}
    waiting = [reader.root_object["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            if "/S" in node and "/Type" in node and node["/Type"] != "/StructElem":
                continue
            if "/S" in node:
                counts[node["/S"]] = counts.get(node["/S"], 0) + 1
            if "/K" in node:
                waiting.append(node["/K"])
    return counts


def _run(command: list[str]) -> bool:
    """Whether it ended well within OFFICE_SECONDS."""
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=OFFICE_SECONDS)
    except subprocess.TimeoutExpired:
        return False
    return True


def _open_in_office(office: str, edition: Any) -> tuple[str, str]:
    """Let LibreOffice open the DOCX and say its text: seconds, and how many rows it has."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with edition.docx.open("rb") as file:
            (folder / "report.docx").write_bytes(file.read())
        done = _run(
            [
                *(office, "--headless", f"-env:UserInstallation=file://{folder}/profile"),
                *("--convert-to", "txt:Text (encoded):UTF8", "--outdir", name),
                str(folder / "report.docx"),
            ],
        )
        if not done:
            return f"> {OFFICE_SECONDS} s", "not opened"
        text = (folder / "report.txt").read_text("utf-8")
    rows = len(re.findall(re.escape(_REASON), text))
    return f"{time.monotonic() - begun:.1f} s", f"{rows:,} reasons, {len(text):,} characters"
