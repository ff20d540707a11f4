"""Two polls in which hundreds of thousands have put twelve options in order, to measure with."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate
from random import Random
from uuid import uuid4

from django.db import connection

from accounts.models import User
from core.domain import clock
from demo import content
from demo.scale import Scale
from votes.ballots import actions as cast_actions
from votes.ballots import boxes
from votes.electorate import actions as electorate_actions
from votes.keepers import server_keys
from votes.life import actions
from votes.models import OpenBallot, Option, Poll, SecretVoterRecord, VoterRecord

#: People of whom nothing is known but that they have voted, in one statement.
_VOTERS = """
INSERT INTO {table} ({columns})
SELECT {values} FROM {table} CROSS JOIN generate_series(1, %(number)s) AS n WHERE id = %(like)s
ON CONFLICT DO NOTHING
"""
_RECORDS = f"""
INSERT INTO {VoterRecord._meta.db_table} (poll_id, user_id, used, on_paper)
SELECT %(poll)s, id, true, false FROM {User._meta.db_table}
WHERE email LIKE 'voter-%%@viche.example' ORDER BY id LIMIT %(number)s
RETURNING id
"""  # noqa: S608 - names of tables


_NUMBERS = f"""
SELECT record.number FROM {SecretVoterRecord._meta.db_table} AS record
JOIN {User._meta.db_table} AS person ON person.id = record.user_id
WHERE record.poll_id = %s AND person.email LIKE 'voter-%%' ORDER BY person.id LIMIT %s
"""  # noqa: S608 - names of tables


@dataclass(frozen=True)
class MadePolls:
    """Rows written: the open poll and the secret one, and the number of ballots in each."""

    open: Poll
    secret: Poll
    ballots: int


class ScaleOfPolls:
    """Makes polls from the phrases of `scale.toml`; the same ballots for the same `seed`."""

    def __init__(self, scale: Scale, seed: str = "") -> None:
        self.random = Random(seed)  # noqa: S311 - nothing secret: the same data every time
        self.scale = scale
        self.phrases = content.table("scale.toml")

    def make(self, ballots: int) -> MadePolls:
        """An open and a secret poll of one ranked question, so many ballots in each. Of the secret
        one also everybody else who may vote now has a voter record."""
        self._voters(ballots)
        openly, secretly = self._poll(Poll.Secrecy.NAMELESS), self._poll(Poll.Secrecy.SECRET)
        self._openly(openly, ballots)
        self._secretly(secretly, ballots)
        return MadePolls(openly, secretly, ballots)

    def _poll(self, secrecy: str) -> Poll:
        now = clock.now()
        options = [{"text": phrase.capitalize()} for phrase in self.phrases["subjects"][:12]]
        poll = actions.create(
            by=self.scale.officer,
            fields={
                "title": self.phrases["title"],
                "department": self.scale.department,
                "secrecy": secrecy,
                "keeping": Poll.Keeping.SERVER,
                "opens_at": now,
                "closes_at": now + timedelta(days=30),
            },
            questions=[
                {
                    "text": self.phrases["title"],
                    "kind": "ranked",
                    "method": "schulze",
                    "options": options,
                }
            ],
        )
        if poll.is_secret:
            server_keys.make(poll)
        poll = actions.schedule(poll, by=self.scale.officer)
        return electorate_actions.freeze(poll)

    def _voters(self, number: int) -> None:
        """Make residents once for all runs, like one of those who write remarks."""
        known = [field for field in User._meta.concrete_fields if not field.primary_key]
        values = {"email": "'voter-' || n || '@viche.example'"}
        columns = [str(field.column) for field in known]
        with connection.cursor() as cursor:
            cursor.execute(
                _VOTERS.format(
                    table=User._meta.db_table,
                    columns=", ".join(columns),
                    values=", ".join(values.get(column, column) for column in columns),
                ),
                {"number": number, "like": self.scale.people[0].pk},
            )

    def _openly(self, poll: Poll, number: int) -> None:
        ballots = self._ballots(poll, number)
        with connection.cursor() as cursor:
            cursor.execute(_RECORDS, {"poll": poll.pk, "number": number})
            records = [pk for (pk,) in cursor.fetchall()]
            rows = f"COPY {OpenBallot._meta.db_table} (mark_id, poll_id, choices) FROM STDIN"
            with cursor.copy(rows) as copy:
                for record, ballot in zip(records, ballots, strict=True):
                    copy.write_row((record, poll.pk, ballot))

    def _secretly(self, poll: Poll, number: int) -> None:
        """As if each had cast their ballot: a box on each of so many records."""
        ballots, keys = self._ballots(poll, number), cast_actions.keys_of(poll)
        table = SecretVoterRecord._meta.db_table
        with connection.cursor() as cursor:
            # Sealing 200,000 ballots takes longer than any statement of a page may.
            cursor.execute("SET statement_timeout = 0")
            # As many rows as were written just now are news to the planner.
            cursor.execute(f"ANALYZE {User._meta.db_table}, {table}")
            cursor.execute(_NUMBERS, [poll.pk, number])
            numbers = [number for (number,) in cursor.fetchall()]
            cursor.execute("CREATE TEMPORARY TABLE cast_boxes (number int, box bytea, form uuid)")
            with cursor.copy("COPY cast_boxes FROM STDIN") as copy:
                for record, ballot in zip(numbers, ballots, strict=True):
                    said = boxes.Ballot(json.loads(ballot), uuid4())
                    copy.write_row((record, boxes.seal(poll, keys, record, said), uuid4()))
            cursor.execute(
                f"UPDATE {table} AS record SET used = true, box = made.box, form = made.form"  # noqa: S608 - names of tables
                " FROM cast_boxes AS made"
                " WHERE record.poll_id = %s AND record.number = made.number",
                [poll.pk],
            )
            cursor.execute("DROP TABLE cast_boxes")

    def _ballots(self, poll: Poll, number: int) -> list[str]:
        """Options in order, those that stand higher in the list a little more liked; a third of the
        people puts in order but a few."""
        question = poll.questions.get()
        options = list(Option.objects.filter(question=question).values_list("pk", flat=True))
        weights = list(accumulate(1 / (place + 4) for place in range(len(options))))
        return [
            json.dumps({str(question.pk): self._order(options, weights)}) for _ in range(number)
        ]

    def _order(self, options: list[int], weights: list[float]) -> list[int]:
        first = self.random.choices(options, cum_weights=weights)[0]
        others = [option for option in options if option != first]
        self.random.shuffle(others)
        length = len(options) if self.random.random() < 2 / 3 else self.random.randint(1, 4)
        return [first, *others][:length]
