"""What may be falsified in a bundle, and the line that tells of it.

``HOLDER``: by whoever holds a bundle and takes its manifest anew.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.consultations.evidence.bundle_builder import (
    Bundle,
    a_docx,
    a_pdf,
    canonical,
    digest,
    key_of,
)

type Falsification = tuple[Callable[[Bundle], Any], str]
#: Its only fault would be the hash of the manifest, as it was published.
ONLY_BY_MANIFEST = ""
HOLDER: dict[str, Falsification] = {}


def holder(name: str, said: str) -> Callable[[Callable[[Bundle], Any]], Callable[[Bundle], Any]]:
    def add(change: Callable[[Bundle], Any]) -> Callable[[Bundle], Any]:
        HOLDER[name] = change, said
        return change

    return add


def edit(lines: list[dict[str, Any]], place: int, **changes: Any) -> None:
    """Change what an object's line says."""
    said = json.loads(lines[place]["line"])
    lines[place]["line"] = canonical({**said, **changes})


def place_of(bundle: Bundle, kind: str, number: int) -> int:
    """The first row of a thing."""
    said = [json.loads(each["line"]) for each in bundle.records]
    return next(
        at for at, each in enumerate(said) if (each["kind"], each["number"]) == (kind, number)
    )


# --- The twenty kinds of the trial ----------------------------------------------------------------

REMARK = "record/remark.jsonl: remark"


@holder(
    "remark removed", f"{REMARK} 395: recorded (entry 724, CommentPosted), and not in the bundle"
)
def _(bundle: Bundle) -> None:
    bundle.remove_thing("remark", 395)


@holder(
    "remarks reordered",
    f"{REMARK} 395: not as it was recorded (entry 724, CommentPosted): account, at, name, words",
)
def _(bundle: Bundle) -> None:
    one, other = bundle.thing("remark", 395), bundle.thing("remark", 396)
    one["number"], other["number"] = 396, 395


@holder(
    "words changed, key left",
    f"{REMARK} 395: not as it was recorded (entry 724, CommentPosted): words",
)
def _(bundle: Bundle) -> None:
    bundle.thing("remark", 395)["texts"]["words"]["value"]["text"] = "Тут усе гаразд"


@holder(
    "words changed, key dropped",
    "chain/records.jsonl: row 80 (remark 395): entry 724 of the log does not name it",
)
def _(bundle: Bundle) -> None:
    forged = digest("whatever")
    at = place_of(bundle, "remark", 395)
    texts = json.loads(bundle.records[at]["line"])["texts"]
    edit(bundle.records, at, texts={**texts, "words": forged})
    bundle.thing("remark", 395)["texts"]["words"] = {"digest": forged}


@holder("author", f"{REMARK} 395: not as it was recorded (entry 724, CommentPosted): name")
def _(bundle: Bundle) -> None:
    bundle.thing("remark", 395)["texts"]["name"]["value"]["name"] = "Богдан М."


@holder("date of a remark", f"{REMARK} 395: not as it was recorded (entry 724, CommentPosted): at")
def _(bundle: Bundle) -> None:
    bundle.thing("remark", 395)["facts"]["at"] = "2026-11-03T08:00:00.000000+00:00"


@holder(
    "ground of hiding", f"{REMARK} 392: not as it was recorded (entry 760, CommentHidden): ground"
)
def _(bundle: Bundle) -> None:
    bundle.thing("remark", 392)["texts"]["ground"] = {"digest": digest("personal")}


@holder("remark invented", f"{REMARK} 777: no row of record tells of it")
def _(bundle: Bundle) -> None:
    bundle.things["remark"].append({**bundle.thing("remark", 395), "number": 777})


@holder(
    "visible one shown as hidden",
    f"{REMARK} 395: not shown (name, words), and no entry accounts for that",
)
def _(bundle: Bundle) -> None:
    texts = bundle.thing("remark", 395)["texts"]
    recorded = json.loads(bundle.records[place_of(bundle, "remark", 395)]["line"])["texts"]
    for name in ("name", "words"):
        texts[name] = {"digest": recorded[name]}


@holder(
    "visible one with the mark of a hidden one",
    f"{REMARK} 395: not as it was recorded (entry 724, CommentPosted): hidden",
)
def _(bundle: Bundle) -> None:
    bundle.thing("remark", 395)["facts"]["hidden"] = True


