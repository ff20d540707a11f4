"""Folding of repeats: 1,000 honest remarks, 300 near-copies of them from 40 addresses.

The honest ones are made by a grammar (tests/honest_remarks.py says how), since no Ukrainian corpus
of remarks on drafts may be copied here. Beside them what is not promised is printed: copies whose
changed words are any, paraphrases, and for load the comments of Decide Madrid, in Spanish, where
they are at hand.
"""

from __future__ import annotations

import csv
import os
import resource
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

from accounts.models import User
from benchmarks import ground
from consultations.models import Consultation, Remark
from consultations.register.numbering import number_remarks
from consultations.repeats.actions import fold_repeats
from consultations.repeats.likeness import Words, is_repeat, likeness
from discussions.models import Comment, Thread
from tests.honest_remarks import PARAPHRASES, change_any_word, honest, near_copy

HONEST, COPIES, ADDRESSES, COPIED = 1000, 300, 40, 10
SHARED = Path(os.environ.get("VICHE_SHARED", Path(__file__).parents[2] / "shared"))
MADRID = SHARED / "data/decide_madrid/comments.csv"


def main() -> None:
    random = Random(7)
    texts = honest(HONEST)
    copied = random.sample(range(HONEST), COPIED)
    sources = [copied[number % COPIED] for number in range(COPIES)]
    rows = []
    for name, change in (
        ("near-copies", near_copy),
        ("copies with any words changed", change_any_word),
    ):
        copies = [change(texts[source], random) for source in sources]
        consultation = _consultation()
        heads, seconds = _fold(consultation, [*texts, *copies])
        right = sum(heads.get(HONEST + place) == source for place, source in enumerate(sources))
        wrong = sum(1 for place in heads if place < HONEST)
        rows.append(
            (
                name,
                f"{100 * right / COPIES:.1f} %",
                f"{100 * wrong / HONEST:.1f} %",
                f"{seconds:.1f}",
            )
        )
    ground.table(
        f"Repeats: {HONEST} honest remarks, {COPIES} copies of {COPIED} from {ADDRESSES} addresses",
        ("what", "folded into the right one", "honest folded", "seconds"),
        rows,
    )
    pairs = [(Words.of(one), Words.of(other)) for one, other in PARAPHRASES]
    ground.table(
        "Paraphrases (not promised)",
        ("pairs", "folded", "most alike"),
        [
            (
                len(pairs),
                sum(is_repeat(*pair) for pair in pairs),
                f"{max(likeness(*pair) for pair in pairs):.2f}",
            )
        ],
    )
    if MADRID.is_file():
        with MADRID.open(encoding="utf-8") as file:
            comments = [row["text"][:5000] for row in csv.DictReader(file) if row["text"].strip()]
        heads, seconds = _fold(_consultation(), comments)
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        ground.table(
            "Load: comments of Decide Madrid, in Spanish",
            ("comments", "folded", "seconds", "MB at most"),
            [(len(comments), len(heads), f"{seconds:.1f}", f"{most:.0f}")],
        )


def _consultation() -> Consultation:
    """A new one like one of the demo's."""
    made = Consultation.objects.open().order_by("pk")[0]
    made.pk, made.thread, made.draft, made.poll = None, Thread.objects.create(), None, None
    made._state.adding = True
    made.save()
    return made


def _fold(consultation: Consultation, texts: Sequence[str]) -> tuple[dict[int, int], float]:
    """Place of each folded text -> that of its head; and the seconds that it took."""
    addresses = [
        User(email=f"c{consultation.pk}-{number}@viche.example", given_name="Ім’я", password="!")
        for number in range(ADDRESSES)
    ]
    people = User.objects.bulk_create(addresses)
    thread = consultation.thread
    comments = Comment.objects.bulk_create(
        Comment(thread=thread, author=people[place % ADDRESSES], text=text, html="")
        for place, text in enumerate(texts)
    )
    Remark.objects.bulk_create(
        Remark(comment=comment, consultation=consultation) for comment in comments
    )
    start = time.perf_counter()
    number_remarks()
    fold_repeats(window=False)
    seconds = time.perf_counter() - start
    folded = Remark.objects.filter(consultation=consultation, folded_into__isnull=False)
    heads = folded.values_list("number", "folded_into__number")
    return {number - 1: head - 1 for number, head in heads if number and head}, seconds
