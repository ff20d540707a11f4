"""The same words on several tracks as a machine: their author, staff, strangers and the clock in
any order. What was said first stays as it was, and nothing becomes public but by its author's
sending (docs/adr/0061-tracks.md)."""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from appeals import actions
from appeals.models import OPEN_STATES, Appeal, Entry
from appeals.tracks.actions import suggest_track
from consultations.models import Consultation, Remark
from consultations.remarks import actions as remarks_actions
from core.domain import clock as database_clock
from core.domain.calendar import local_date
from core.models import AuditEntry
from discussions.models import Comment
from petitions.models import Petition
from petitions.models import State as PetitionState
from tests import factories as people
from tests.appeals import factories
from tests.petitions.factories import petition
from tests.plugins.levels import level
from tests.state_machines import Attempts, live

#: From where to where one may go, by what the decision says.
WAYS = {
    "remark": {"petition", "application", "request"},
    "petition": {"remark", "application", "request"},
    "application": {"remark", "petition"},
    "request": {"remark", "petition"},
}
TRACKS = st.sampled_from(list(WAYS))
#: How addresses call what was said.
SOURCES = {"application": "appeal", "request": "appeal"}
#: What no move and no suggestion may change.
KEPT: dict[type, tuple[str, ...]] = {
    Appeal: ("number", "registered_on", "received_at", "text", "due_at", "term", "author_id"),
    Comment: ("created_at", "text", "author_id", "hidden_at"),
    Petition: ("submitted_at", "text", "title", "author_id"),
}
FOREVER = 20 * 365 * 24 * 3600
MOST_SAID = 9


@dataclass
class Said:
    """Something that stands on a track, and its row as it was then."""

    track: str
    row: Any
    #: Of its text, and of no other's but those that were made of it.
    word: str
    was: dict[str, Any] = field(default_factory=dict)
    #: A petition that nobody has sent yet: its author may change it, and nobody else sees it.
    is_draft: bool = False

    def __post_init__(self) -> None:
        self.was = self.now()

    def now(self) -> dict[str, Any]:
        rows = type(self.row)._default_manager.filter(pk=self.row.pk)
        return rows.values(*KEPT[type(self.row)]).get()

    @property
    def again(self) -> str:
        return reverse("tracks:again", args=[SOURCES.get(self.track, self.track), self.row.pk])