@holder(
    "disposition changed",
    "record/disposition.jsonl: disposition 395: "
    "not as it was recorded (entry 793, DispositionApproved): disposition",
)
def _(bundle: Bundle) -> None:
    bundle.thing("disposition", 395)["facts"]["disposition"] = "accepted"


@holder(
    "disposition removed",
    "record/disposition.jsonl: disposition 395: "
    "recorded (entry 793, DispositionApproved), and not in the bundle",
)
def _(bundle: Bundle) -> None:
    bundle.remove_thing("disposition", 395)


@holder(
    "text of version 2",
    "record/version.jsonl: version 18 names another file than the one in the bundle "
    "(text/version-2.jsonl)",
)
def _(bundle: Bundle) -> None:
    text = bundle.texts["text/version-2.jsonl"]
    bundle.texts["text/version-2.jsonl"] = text.replace(b"23", b"22")


@holder(
    "announcement and closing dates",
    "record/announcement.jsonl: announcement 10: "
    "not as it was recorded (entry 706, ConsultationAnnounced): at, closes_at",
)
def _(bundle: Bundle) -> None:
    facts = bundle.thing("announcement", 10)["facts"]
    facts["at"], facts["closes_at"] = (
        "2026-10-02T08:00:00.000000+00:00",
        "2026-12-22T22:00:00+00:00",
    )


@holder(
    "notice removed",
    "record/notice.jsonl: notice 2: recorded (entry 829, NoticesCounted), and not in the bundle",
)
def _(bundle: Bundle) -> None:
    bundle.remove_thing("notice", 2)


@holder(
    "remark with its entry removed",
    "record/number.jsonl: the numbers 5 to 5 are missing: so something is",
)
def _(bundle: Bundle) -> None:
    for kind in ("remark", "number"):
        bundle.remove_thing(kind, 395)
        entries = bundle.remove_rows(kind, 395)
    bundle.remove_entries(entries)
    disposed = bundle.remove_rows("disposition", 395)
    bundle.remove_thing("disposition", 395)
    bundle.remove_entries(disposed)


@holder("last remark with its entries removed", ONLY_BY_MANIFEST)
def _(bundle: Bundle) -> None:
    for kind in ("remark", "number", "disposition"):
        bundle.remove_thing(kind, 404)
        bundle.remove_entries(bundle.remove_rows(kind, 404))


@holder(
    "all entries removed",
    "chain/records.jsonl: row 52 (link 1): entry 703 of the log does not name it",
)
def _(bundle: Bundle) -> None:
    bundle.entries = []


@holder(
    "whole chain removed",
    "chain/links.jsonl: it does not end with the head that the manifest names",
)
def _(bundle: Bundle) -> None:
    bundle.entries, bundle.links, bundle.records = [], [], []


@holder(
    "report DOCX changed",
    "record/edition_files.jsonl: "
    "files of edition 2 names another file than the one in the bundle (reports/edition-1.docx)",
)
def _(bundle: Bundle) -> None:
    bundle.texts["reports/edition-1.docx"] = a_docx("0" * 64)


@holder("link removed", "chain/links.jsonl: link 25: the link 24 before it is missing")
def _(bundle: Bundle) -> None:
    del bundle.links[4]


@holder("entry's time", "chain/entries.jsonl: entry 724 is not under link 21")
def _(bundle: Bundle) -> None:
    edit(bundle.entries, 7, at="2026-11-03T08:00:00.000000+00:00")


# --- More of them ---------------------------------------------------------------------------------


@holder(
    "hidden one shown as visible",
    f"{REMARK} 392: not as it was recorded (entry 760, CommentHidden): ground, hidden, words",
)
def _(bundle: Bundle) -> None:
    thing = bundle.thing("remark", 392)
    del thing["facts"]["hidden"]
    del thing["texts"]["ground"]
    key = key_of("remark", 392, "words")
    thing["texts"]["words"] = {"key": key, "value": {"proposal": "", "text": "Спам"}}


@holder(
    "taken back, shown again",
    f"{REMARK} 394: it is shown, though by entry 766 (CommentDeleted) it is no more",
)
def _(bundle: Bundle) -> None:
    bundle.things["remark"].append({**bundle.thing("remark", 395), "number": 394})


