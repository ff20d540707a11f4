"""What may be falsified by whoever can write the whole chain anew: rows, entries, links and head.

``FORGER``: found from outside alone. ``CONTRADICTIONS``: by themselves, too.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.consultations.evidence.bundle_builder import Row, Story, a_docx, a_pdf, digest

REMARK = "record/remark.jsonl: remark"
FORGER: dict[str, Callable[[Story], Any]] = {}


def forger(name: str) -> Callable[[Callable[[Story], Any]], Callable[[Story], Any]]:
    def add(change: Callable[[Story], Any]) -> Callable[[Story], Any]:
        FORGER[name] = change
        return change

    return add


def _without(story: Story, *kinds: str, number: int) -> None:
    for act in story.acts:
        act.rows = [
            row for row in act.rows if (row.kind, row.number) not in {(k, number) for k in kinds}
        ]
    story.acts = [act for act in story.acts if act.rows]


@forger("remark removed")
def _(story: Story) -> None:
    _without(story, "remark", "number", "disposition", number=404)


@forger("remarks reordered")
def _(story: Story) -> None:
    one, other = story.row("remark", 395), story.row("remark", 396)
    one.texts, other.texts = other.texts, one.texts


@forger("words")
def _(story: Story) -> None:
    story.row("remark", 395).texts["words"]["text"] = "Тут усе гаразд"


@forger("author")
def _(story: Story) -> None:
    story.row("remark", 395).texts["name"]["name"] = "Богдан М."


@forger("date of a remark")
def _(story: Story) -> None:
    act = next(act for act in story.acts if story.row("remark", 395) in act.rows)
    act.at -= timedelta(minutes=10)
    for row in act.rows:
        row.facts["at"] = act.at.isoformat(timespec="microseconds")


@forger("ground of hiding")
def _(story: Story) -> None:
    act = next(act for act in story.acts if act.event == "CommentHidden")
    act.rows[0].texts["ground"]["ground"] = "personal"


@forger("remark invented")
def _(story: Story) -> None:
    story.act("CommentPosted", timedelta(days=39, hours=1), Row("remark", 777, {"source": "paper"}))


@forger("visible one hidden")
def _(story: Story) -> None:
    story.row("remark", 395).facts["hidden"] = True
    story.closed["remark", 395] = {"account", "name", "words"}


@forger("disposition changed")
def _(story: Story) -> None:
    story.row("disposition", 395).facts["disposition"] = "accepted"


@forger("disposition removed")
def _(story: Story) -> None:
    _without(story, "disposition", number=395)


@forger("text of a version")
def _(story: Story) -> None:
    text = story.files["text/version-2.jsonl"].replace(b"23", b"22")
    story.files["text/version-2.jsonl"] = text
    story.row("version", 18).facts["sha256"] = digest(text)


@forger("closing date")
def _(story: Story) -> None:
    story.row("dates", 4).facts["new_closes_at"] = "2026-12-01T22:00:00+00:00"


@forger("change of dates removed")
def _(story: Story) -> None:
    _without(story, "dates", number=4)
    _without(story, "remark", number=9003)


@forger("notice removed")
def _(story: Story) -> None:
    _without(story, "notice", number=2)


@forger("report")
def _(story: Story) -> None:
    manifest = b'{"format":"viche-report-1","number":2}\n'
    named = digest(manifest)
    made = {"manifest.jsonl": manifest, "pdf": a_pdf(named), "docx": a_docx(named)}
    for ending, content in made.items():
        story.files[f"reports/edition-1.{ending}"] = content
    story.row("edition", 2).facts["manifest"] = named
    for name in ("pdf", "docx"):
        story.row("edition_files", 2).facts[name] = digest(made[name])


@forger("attachment")
def _(story: Story) -> None:
    story.files["files/5.pdf"] = b"%PDF-1.7 another"
    story.row("attachment", 5).facts["sha256"] = digest(b"%PDF-1.7 another")


@forger("decision")
def _(story: Story) -> None:
    story.row("decision", 10).facts["outcome"] = "rejected"


@forger("entry's event")
def _(story: Story) -> None:
    story.acts[-1].event = "ActPublished"


@forger("reply of the office")
def _(story: Story) -> None:
    story.row("remark", 9001).texts["words"]["text"] = "Ні"


@forger("nothing but salts")
def _(_story: Story) -> None:
    pass


# --- What a chain written anew contradicts by itself ----------------------------------------------

#: Falsified stories whose dates, numbers or reports do not fit one another.
CONTRADICTIONS: dict[str, tuple[Callable[[Story], Any], str]] = {}


def contradiction(name: str, said: str) -> Callable[[Callable[[Story], Any]], Any]:
    def add(change: Callable[[Story], Any]) -> Any:
        CONTRADICTIONS[name] = change, said
        return change

    return add


@contradiction(
    "remark after the close", f"{REMARK} 9004: recorded after the close (2026-11-30 22:00 UTC)"
)
def _(story: Story) -> None:
    story.row("remark", 395)
    facts = {"official": False, "source": "page"}
    story.act("CommentPosted", timedelta(days=39, hours=1), Row("remark", 9004, facts))


@contradiction(
    "date of a remark alone", f"{REMARK} 395: its date does not fit the time of entry 724"
)
def _(story: Story) -> None:
    story.row("remark", 395).facts["at"] = "2026-11-03T08:00:00.000000+00:00"


@contradiction(
    "closing moved back, three minutes",
    f"{REMARK} 391: recorded after the close (2026-11-02 08:03 UTC)",
)
def _(story: Story) -> None:
    story.row("announcement", 10).facts["closes_at"] = "2026-11-02T08:03:00+00:00"
    story.row("dates", 4).facts["old_closes_at"] = "2026-11-02T08:03:00+00:00"


@contradiction(
    "dates that do not continue",
    "record/dates.jsonl: change of dates 4: its dates do not continue those before",
)
def _(story: Story) -> None:
    story.row("announcement", 10).facts["closes_at"] = "2026-11-26T22:00:00+00:00"


@contradiction(
    "dates moved without a change",
    "record/announcement.jsonl: announcement 10: its dates do not continue those before",
)
def _(story: Story) -> None:
    old = story.row("announcement", 10)
    facts = {**old.facts, "closes_at": "2026-12-22T22:00:00+00:00"}
    facts["at"] = old.facts["at"]
    story.act(
        "BriefChanged", timedelta(days=39, hours=1), Row("announcement", 10, facts, old.texts)
    )


@contradiction(
    "number given twice",
    "record/number.jsonl: number 4 is that of number of remark 395 and of another",
)
def _(story: Story) -> None:
    story.row("number", 395).facts["number"] = 4


@contradiction(
    "number left out", "record/number.jsonl: the numbers 5 to 5 are missing: so something is"
)
def _(story: Story) -> None:
    _without(story, "remark", "number", "disposition", number=395)


@contradiction(
    "report before the close",
    "record/edition.jsonl: edition 2: published before the close (2026-12-22 22:00 UTC)",
)
def _(story: Story) -> None:
    story.row("dates", 4).facts["new_closes_at"] = "2026-12-22T22:00:00+00:00"


@contradiction(
    "PDF of another report",
    "reports/edition-1.pdf: the document's properties name another manifest of the report",
)
def _(story: Story) -> None:
    pdf = a_pdf("0" * 64)
    story.files["reports/edition-1.pdf"] = pdf
    story.row("edition_files", 2).facts["pdf"] = digest(pdf)


@contradiction(
    "DOCX of another report",
    "reports/edition-1.docx: the document's properties name another manifest of the report",
)
def _(story: Story) -> None:
    docx = a_docx("0" * 64)
    story.files["reports/edition-1.docx"] = docx
    story.row("edition_files", 2).facts["docx"] = digest(docx)


@contradiction(
    "DOCX that names none",
    "reports/edition-1.docx: the document's properties name no manifest of the report",
)
def _(story: Story) -> None:
    story.files["reports/edition-1.docx"] = b"no archive at all"
    story.row("edition_files", 2).facts["docx"] = digest(b"no archive at all")


@contradiction(
    "no announcement",
    "record/announcement.jsonl: there is no announcement: "
    "without it this is no evidence of a procedure",
)
def _(story: Story) -> None:
    _without(story, "announcement", number=10)
