"""Counting: pure functions from ballots to numbers. No database, no clock, no chance.

    outcome = count(asked, answers, TieBreak(rule, lot))

``answers`` are those of one question in the form of votes/ballots/answers.py, in any order: the
outcome does not depend on it.
"""
