"""A second version of a text, made by known edits: for texts of any length."""

from __future__ import annotations

from random import Random


def edited(text: str, seed: int, *, share: float = 0.15) -> str:
    """The text with some of its lines reworded, taken out, moved, joined or added."""
    random = Random(seed)
    lines = [line for line in text.split("\n") if line.strip()]
    made: list[str] = []
    moved: list[str] = []
    for line in lines:
        what = random.random()
        if what > share:
            made.append(line)
        elif what < share * 0.2:
            continue
        elif what < share * 0.35:
            moved.append(line)
        elif what < share * 0.5:
            made += [line, f"{random.randint(100, 900)}. Доповнити новим положенням № {what:.4f}."]
        else:
            words = line.split(" ")
            for _ in range(max(1, len(words) // 6)):
                words[random.randrange(len(words))] = random.choice(["щороку", "місто", "та інше"])
            made.append(" ".join(words))
    for line in moved:
        made.insert(random.randrange(len(made) + 1), line)
    return "\n".join(made)
