"""Jobs of meetings."""

from __future__ import annotations

from datetime import datetime

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from meetings.minutes import files
from meetings.outcome import handlers_index
from meetings.undoing import actions as undoing


@app.task(retry=RetryStrategy(max_attempts=4, linear_wait=30))
def make_minutes_files(edition_id: int) -> None:
    """Make the DOCX and the PDF of published minutes."""
    files.make_files(edition_id)


@app.task(retry=RetryStrategy(max_attempts=4, linear_wait=30))
def index_meeting(meeting_id: int) -> None:
    """Write what a published meeting is found by."""
    handlers_index.index_meeting(meeting_id)


@app.task(queue="mail", retry=RetryStrategy(max_attempts=4, linear_wait=30))
def confirm_close(meeting_id: int, closed_at: str) -> None:
    """Let people be told that a meeting is over, unless it was reopened."""
    undoing.confirm_close(meeting_id, datetime.fromisoformat(closed_at))
