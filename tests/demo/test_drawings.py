"""Pictures of the demo city's polls: every open one with options has a picture of each."""

from __future__ import annotations

import pytest
from PIL import Image

from demo import content
from demo.drawings import DRAWINGS

_POLLS = content.table("polls.toml")["poll"]
_OPEN = [
    poll
    for poll in _POLLS
    if poll["opens"] <= 0 <= poll["closes"] and not {"cancelled", "draft"} & poll.keys()
]


@pytest.mark.parametrize("poll", _OPEN, ids=lambda poll: poll["title"])
def test_each_option_of_an_open_poll_has_a_picture_of_its_own(poll):
    options = [option for question in poll["question"] for option in question.get("option", ())]
    pictures = [option["picture"] for option in options]
    assert len(set(pictures)) == len(options)


def test_all_are_drawn_or_kept_and_no_drawing_is_idle():
    named = {
        option["picture"]
        for poll in _POLLS
        for question in poll["question"]
        for option in question.get("option", ())
        if "picture" in option
    }
    assert set(DRAWINGS) <= named
    for name in named:
        with Image.open(content.picture(name)) as picture:
            assert picture.size == (960, 640)
