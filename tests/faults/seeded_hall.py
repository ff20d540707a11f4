"""Faults of votes in a meeting, each with the test that is named for catching it."""

from __future__ import annotations

from tests.faults.fault import Fault

HALL_FAULTS = (
    Fault(
        "a repeated vote that its amendment does not follow",
        "meetings/rollcalls/repeating.py",
        "    Amendment.objects.filter(roll_call=annulled).update(roll_call=again)\n",
        "",
        "tests/meetings/amendments/test_amendments.py::test_what_became_of_one_is_what_the_repeated_vote_says",
    ),
    Fault(
        "a vote that a pause interrupted, repeated and not annulled",
        "meetings/pauses/suspended.py",
        "        annul_roll_call(roll_call, by=by, reason=_why(pause))\n",
        "",
        "tests/meetings/test_truth_machine.py::test_all_faces_say_the_same_amid_an_alarm",
    ),
    Fault(
        "a ballot of paper for who is not in the hall",
        "meetings/paper_ballots/rules.py",
        '            is_in_hall,\n            "paper_ballot.by_video",',
        '            True,\n            "paper_ballot.by_video",',
        "tests/meetings/paper_ballots/test_paper_ballots.py::test_a_ballot_is_handed_to_who_is_in_the_hall",
    ),
)
