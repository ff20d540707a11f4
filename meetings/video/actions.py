"""Actions on the subtitles of a meeting's video."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.domain.actions import action
from core.domain.events import emit
from core.domain.rules import require
from meetings.actions import begin
from meetings.events import SubtitlesImported
from meetings.models import Meeting, Subtitle
from meetings.video import rules
from meetings.video.parsing import Cue

if TYPE_CHECKING:
    from accounts.models import User


def import_subtitles(meeting: Meeting, *, by: User, cues: Sequence[Cue]) -> int:
    """Put these in the place of those that were there; how many they are. Refuses by
    rules.import_subtitles. Emits SubtitlesImported."""
    with action():
        meeting, _now = begin(meeting)
        require(rules.import_subtitles(by, meeting))
        meeting.subtitles.all().delete()
        rows = (
            Subtitle(meeting=meeting, begins=cue.begins, ends=cue.ends, text=cue.text)
            for cue in cues
        )
        Subtitle.objects.bulk_create(rows, batch_size=2000)
        emit(SubtitlesImported(meeting.pk, by.pk))
        return len(cues)
