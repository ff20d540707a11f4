"""Personal data found in texts of 5,000 characters, as an officer sees them before publishing."""

from __future__ import annotations

import time
from statistics import median, quantiles

from benchmarks import ground
from core.db.search import load_morphology
from core.domain.personal_data_finder import find_personal_data
from core.domain.personal_names import forget_words
from tests.honest_remarks import honest

LETTERS = 5000
TEXTS = 200
SIGNED = " Коваль Олена Петрівна, вул. Їжакевича, 4, кв. 2, тел. 067 123 45 67. "


def main() -> None:
    load_morphology()
    words = SIGNED.join(honest(TEXTS * 40))
    texts = [words[at : at + LETTERS] for at in range(0, len(words) - LETTERS, LETTERS)][:TEXTS]
    rows = []
    for what, is_cold in (("words new to the process", True), ("words seen before", False)):
        seconds = [_measure(text, is_cold=is_cold) for text in texts]
        p99 = quantiles(seconds, n=100)[98]
        rows.append((what, str(len(texts)), f"{median(seconds):.1f}", f"{p99:.1f}"))
    ground.table(
        f"Personal data found in {LETTERS} characters",
        ("what", "texts", "CPU ms, median", "CPU ms, p99"),
        rows,
    )


def _measure(text: str, *, is_cold: bool) -> float:
    if is_cold:
        forget_words()
    began = time.process_time()
    find_personal_data(text)
    return (time.process_time() - began) * 1000
