"""PLACEHOLDER by the lead so that imports work until `drafts` writes this file (uncommitted)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Selector:
    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""


def make(text, start, end):
    return Selector(
        start, end, text[start:end], text[max(0, start - 32) : start], text[end : end + 32]
    )


def find(text, s):
    return (s.start, s.end) if text[s.start : s.end] == s.exact else None
