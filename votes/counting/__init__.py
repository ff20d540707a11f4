"""Counting: pure functions from ballots to numbers. No database, no clock, no chance.

    outcome = count(asked, answers, TieBreak(rule, lot))

``answers`` are those of one question in the form of votes/answers.py, in any order: the outcome
does not depend on it.
"""

from votes.counting.count import count
from votes.counting.outcome import OptionCount, Outcome, Round
from votes.counting.ties import TieBreak

__all__ = ["OptionCount", "Outcome", "Round", "TieBreak", "count"]
