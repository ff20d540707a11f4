"""The demo city's register: letters that staff entered, a campaign that is folded, all numbered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from itertools import islice
from typing import Any

from accounts.models import User
from consultations.models import Consultation
from consultations.register import actions as register
from consultations.register.numbering import number_remarks
from consultations.remarks import actions
from consultations.repeats.actions import fold_repeats
from demo import content


def load_register(people: Mapping[str, User]) -> None:
    """Enter the letters, send the campaign, number every remark and fold what repeats another."""
    described = content.table("register.toml")
    for letter in described["letter"]:
        _enter(letter, people)
    _campaign(described["campaign"], people)
    number_remarks()
    fold_repeats(window=False)


def _consultation(slug: str) -> Consultation:
    title = content.table(slug, "consultation.toml")["title"]
    return Consultation.objects.get(title=title)


def _enter(letter: Mapping[str, Any], people: Mapping[str, User]) -> None:
    consultation = _consultation(letter["consultation"])
    officer = people[content.table(letter["consultation"], "consultation.toml")["officer"]]
    opens_on = consultation.opens_on
    if opens_on is None:
        raise ValueError(f"{letter['consultation']} has no dates")
    register.enter(
        consultation,
        by=officer,
        source=letter["source"],
        received_on=opens_on + timedelta(days=letter["days_after_opening"]),
        author_name=letter["name"],
        contact=letter["contact"],
        text=letter["text"].strip(),
    )


def _campaign(described: Mapping[str, Any], people: Mapping[str, User]) -> None:
    """One text, and copies in which each sender has changed a word or two."""
    consultation = _consultation(described["consultation"])
    words = described["words"].strip()
    texts = [words, *(words.replace(*change) for change in described["changes"])]
    residents = (user for user in people.values() if user.is_active and not user.is_staff)
    for user, text in zip(islice(residents, len(texts)), texts, strict=True):
        actions.remark(consultation, by=user, text=text)
