"""What is read of a form without the form is what the form would give."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from core.domain.rules import Refused
from votes.ballots import posted
from votes.ballots.answers import asked_question, read
from votes.ballots.forms import BallotForm
from votes.models import Option, Poll, Question
from votes.presenters import ShownQuestion

OPTIONS = (11, 12, 13)
KINDS = [
    {"kind": "single", "none_of_these": True},
    {"kind": "single"},
    {"kind": "multiple", "most": 2, "none_of_these": True},
    {"kind": "approval"},
    {"kind": "yes_no"},
    {"kind": "ranked", "method": "runoff", "none_of_these": True},
    {"kind": "score"},
    {"kind": "points", "budget": 10},
    {"kind": "text", "is_required": False},
]
#: What browsers send, and what only somebody sends who writes requests by hand.
values = st.sampled_from(
    ["", "11", "12", "99", "0", "1", "2", "3", "5", "6", "7", " 3", "-1", "1.5", "1e1", "²", "on"]
    + ["none", "yes", "no", "abstain", "maybe", "Дякую!\r\nДуже.", "  ", "\x00"]
)
names = st.sampled_from(["q7", "q7-11", "q7-12", "q7-13", "q7-none", "q8", "cast"])


def question_of(columns):
    question = Question(pk=7, text="Що?", **columns)
    with_options = columns["kind"] not in ("yes_no", "text")
    options = [Option(pk=pk, text=f"№ {pk}") for pk in OPTIONS] if with_options else []
    return question, options


@given(st.sampled_from(KINDS), st.dictionaries(names, st.lists(values, min_size=1, max_size=3)))
def test_it_gives_what_the_form_gives_or_leaves_it_to_the_form(columns, sent):
    question, options = question_of(columns)
    data = QueryDict(mutable=True)
    for name, several in sent.items():
        data.setlist(name, several)
    questions = (asked_question(question, [option.pk for option in options]),)
    given_ = posted.choices_in(data, questions)
    if given_ is None:
        return
    try:
        plain = read(questions, given_)
    except Refused:
        return
    form = BallotForm(data, Poll(secrecy="nameless"), [ShownQuestion(question, options)])
    assert form.is_valid(), form.errors
    assert read(questions, form.cleaned_data["choices"]) == plain


@pytest.mark.parametrize(
    ("columns", "sent", "choice"),
    [
        (KINDS[0], {"q7": ["12"]}, 12),
        (KINDS[0], {"q7": ["none"]}, "none"),
        (KINDS[2], {"q7": ["13", "11"]}, [11, 13]),
        (KINDS[2], {"q7-none": ["on"]}, "none"),
        (KINDS[4], {"q7": ["abstain"]}, "abstain"),
        (KINDS[5], {"q7-11": ["2"], "q7-12": [""], "q7-13": ["1"]}, [13, 11]),
        (KINDS[6], {"q7-11": ["0"], "q7-13": ["5"]}, {"11": 0, "13": 5}),
        (KINDS[7], {"q7-11": ["7"], "q7-12": ["3"], "q7-13": ["0"]}, {"11": 7, "12": 3}),
        (KINDS[8], {"q7": [" Так\r\nі ні "]}, "Так\nі ні"),
    ],
)
def test_what_browsers_send_needs_no_form(columns, sent, choice):
    question, options = question_of(columns)
    data = QueryDict(mutable=True)
    for name, several in sent.items():
        data.setlist(name, several)
    questions = (asked_question(question, [option.pk for option in options]),)
    assert read(questions, posted.choices_in(data, questions)) == {"7": choice}
