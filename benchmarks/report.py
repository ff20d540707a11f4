"""The report of 5,000 proposals: published, its pages, and its files made as the job makes them.

The files are made in a process of its own, as by a worker; its peak memory is that of it and of
the processes that it starts, together (typst sets the PDF in some). What was made is read back: the
structure of the PDF by pypdf, the DOCX by LibreOffice where the machine has it. Each proposal and
each reason has its number in its words, so that none can be missed.

Each line is printed when it is known, and each step has its limit (LIMIT), after which it is ended
and the next one begins. Needs no demo city. BENCH_ROWS: how many proposals.
"""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from html import unescape
from itertools import cycle, islice
from pathlib import Path
from shutil import which
from typing import Any

import psutil
from django.db import connection
from django.test import Client

from benchmarks import ground

ROWS = int(os.environ.get("BENCH_ROWS", "5000"))
#: What is asked for: seconds of all files together, MB of their processes together.
SECONDS, MEGABYTES = 60, 500
#: Seconds of a step.
LIMIT = 300
_PEOPLE = 500
#: The number of a proposal and of a reason in their words.
_PROPOSAL, _REASON = "Пропозиція-{}-кінець", "Підстава-{}-кінець"
_NEXT = re.compile(r'href="([^"]+)" rel="next"')


class _TooLongError(Exception):
    """A step has taken LIMIT seconds."""


def main() -> None:
    say = ground.lines(
        f"report of {ROWS:,} proposals",
        ("what", "took", "memory", "told", "asked"),
        (22, 10, 9, 60, 20),
    )
    with tempfile.TemporaryDirectory(prefix="viche-report-") as folder:
        _keep_files_in(folder)
        with _limited(), _timed() as took:
            consultation, officer = _fill()
        say("rows are written", took(), "", "", "")
        with _limited(), _timed() as took:
            edition = _publish(consultation, officer)
        say("published", took(), "", "", "")
        with _limited():
            say(*_read_pages(consultation.pk))
        for line in _make_files(edition):
            say(*line)
        for read in (_read_pdf, _open_in_office):
            with _limited():
                for line in read(edition):
                    say(*line)


def _keep_files_in(folder: str) -> None:
    """Here, and in the processes that this one starts."""
    from django.conf import settings

    os.environ["MEDIA_ROOT"] = folder
    settings.MEDIA_ROOT = folder


@contextmanager
def _timed() -> Iterator[Any]:
    began = time.monotonic()
    yield lambda: f"{time.monotonic() - began:.1f} s"


@contextmanager
def _limited() -> Iterator[None]:
    """End what takes longer than LIMIT, and say so."""

    def end(_signal: int, _frame: Any) -> None:
        raise _TooLongError

    former = signal.signal(signal.SIGALRM, end)
    signal.alarm(LIMIT)
    try:
        yield
    except _TooLongError:
        raise SystemExit(f"bin/bench report: a step took more than {LIMIT} s.") from None
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, former)


