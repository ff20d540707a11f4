"""The order of speakers, as properties."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.models import Speaker
from meetings.speakers.rules import in_order

NOON = datetime(2027, 3, 4, 12, tzinfo=UTC)
_PERSON = st.one_of(
    st.fixed_dictionaries({"deputy_id": st.integers(1, 4)}),
    st.fixed_dictionaries({"user_id": st.integers(1, 4)}),
    st.fixed_dictionaries({"name": st.sampled_from(["Олена Коваль", "олена  коваль", "Іван"])}),
)


@st.composite
def lists(draw: Any) -> list[Speaker]:
    """All speakers of an item: some have spoken, some wait, some want to speak no more."""
    rows = draw(
        st.lists(
            st.tuples(
                _PERSON,
                st.sampled_from(["for", "against", ""]),
                st.integers(0, 9),
                st.sampled_from(["waits", "spoken", "withdrawn"]),
            ),
            max_size=12,
        )
    )
    speakers = []
    for pk, (person, stance, minute, became) in enumerate(rows, 1):
        asked_at = NOON + timedelta(minutes=minute)
        one = Speaker(pk=pk, stance=stance, asked_at=asked_at, **person)
        if became == "spoken":
            one.began_at = asked_at + timedelta(hours=1)
            one.ended_at = one.began_at + timedelta(minutes=3)
        elif became == "withdrawn":
            one.withdrawn_at = asked_at
        speakers.append(one)
    return speakers


def who(one: Speaker) -> object:
    return (one.deputy_id, one.user_id, " ".join(one.name.lower().split()))


@settings(max_examples=40)
@given(lists())
def test_everybody_who_waits_speaks_once(speakers):
    assert sorted(one.pk for one in in_order(speakers)) == [
        one.pk for one in speakers if one.is_waiting
    ]


@settings(max_examples=40)
@given(lists())
def test_who_has_not_spoken_comes_first(speakers):
    spoken = {who(one) for one in speakers if one.began_at}
    again = [who(one) in spoken for one in in_order(speakers)]
    assert again == sorted(again)


@settings(max_examples=40)
@given(lists())
def test_two_of_one_side_follow_only_when_nobody_of_the_other_waits(speakers):
    spoken = {who(one) for one in speakers if one.began_at}
    order = in_order(speakers)
    begun = sorted((one for one in speakers if one.began_at), key=lambda o: (o.began_at, o.pk))
    sides = [one.stance for one in begun if one.stance]
    for place, one in enumerate(order):
        if one.stance and sides[-1:] == [one.stance]:
            rest = order[place + 1 :]
            same_group = [each for each in rest if (who(each) in spoken) == (who(one) in spoken)]
            assert all(each.stance in ("", one.stance) for each in same_group)
        if one.stance:
            sides.append(one.stance)


@settings(max_examples=40)
@given(lists())
def test_those_of_one_side_speak_in_the_order_in_which_they_asked(speakers):
    spoken = {who(one) for one in speakers if one.began_at}
    order = in_order(speakers)
    for stance in ("for", "against", ""):
        for is_again in (False, True):
            asked = [
                (one.asked_at, one.pk)
                for one in order
                if one.stance == stance and (who(one) in spoken) is is_again
            ]
            assert asked == sorted(asked)


@settings(max_examples=40)
@given(lists(), st.randoms(use_true_random=False))
def test_the_order_is_that_of_the_facts_not_of_the_rows(speakers, random):
    before = [one.pk for one in in_order(speakers)]
    random.shuffle(speakers)
    assert [one.pk for one in in_order(speakers)] == before


def test_an_order_by_hand():
    """Two for at noon, one against later, one for neither between them."""

    def asks(pk: int, minute: int, stance: str) -> Speaker:
        at = NOON + timedelta(minutes=minute)
        return Speaker(pk=pk, user_id=pk, stance=stance, asked_at=at)

    speakers = [asks(1, 0, "for"), asks(2, 1, "for"), asks(3, 2, ""), asks(4, 3, "against")]
    assert [one.pk for one in in_order(speakers)] == [1, 4, 2, 3]
