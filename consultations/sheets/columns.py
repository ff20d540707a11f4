"""The columns of the disposition table in a spreadsheet, and its file.

Number, disposition, reason and resulting clause are read back; the last column says in a few
letters what the row held when it was taken out, so that what nobody touched in the spreadsheet
changes nothing, and what was changed on the site meanwhile is seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from consultations.dispositions import queries
from consultations.dispositions.forms import clause_names
from consultations.dispositions.models import Disposition
from consultations.models import Consultation
from core.export.ods import Cell
from discussions.models import Comment
from drafts.versions.published import Text

NAMES: dict[str, str | Promise] = {
    "number": _("Number"),
    "source": _("Received"),
    "author": _("From whom"),
    "clause": _("Clause"),
    "text": _("Words"),
    "proposal": _("Proposed wording of the clause"),
    "disposition": _("Disposition"),
    "reason": _("Grounds of the disposition"),
    "resulting": _("Resulting clause"),
    "official": _("Official"),
    "version": _("Mark (leave it)"),
}
WIDTHS = (8, 14, 28, 16, 60, 40, 22, 60, 20, 24, 14)
#: Columns whose cells hold words of a list.
CHOSEN = {name: list(NAMES).index(name) for name in ("disposition", "resulting")}
#: Without which no row can be brought back.
NEEDED = ("number", "disposition", "reason", "resulting")
#: Rows that one query reads.
_CHUNK = 500


def heads() -> dict[str, str]:
    """Headings of columns in each language, in small letters -> the column's name."""
    found = {name: name for name in NAMES}
    for code, _language in settings.LANGUAGES:
        with override(code):
            found |= {str(title).lower(): name for name, title in NAMES.items()}
    return found


def kinds() -> dict[str, str]:
    """Names of dispositions in each language, in small letters -> the disposition."""
    found = {"": "", **{value: value for value in Disposition.Kind.values}}
    for code, _language in settings.LANGUAGES:
        with override(code):
            found |= {str(kind.label).lower(): kind.value for kind in Disposition.Kind}
            found[gettext("not decided").lower()] = ""
    return found


def whole_draft() -> frozenset[str]:
    """Names of the whole draft in the column of clauses, in each language, in small letters."""
    found = set()
    for code, _language in settings.LANGUAGES:
        with override(code):
            found.add(gettext("the whole draft").lower())
    return frozenset(found)


def choices(text: Text | None) -> dict[int, list[str]]:
    """The words that a column's cells may hold, by the column's index."""
    clauses = clause_names(text.version_id).values() if text else ()
    return {
        CHOSEN["disposition"]: [gettext("not decided"), *map(str, Disposition.Kind.labels)],
        CHOSEN["resulting"]: [gettext("the whole draft"), *clauses],
    }


def fingerprint_words(text: str, proposal: str) -> str:
    """Fingerprint of a remark's words, in ten letters; spaces and lines are not of it.

    Nor is what Windows-1251 has no sign for: an office that saves CSV writes “?” instead.
    """
    words = "\0".join(" ".join(each.split()) for each in (text, proposal))
    return blake2b(words.encode("cp1251", "replace"), digest_size=5).hexdigest()


def version_of(kind: str, reason: str, resulting: str) -> str:
    """Fingerprint of a row's content, in ten letters."""
    words = "\0".join((kind, _same_lines(reason), resulting))
    return blake2b(words.encode(), digest_size=5).hexdigest()


def _same_lines(words: str) -> str:
    return words.replace("\r\n", "\n").strip()


def titles() -> list[str]:
    """The first line of the file, in the reader's language."""
    return [str(title) for title in NAMES.values()]


def label_of(key: UUID | None, text: Text | None) -> str:
    """Name of the clause in the column of resulting clauses; "" of none."""
    return clause_names(text.version_id).get(key, "") if text and key else ""


def lines(consultation: Consultation, rows: Any) -> Iterator[list[Cell]]:
    """Each row of the table as a line; ``rows``: those that the reader may see. Five queries for
    each 500."""
    text = queries.newest_text(consultation)
    after: str | None = None
    while True:
        page = queries.drawable_page(rows, after=after, size=_CHUNK)
        for row in queries.show_rows(page, text):
            yield _line(row, text)
        after = page.next_cursor
        if not after:
            return


def _line(row: queries.Row, text: Text | None) -> list[Cell]:
    comment, disposition = row.remark.comment, row.disposition
    resulting = label_of(disposition.resulting_key if disposition else None, text)
    official = disposition.by.public_name if disposition and disposition.by else ""
    return [
        row.number,
        capfirst(str(row.remark.get_source_display())),
        _voices(row) if comment.is_visible else "",
        row.clause_label or row.said_of_label or gettext("the whole draft"),
        comment.text if comment.is_visible else _why_hidden(comment),
        comment.proposal if comment.is_visible else "",
        str(Disposition.Kind(row.kind).label) if row.kind else "",
        row.reason,
        resulting,
        official,
        version_of(row.kind, row.reason, resulting),
    ]


def _why_hidden(comment: Comment) -> str:
    """Text in place of words that are not public. A file leaves the site and cannot be called back,
    so it has them for nobody; officers read them in the table.
    """
    if comment.is_held:
        return gettext("not shown yet: a moderator reads it first; the table has the words")
    why = comment.get_hidden_reason_display()
    return gettext("hidden by a moderator: %(reason)s") % {"reason": why}


def _voices(row: queries.Row) -> str:
    """Whose words these are, and of how many others."""
    if not row.folded:
        return row.author
    more = gettext("and %(number)d more in nearly the same words") % {"number": len(row.folded)}
    return f"{row.author}, {more}"
