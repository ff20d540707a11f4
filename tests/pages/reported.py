"""Reports of the walk: one published twice with files, and contacts that participants left."""

from __future__ import annotations

from collections.abc import Mapping

from accounts.models import User
from consultations.models import Consultation, Declaration, Edition, Remark, State
from consultations.reports import actions
from discussions.models import Comment
from drafts.models import Clause
from tests import factories


def build(states: Mapping[str, Consultation], people: Mapping[str, User]) -> None:
    """Write and publish them. The files hold nothing: what is in them is proved elsewhere."""
    ofi, olena, bohdan = (people[name] for name in ("ofi", "olena", "bohdan"))
    reported, closed = states[State.REPORTED], states[State.CLOSED]
    clause = Clause.objects.get(version__draft=reported.draft, number="2.1")
    for person, kind, words in (
        (olena, "accepted", "У свята до 23:00 – це пізно: у дворі сплять діти."),
        (bohdan, "rejected", "Скасуйте обмеження зовсім."),
        (bohdan, "partly", "Дозвольте музику до десятої."),
    ):
        said = _say(reported, person, words, clause)
        factories.settle(said, kind, resulting_key=clause.key if kind != "rejected" else None)
    factories.publish_report(reported, by=ofi, reason="Звіт доповнено таблицею.")
    factories.publish_report(reported, by=ofi, reason="Виправлено № 2.")
    Edition.objects.filter(number=2).update(docx="none.docx", pdf="none.pdf", progress=100)
    closed.asks_full_name = True
    closed.save(update_fields=["asks_full_name"])
    said = _say(closed, olena, "Поставте лавки.", None)
    Declaration.objects.create(remark=said, full_name="Коваль Олена Петрівна", contact="044 1")
    actions.save(closed, by=ofi, texts={"summary": "Просять лавок."})


def _say(consultation: Consultation, by: User, words: str, clause: Clause | None) -> Remark:
    comment = Comment.objects.create(
        thread_id=consultation.thread_id, author=by, text=words, html=f"<p>{words}</p>"
    )
    return Remark.objects.create(
        comment=comment,
        consultation=consultation,
        clause=clause,
        clause_key=clause.key if clause else None,
    )
