"""The demo city's half-filled tables of dispositions, and what their departments have saved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from accounts.models import User
from consultations.dispositions import actions, public_reasons, queries
from consultations.dispositions.actions_texts import add_text
from consultations.dispositions.conditions import is_empty
from consultations.dispositions.forms import clause_names
from consultations.models import Consultation
from core.domain import clock
from core.domain.calendar import local_date
from demo import content

#: The consultations whose tables are filled by half; the second has two versions of its text.
SLUGS = ("courtyards", "buses")


def load_dispositions(people: Mapping[str, User]) -> None:
    """Fill the tables by half: some rows approved, some without their reason, some given to
    somebody until a day."""
    for slug in SLUGS:
        _fill(slug, people)


def _fill(slug: str, people: Mapping[str, User]) -> None:
    described = content.table(slug, "dispositions.toml")
    facts = content.table(slug, "consultation.toml")
    officer = people[facts["officer"]]
    consultation = Consultation.objects.get(title=facts["title"])
    text = queries.newest_text(consultation)
    keys = {name: key for key, name in clause_names(text.version_id).items()} if text else {}
    rows = {
        row.comment.text: row for row in queries.with_display_columns(queries.rows_of(consultation))
    }
    for saved in described["saved"]:
        add_text(consultation.department, by=officer, **{"use": "reason", **saved})
    for row in described["row"]:
        remark = next(one for words, one in rows.items() if words.startswith(row["beginning"]))
        actions.settle(
            remark,
            by=officer,
            kind=row["kind"],
            reason=row.get("reason", ""),
            resulting_key=keys[row["to"]] if "to" in row else None,
        )
        if row.get("approved"):
            actions.approve(remark, by=officer)
        if "public_reason" in row:
            public_reasons.write(
                remark.pk, consultation_id=consultation.pk, by=officer, text=row["public_reason"]
            )
    empty = queries.rows_of(consultation).filter(is_empty()).order_by(*queries.ORDER)
    given = list(empty.values_list("pk", flat=True)[:4])
    due_on = local_date(clock.now()) + timedelta(days=2)
    actions.assign(consultation, given, by=officer, person_id=officer.pk, due_on=due_on)