def _fill() -> tuple[Any, Any]:
    """A closed consultation, every proposal of which is settled; and its officer."""
    from accounts.models import User
    from consultations.models import Disposition, Remark, State
    from core.domain import clock
    from discussions.models import Comment
    from drafts.versions.published import text_of
    from tests import factories
    from tests.honest_remarks import honest

    department = factories.department("Відділ звітів", slug="report")
    officer = factories.user("report-officer", role="officer", department=department)
    made = factories.consultation(department, State.CLOSED)
    people = User.objects.bulk_create(
        User(email=f"report-{n}@viche.example", given_name=f"Людина {n}", password="!")
        for n in range(_PEOPLE)
    )
    text = text_of(made.draft.versions.get().pk)
    clauses = [clause for clause in text.clauses if clause.label]
    texts = islice(cycle(honest(1000)), ROWS)
    comments = Comment.objects.bulk_create(
        (
            Comment(
                thread_id=made.thread_id,
                author=people[place % _PEOPLE],
                text=f"{words} {_PROPOSAL.format(place)}.",
                html="",
            )
            for place, words in enumerate(texts)
        ),
        batch_size=1000,
    )
    remarks = Remark.objects.bulk_create(
        (
            Remark(
                comment=comment,
                consultation=made,
                number=place + 1,
                clause_id=clauses[place % len(clauses)].pk,
                clause_key=clauses[place % len(clauses)].key,
            )
            for place, comment in enumerate(comments)
        ),
        batch_size=1000,
    )
    kinds, now = ("accepted", "partly", "rejected"), clock.now()
    Disposition.objects.bulk_create(
        (
            Disposition(
                remark=remark,
                kind=kinds[place % 3],
                reason="Відстань до житла визначено санітарними нормами, тому меншою вона бути не "
                f"може. {_REASON.format(place)}.",
                resulting_key=remark.clause_key,
                decided_at=now,
                by=officer,
            )
            for place, remark in enumerate(remarks)
        ),
        batch_size=1000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return made, officer


def _publish(consultation: Any, officer: Any) -> Any:
    from consultations.reports import actions

    texts = {"outcome": "Враховано третину.", "summary": "Просять про відстані й тишу. " * 200}
    actions.save(consultation, by=officer, texts=texts)
    return actions.publish(consultation, by=officer)


def _read_pages(consultation_id: int) -> tuple[str, ...]:
    """All pages of the report, one after another as a reader goes, each drawn anew."""
    client, taken, seen = Client(headers={"host": "localhost"}), [], Counter[str]()
    address = path = f"/consultations/{consultation_id}/report/"
    while path:
        began = time.monotonic()
        answer = client.get(path)
        taken.append(1000 * (time.monotonic() - began))
        assert answer.status_code == 200, (path, answer.status_code)
        seen.update(_numbers(_REASON, answer.text))
        following = _NEXT.search(answer.text)
        path = address + unescape(following[1]) if following else ""
    assert len(seen) == ROWS, f"{len(seen)} rows on the pages"
    assert set(seen.values()) == {1}
    taken.sort()
    told = f"{len(taken)} pages, {len(seen):,} rows, slowest {taken[-1]:.0f} ms"
    return ("a page", f"{taken[len(taken) // 2]:.0f} ms", "", told, "in pages")


def _numbers(pattern: str, text: str) -> list[str]:
    return re.findall(pattern.format(r"(\d+)"), text)


def _make_files(edition: Any) -> Iterator[tuple[str, ...]]:
    """Make the files in another process; the seconds of each, and the most MB that it and the
    processes that it starts had together meanwhile."""
    from consultations.models import Edition

    context = multiprocessing.get_context("spawn")
    process = context.Process(target=make_files, args=(edition.pk,))
    began = before = time.monotonic()
    process.start()
    family, most, highest, steps = psutil.Process(process.pid), 0, 0, [("PDF", 70), ("DOCX", 100)]
    while steps and time.monotonic() - began < LIMIT:
        is_alive = process.is_alive()  # asked before what it has left
        most = max(most, _memory(family))
        progress = Edition.objects.values_list("progress", flat=True).get(pk=edition.pk)
        while steps and progress >= steps[0][1]:
            now = time.monotonic()
            yield steps.pop(0)[0], f"{now - before:.1f} s", f"{most // 2**20} MB", "", ""
            highest, most, before = max(highest, most), 0, now
        if not is_alive:
            break
        time.sleep(0.1)
    process.join(5)
    if steps:
        _end(family)
        raise SystemExit(f"bin/bench report: no {steps[0][0]}; the job ended: {process.exitcode}")
    took, memory = f"{time.monotonic() - began:.1f} s", f"{highest // 2**20} MB"
    told = "by a worker of its own, with its start"
    yield "both files", took, memory, told, f"≤ {SECONDS} s, ≤ {MEGABYTES} MB"


def _memory(family: psutil.Process) -> int:
    total = 0
    with suppress(psutil.NoSuchProcess):
        for each in (family, *family.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                total += each.memory_info().rss
    return total


def _end(family: psutil.Process) -> None:
    with suppress(psutil.NoSuchProcess):
        for each in (*family.children(recursive=True), family):
            with suppress(psutil.NoSuchProcess):
                each.kill()


def make_files(edition_id: int) -> None:
    """What the job does, in a process that nothing else has used."""
    import django

    django.setup()
    from consultations.reports import files

    files.make_files(edition_id)


def _read_pdf(edition: Any) -> Iterator[tuple[str, ...]]:
    """The structure of the PDF, by pypdf: titles, headings, header cells, the language."""
    from pypdf import PdfReader

    with _timed() as took:
        edition.refresh_from_db()
        with edition.pdf.open("rb") as file:
            reader = PdfReader(file)
            tags = _count_tags(reader)
            root, size = reader.root_object, edition.pdf.size // 1024
            pages, title = len(reader.pages), reader.metadata.title if reader.metadata else ""
    assert tags["/TR"] > ROWS, tags
    assert root["/Lang"] == "uk", root["/Lang"]
    told = f"{pages} pages, {size:,} kB, {root['/Lang']}, “{str(title)[:28]}…”"
    yield "PDF, read back", took(), "", told, "language uk, a title"
    counted = ", ".join(
        f"{name} {tags[name]:,}" for name in ("/H1", "/H2", "/Caption", "/TH", "/TR")
    )
    yield "its structure", "", "", counted, f"/TR > {ROWS:,}"


def _count_tags(reader: Any) -> Counter[str]:
    """How many elements of each kind the structure of the PDF has."""
    counts = Counter[str]()
    waiting = [reader.root_object["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop()
        if isinstance(node, int):
            continue  # a piece of a page's content
        node = node.get_object()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            if "/S" in node and node.get("/Type", "/StructElem") == "/StructElem":
                counts[str(node["/S"])] += 1
            if "/K" in node:
                waiting.append(node.raw_get("/K"))
    return counts


def _open_in_office(edition: Any) -> Iterator[tuple[str, ...]]:
    """Let LibreOffice open the DOCX and say its text: it has every proposal and every reason."""
    office = which("soffice")
    if not office:
        yield "DOCX in LibreOffice", "", "", "LibreOffice is not installed", ""
        return
    with tempfile.TemporaryDirectory(prefix="viche-office-") as name, _timed() as took:
        folder = Path(name)
        with edition.docx.open("rb") as file:
            (folder / "report.docx").write_bytes(file.read())
        command = [
            *(office, "--headless", f"-env:UserInstallation=file://{folder}/profile"),
            *("--convert-to", "txt:Text (encoded):UTF8", "--outdir", name),
            str(folder / "report.docx"),
        ]
        most = _run(command)
        if most is None:
            yield "DOCX in LibreOffice", took(), "", f"not open after {LIMIT} s", ""
            return
        text = (folder / "report.txt").read_text("utf-8")
    proposals, reasons = (len(set(_numbers(each, text))) for each in (_PROPOSAL, _REASON))
    told = f"{proposals:,} proposals, {reasons:,} reasons, {len(text):,} characters"
    yield "DOCX in LibreOffice", took(), f"{most // 2**20} MB", told, f"{ROWS:,} of both"
    assert proposals == reasons == ROWS, "the DOCX lacks words of the page"


def _run(command: list[str]) -> int | None:
    """The most bytes that it and what it starts have had; None where it took too long.

    It is a script which starts another program: both are ended.
    """
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    family, most, until = psutil.Process(process.pid), 0, time.monotonic() + LIMIT - 20
    while process.poll() is None:
        if time.monotonic() > until:
            _end(family)
            process.wait(10)
            return None
        most = max(most, _memory(family))
        time.sleep(0.25)
    return most
