"""A recount of the stored ballots gives what was published, and finds what does not agree."""

from __future__ import annotations

from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.votes import factories
from tests.votes.crowd import people, publish, vote
from votes.models import (
    OpenBallot,
    OpenedBallot,
    Poll,
    Question,
    ReceiptCode,
    Result,
    SecretVoterRecord,
    State,
)
from votes.results import recounting

pytestmark = pytest.mark.django_db


def recount(poll):
    said = StringIO()
    call_command("recount", str(poll.pk), stdout=said)
    return said.getvalue()


def answer(data, question, options):
    """Any answer to a question, in its form of keeping; None for none."""
    some = st.lists(st.sampled_from(options), min_size=1, unique=True) if options else st.none()
    drawn = {
        "single": lambda: st.sampled_from(options),
        "multiple": lambda: st.lists(st.sampled_from(options), min_size=1, max_size=2, unique=True),
        "yes_no": lambda: st.sampled_from(["yes", "no", "abstain"]),
        "ranked": lambda: some,
        "score": lambda: st.dictionaries(st.sampled_from([*map(str, options)]), st.integers(0, 5)),
        "points": lambda: st.sampled_from([{str(options[0]): 10}, {str(options[1]): 3}]),
        "text": lambda: st.sampled_from(["Дякую!", "Лавку."]),
    }[question.kind]()
    return data.draw(st.none() | drawn)


@given(data=st.data())
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_recount_is_what_was_published(data, officer, department, districts, ages):
    """Whatever is asked, however it is answered, in any districts."""
    tie_rule = data.draw(st.sampled_from(Poll.TieRule.values))
    runoff = factories.RANKED | {"method": Question.Method.RUNOFF}
    poll = factories.poll(
        officer,
        department,
        questions=[*factories.ALL_KINDS, *([] if tie_rule == "shared" else [runoff])],
        voters=Poll.Voters.RESIDENTS,
        splits=True,
        tie_rule=tie_rule,
    )
    asked = [
        (question, list(question.options.values_list("pk", flat=True)))
        for question in poll.questions.all()
    ]
    for _ballots in range(data.draw(st.integers(0, 4))):
        choices = {
            str(question.pk): said
            for question, options in asked
            if (said := answer(data, question, options)) is not None
        }
        vote(
            poll,
            data.draw(st.integers(1, 7)),
            choices,
            district=data.draw(st.sampled_from([*districts, None])),
            age=data.draw(st.sampled_from([14, 16, 18, None])),
        )
    publish(poll, officer)
    result = Result.objects.get(poll=poll)
    assert recounting.differences(Poll.objects.get(pk=poll.pk)) == []
    assert "the result is the same" in recount(poll)
    assert result.counted["ballots"] == OpenBallot.objects.filter(poll=poll).count()


def test_a_ballot_that_was_changed_in_the_database_is_found(officer, department):
    poll = factories.poll(officer, department)
    vote(poll, 3, factories.choose(poll, 0))
    publish(poll, officer)
    assert recount(poll) == f"Poll {poll.pk}: 3 ballots counted again, the result is the same.\n"
    ballot = OpenBallot.objects.filter(poll=poll).first()
    ballot.choices = factories.choose(poll, 1)
    ballot.save()
    with pytest.raises(CommandError, match=r"questions\[0\].options\[0\].votes: 3, 2"):
        recount(poll)


def test_of_a_secret_poll_codes_and_marks_are_compared_too(officer, department):
    poll = factories.poll(officer, department, secrecy=Poll.Secrecy.SECRET)
    voters = people(6)
    records = [
        SecretVoterRecord(poll=poll, number=number, user=user, used=True)
        for number, user in enumerate(voters)
    ]
    factories.put(poll, records, factories.choose(poll))
    publish(poll, officer)
    assert "the result is the same" in recount(poll)
    ReceiptCode.objects.filter(poll=poll, place=1).update(code=uuid4())
    with pytest.raises(CommandError, match="codes_hash"):
        recount(poll)
    OpenedBallot.objects.filter(poll=poll, place=1).delete()
    with pytest.raises(CommandError, match="used voter records"):
        recount(poll)


def test_what_was_not_counted_then_is_not_compared(client, officer, department):
    """Results that were published before turnout was counted over time and by groups."""
    poll = factories.poll(officer, department, voters=Poll.Voters.RESIDENTS)
    vote(poll, 3, factories.choose(poll, 0))
    publish(poll, officer)
    result = Result.objects.get(poll=poll)
    for key in ("over_time", "groups"):
        del result.counted[key]
    result.city = {}
    result.save()
    assert "the result is the same" in recount(poll)
    for address in ("results/", "results.csv", "results.ods", "results.json"):
        assert client.get(f"/polls/{poll.pk}/{address}").status_code == 200
    result.counted["ballots"] = 4
    result.save()
    with pytest.raises(CommandError, match="ballots: 4, 3"):
        recount(poll)


@pytest.mark.parametrize("state", [State.OPEN, State.CLOSED, State.CANCELLED])
def test_what_was_not_published_is_not_recounted(officer, department, state):
    poll = factories.poll(officer, department, state)
    with pytest.raises(CommandError, match="no published result"):
        recount(poll)
    with pytest.raises(CommandError, match="no published result"):
        call_command("recount", str(2**70))