@holder(
    "former row shown", f"{REMARK} 393: not as it was recorded (entry 763, AccountErased): name"
)
def _(bundle: Bundle) -> None:
    value = {"key": key_of("remark", 393, "name"), "value": {"name": "Олена 3-ва"}}
    bundle.thing("remark", 393)["texts"]["name"] = value


@holder(
    "last row removed",
    "chain/entries.jsonl: entry 763 (AccountErased) names rows of record that are not in "
    "the bundle: 1",
)
def _(bundle: Bundle) -> None:
    said = [json.loads(each["line"]) for each in bundle.records]
    at = [n for n, each in enumerate(said) if (each["kind"], each["number"]) == ("remark", 393)]
    del bundle.records[at[-1]]


@holder("rows reordered", "chain/records.jsonl: row 80: it is there twice, or not in its order")
def _(bundle: Bundle) -> None:
    at = place_of(bundle, "remark", 395)
    rows = bundle.records
    rows[at], rows[at + 1] = rows[at + 1], rows[at]


@holder(
    "row of another consultation", "chain/records.jsonl: row 80: it is not about this consultation"
)
def _(bundle: Bundle) -> None:
    edit(bundle.records, place_of(bundle, "remark", 395), of="consultation:11")


@holder("thing twice", f"{REMARK} 395: it is there twice")
def _(bundle: Bundle) -> None:
    bundle.things["remark"].append(bundle.thing("remark", 395))


@holder(
    "change of dates removed",
    "record/dates.jsonl: change of dates 4: "
    "recorded (entry 769, DatesChanged), and not in the bundle",
)
def _(bundle: Bundle) -> None:
    bundle.remove_thing("dates", 4)


@holder(
    "reply of the office changed",
    f"{REMARK} 9001: not as it was recorded (entry 754, CommentPosted): words",
)
def _(bundle: Bundle) -> None:
    bundle.thing("remark", 9001)["texts"]["words"]["value"]["text"] = "Ні"


@holder(
    "attachment exchanged",
    "record/attachment.jsonl: "
    "attachment 5 names another file than the one in the bundle (files/5.pdf)",
)
def _(bundle: Bundle) -> None:
    bundle.texts["files/5.pdf"] = b"%PDF-1.7 another annex"


@holder("file added", "files/6.pdf: no row of record names this file")
def _(bundle: Bundle) -> None:
    bundle.texts["files/6.pdf"] = b"%PDF-1.7 slipped in"


@holder("file beside the manifest", "more.txt: it is not in the manifest")
def _(bundle: Bundle) -> None:
    bundle.extra["more.txt"] = b"slipped in"


@holder("program exchanged", ONLY_BY_MANIFEST)
def _(bundle: Bundle) -> None:
    bundle.texts["verify.txt"] = b"print('all is well')"


@holder(
    "report PDF changed",
    "record/edition_files.jsonl: "
    "files of edition 2 names another file than the one in the bundle (reports/edition-1.pdf)",
)
def _(bundle: Bundle) -> None:
    bundle.texts["reports/edition-1.pdf"] = a_pdf("0" * 64)


@holder("link's leaves", "chain/links.jsonl: link 22: its line says something else of its entries")
def _(bundle: Bundle) -> None:
    bundle.links[2]["leaves"].pop(0)


@holder("link rewritten", "chain/links.jsonl: link 23: it does not continue the link before")
def _(bundle: Bundle) -> None:
    edit(bundle.links, 2, at="2026-11-03T10:00:00+00:00")
    bundle.links[2]["hash"] = digest(bundle.links[2]["line"])


@holder(
    "head exchanged", "chain/links.jsonl: it does not end with the head that the manifest names"
)
def _(bundle: Bundle) -> None:
    bundle.head = {**bundle.head, "hash": digest("another")}


@holder("audience", f"{REMARK} 391: not shown (account), and no entry accounts for that")
def _(bundle: Bundle) -> None:
    bundle.manifest["audience"] = "staff"


@holder(
    "kind of every object", "record/constructor.jsonl: constructor 1: no row of record tells of it"
)
def _(bundle: Bundle) -> None:
    bundle.things["constructor"] = [
        {"facts": {"constructor": 1}, "kind": "constructor", "number": 1, "of": "x", "texts": {}}
    ]