class Words(Attempts, RuleBasedStateMachine):
    """``done`` counts what was really done, so that a machine that is always refused is seen."""

    def __init__(self, cast: dict[str, Any], clock: Any, done: Counter[str]) -> None:
        super().__init__()
        self.cast, self.clock, self.done = cast, clock, done
        self.said: list[Said] = []
        self.suggested = 0
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.clients = {name: Client() for name in ("author", "stranger", "nobody")}
        for name in ("author", "stranger"):
            self.clients[name].force_login(cast[name], lasts=FOREVER)
        self.author = self.clients["author"]

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    # --- the author -----------------------------------------------------------------------------

    @initialize(track=TRACKS)
    def it_begins(self, track: str) -> None:
        self.something_is_said(track)

    @precondition(lambda self: len(self.said) < MOST_SAID)
    @rule(track=TRACKS)
    def something_is_said(self, track: str) -> None:
        word = "слово" + "".join("бвгджзклмн"[int(digit)] for digit in f"{len(self.said):02}")
        text = f"Про {word}. Прошу розглянути."
        by = self.cast["author"]
        row: Any
        if track == "remark":
            row = remarks_actions.remark(self.cast["first"], by=by, text=text).comment
        elif track == "petition":
            row = petition(by, PetitionState.REFUSED, title=f"Про {word}", text=text)
        else:
            row = factories.filed(by, kind=track, text=text, subject="Лист до ради").appeal
        self.said.append(Said(track, row, word))

    @precondition(lambda self: 0 < len(self.said) < MOST_SAID)
    @rule(which=st.integers(0, MOST_SAID), way=st.integers(0, 2), sends=st.booleans())
    def it_is_said_again(self, which: int, way: int, sends: bool) -> None:
        said = self.said[which % len(self.said)]
        answer = self.author.get(said.again)
        assert answer.status_code == (404 if said.is_draft else 200)
        if said.is_draft:
            return
        page = html.unescape(answer.content.decode())
        ways = sorted(WAYS[said.track])
        assert {track for track in WAYS if self.button(track) in page} == set(ways)
        assert "no-store" in answer.headers["Cache-Control"]
        to = ways[way % len(ways)]
        (text,) = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
        assert said.word in text
        self.check_reference(said, text)
        before = self.stored()
        brought = {"begin": "1", "text": text, "kind": to}
        form = self.author.post(self.address(to), brought, follow=True)
        assert said.word in html.unescape(form.content.decode())
        assert self.stored() == before, "a form that opens with words carries nothing out"
        self.done[f"{said.track} to {to}"] += sends
        if sends:
            made = self.send(to, text)
            self.said.append(Said(to, made, said.word))
            self.said[-1].is_draft = to == "petition"

    def check_reference(self, said: Said, text: str) -> None:
        """The words end with what was said first, its number and day; those of an appeal, which is
        private, with neither."""
        last = text.rpartition("\n\n")[2]
        if said.track == "remark":
            assert f"{local_date(said.was['created_at']):%d.%m.%Y}" in last
        elif said.track == "petition":
            assert f"№ {said.row.pk} «{said.row.title}»" in last
        else:
            assert text == said.was["text"]

    def button(self, track: str) -> str:
        if track in SOURCES:
            return f'name="kind" value="{track}"'
        return f'formaction="{self.address(track)}"'

    def address(self, track: str) -> str:
        if track == "remark":
            return reverse("consultations:speak", args=[self.cast["second"].pk])
        return reverse("petitions:start" if track == "petition" else "appeals:new")

    def send(self, track: str, text: str) -> Any:
        """What a person presses last, in the form of that track."""
        sent = {
            "kind": track,
            "text": text,
            "name": "Коваль Олена Петрівна",
            "residence": "вул. Тиха, 3",
            "email": "olena@viche.example",
        }
        answer = self.author.post(self.address(track), sent)
        if answer.status_code == 409:  # said in these words already: it is sent once more
            answer = self.author.post(self.address(track), sent | {"again": "1"})
        assert answer.status_code == 302, answer.content.decode()
        if track == "remark":
            return Remark.objects.latest("pk").comment
        made = (Petition if track == "petition" else Appeal)._default_manager.latest("pk")
        assert text.split("\n")[0] in made.text
        return made

    # --- staff, strangers, the clock ------------------------------------------------------------

    @precondition(lambda self: any(each.track in SOURCES for each in self.said))
    @rule(which=st.integers(0, MOST_SAID), track=st.sampled_from(["petition", "remark", "request"]))
    def staff_suggests(self, which: int, track: str) -> None:
        appeal = self.appeal(which)
        state = Appeal.objects.get(pk=appeal.pk).state_at(database_clock.now())
        allowed = state in OPEN_STATES and track != "request"
        before = self.stored()
        self.attempt(allowed, suggest_track, appeal, by=self.cast["clerk"], track=track)
        self.suggested += allowed
        assert self.stored() == before

    @precondition(lambda self: any(each.track in SOURCES for each in self.said))
    @rule(which=st.integers(0, MOST_SAID))
    def one_is_withdrawn(self, which: int) -> None:
        """It ends as before, whatever was made of its words."""
        appeal = self.appeal(which)
        state = Appeal.objects.get(pk=appeal.pk).state_at(database_clock.now())
        self.attempt(state in OPEN_STATES, actions.withdraw, appeal, by=self.cast["author"])

    def appeal(self, which: int) -> Any:
        appeals = [each.row for each in self.said if each.track in SOURCES]
        return appeals[which % len(appeals)]

    @precondition(lambda self: self.said)
    @rule(which=st.integers(0, MOST_SAID), who=st.sampled_from(["stranger", "nobody"]))
    def somebody_else_tries(self, which: int, who: str) -> None:
        answer = self.clients[who].get(self.said[which % len(self.said)].again)
        assert answer.status_code == 404

    @rule(hours=st.sampled_from([1, 20, 24 * 4]))
    def time_passes(self, hours: int) -> None:
        self.clock.advance(hours=hours)

    # --- what always holds ----------------------------------------------------------------------

    def stored(self) -> list[int]:
        return [model._default_manager.count() for model in (Appeal, Remark, Petition)]

    @invariant()
    def what_was_said_first_stays_as_it_was(self) -> None:
        for each in self.said:
            assert each.now() == each.was

    @invariant()
    def nothing_is_public_but_what_its_author_sent_there(self) -> None:
        public = [*Comment.objects.values_list("text", flat=True)]
        public += Petition.objects.values_list("text", flat=True)
        for each in self.said:
            sent = sum(
                other.word == each.word and other.track in ("remark", "petition")
                for other in self.said
            )
            assert sum(each.word in text for text in public) == sent
            if isinstance(each.row, Appeal):
                assert not any(each.row.label in text for text in public)

    @invariant()
    def each_appeal_was_filed_by_its_author(self) -> None:
        filed = [each.row.pk for each in self.said if each.track in SOURCES]
        assert sorted(Appeal.objects.values_list("pk", flat=True)) == sorted(filed)
        told = Counter(AuditEntry.objects.values_list("event", flat=True))
        assert told["AppealFiled"] == len(filed)
        assert told["AppealTrackSuggested"] == self.suggested
        notes = Entry.objects.filter(kind=Entry.Kind.NOTE, internal=False)
        assert notes.count() == self.suggested


@pytest.fixture
def cast(olena, bohdan, department) -> dict[str, Any]:
    def consultation() -> Consultation:
        # Open as long as a life may last.
        until = database_clock.now() + timedelta(days=400)
        return people.consultation(department, closes_at=until)

    return {
        "author": olena,
        "stranger": bohdan,
        "clerk": factories.registrar(),
        "first": consultation(),
        "second": consultation(),
    }


def live_by_rules(
    cast: Any, clock: Any, *, runs: int, steps: int, seed: int | None = None
) -> Counter[str]:
    done: Counter[str] = Counter()
    live(lambda: Words(cast, clock, done), examples=runs, steps=steps, seed=seed)
    return done


def moves_of(done: Counter[str]) -> set[tuple[str, str]]:
    return {
        (source, to) for source, ways in WAYS.items() for to in ways if done[f"{source} to {to}"]
    }


@pytest.mark.short
@pytest.mark.django_db
def test_words_go_by_their_author_alone(cast, clock):
    done = live_by_rules(cast, clock, runs=6, steps=10)
    assert len(moves_of(done)) >= 2, done


@pytest.mark.long
@pytest.mark.django_db
def test_many_words(cast, clock):
    done = live_by_rules(cast, clock, runs=30, steps=20)
    assert len(moves_of(done)) >= 6, done
    assert done["suggest_track done"]


@pytest.mark.nightly
@pytest.mark.timeout(3600)
@pytest.mark.django_db
def test_other_words_every_night(cast, clock, request):
    done = live_by_rules(cast, clock, runs=300, steps=20, seed=level(request.config).seed)
    # Of ten ways the rarest may be missing.
    assert len(moves_of(done)) >= 9, done
