"""Whether remarks are carried to where they belong, and how long many of them take.

First versions are the official texts of VICHE_SHARED; second ones are made of them by known edits
(tests/consultations/carrying/second_versions.py). Where those texts are absent, the demo city's.
"""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from pathlib import Path

from django.db import connection

from accounts.models import User
from benchmarks import ground
from consultations.carrying import actions
from consultations.carrying.models import Method
from consultations.models import Carrying, Consultation, Place, Remark, RemarkCount, State
from consultations.text import actions as text_actions
from discussions.models import Comment
from drafts.clauses import anchors
from drafts.models import Clause
from drafts.versions import actions as drafts
from tests import factories
from tests.consultations.carrying.judging import judge_texts
from tests.consultations.carrying.second_versions import Line, edit

_SHARED = Path(os.environ.get("VICHE_SHARED", ground.ROOT.parent / "shared"))
_REMARKS = 2_000
_CLAUSES, _MANY = 400, 5_000
_SEEDS = (7, 20, 30)


def main() -> None:
    texts = sorted((_SHARED / "data" / "ua_official").glob("*.txt"))
    texts = texts or sorted(ground.ROOT.glob("demo/*/draft*.md"))
    for seed in _SEEDS:
        _print_confusion(texts, seed)
    _print_time()


def _print_confusion(texts: list[Path], seed: int) -> None:
    begun = time.perf_counter()
    judged = judge_texts(texts, _REMARKS, seed)
    spent = time.perf_counter() - begun
    rows = [
        (
            name,
            judged.total[name],
            *(judged.table[name, method] for method in Method),
            f"{100 * judged.right[name] / judged.total[name]:.1f}",
        )
        for name in sorted(judged.total)
    ]
    total = judged.total.total()
    rows.append(
        (
            "all",
            total,
            *(sum(judged.table[name, method] for name in judged.total) for method in Method),
            f"{100 * judged.share_right:.1f}",
        )
    )
    ground.table(
        f"{total:,} remarks on {len(texts)} texts, second versions by known edits (seed {seed}): "
        f"{spent:.1f} s, lost {total - sum(judged.table.values())}, "
        f"“exact” that is not: {judged.false_exact}",
        ("edit", "remarks", *(method.value for method in Method), "right, %"),
        rows,
    )


def _print_time() -> None:
    """A consultation of 400 clauses and 5,000 remarks, carried as the job does it."""
    lines, second = _long_text()
    consultation = _consultation_with(lines)
    _speak(consultation)
    preview = drafts.import_version(consultation.draft, second.encode(), name="n.txt")
    begun = time.perf_counter()
    text_actions.publish_text(consultation, by=_officer_of(consultation))
    published = time.perf_counter() - begun
    begun, processor = time.perf_counter(), time.process_time()
    carried = actions.carry(Carrying.objects.get(version=preview).pk)
    spent, processor = time.perf_counter() - begun, time.process_time() - processor
    found = Place.objects.filter(version=preview)
    ground.table(
        f"{Clause.objects.filter(version=preview).count()} clauses, {carried:,} remarks",
        (
            "publishing, s",
            "carrying, s",
            "of it Python’s processor",
            "places",
            *(method.value for method in Method),
        ),
        [
            (
                f"{published:.2f}",
                f"{spent:.2f}",
                f"{processor:.2f}",
                found.count(),
                *(found.filter(method=method).count() for method in Method),
            )
        ],
    )


def _long_text() -> tuple[str, str]:
    """A text of so many numbered clauses, and a second version of it by known edits."""
    chance = random.Random(1)
    words = sorted({word for word in factories.DRAFT.split() if word.isalpha()} | set(_WORDS))
    texts = [
        " ".join(chance.choices(words, k=chance.randint(15, 40))).capitalize() + "."
        for _number in range(_CLAUSES)
    ]
    strange = [" ".join(chance.choices(words, k=20)).capitalize() + "." for _number in range(30)]
    lines = [Line(text, f"п. {number}") for number, text in enumerate(texts, 1)]
    second = edit(lines, strange, seed=3)
    return _printed(texts), _printed([made.text for made in second.after])


def _printed(texts: list[str]) -> str:
    numbered = "\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1))
    return f"Про порядок\n\nМіська рада вирішила:\n\n{numbered}\n"


def _consultation_with(text: str) -> Consultation:
    department = factories.department("Відділ вимірювань", slug="carrying")
    return factories.consultation(department, State.OPEN, text=text)


def _officer_of(consultation: Consultation) -> User:
    return factories.user("carrier", role="officer", department=consultation.department)


def _speak(consultation: Consultation) -> None:
    """Remarks of 500 people, two in three with a quote."""
    chance = random.Random(2)
    authors = [
        User(email=f"s{number}@carrying.example", given_name="І", family_name="Б", password="!")
        for number in range(500)
    ]
    people = User.objects.bulk_create(authors)
    clauses = list(Clause.objects.filter(version__draft=consultation.draft_id, number__gt=""))
    comments = Comment.objects.bulk_create(
        Comment(thread_id=consultation.thread_id, author=chance.choice(people), text="Інакше.")
        for _number in range(_MANY)
    )
    Remark.objects.bulk_create(
        Remark(comment=comment, consultation=consultation, **_about(chance.choice(clauses), chance))
        for comment in comments
    )
    keys = Remark.objects.filter(consultation=consultation).values_list("clause_key", flat=True)
    RemarkCount.objects.bulk_create(
        RemarkCount(consultation=consultation, clause_key=key, remarks=amount)
        for key, amount in [(None, _MANY), *Counter(keys).items()]
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _about(clause: Clause, chance: random.Random) -> dict[str, object]:
    about: dict[str, object] = {"clause": clause, "clause_key": clause.key}
    words = clause.text.split(" ")
    if chance.random() < 1 / 3 or len(words) < 6:
        return about
    first = chance.randint(0, len(words) - 5)
    start = len(" ".join(words[:first])) + bool(first)
    end = start + len(" ".join(words[first : first + 5]))
    quote = anchors.make(clause.text, start, end)
    return about | {
        "quote_start": start,
        "quote_end": end,
        "quote": quote.exact,
        "quote_prefix": quote.prefix,
        "quote_suffix": quote.suffix,
    }


_WORDS = (
    *("вулиця", "площа", "майданчик", "дерево", "освітлення", "договір", "оренда", "плата"),
    *("строк", "заява", "рішення", "виконком", "департамент", "власник", "житло", "будинок"),
    *("тротуар", "проїзд", "стоянка", "автобус", "маршрут", "перевізник", "пасажир", "квиток"),
    *("школа", "садок", "лікарня", "ремонт", "кошторис", "бюджет", "субвенція", "програма"),
    *("звіт", "контроль", "перевірка", "порушення", "штраф", "припис", "скарга", "звернення"),
    *("вода", "тепло", "тариф", "лічильник", "споживач", "мережа", "насос", "труба"),
)
