"""A meeting's display as a browser shows it."""

from __future__ import annotations

from pathlib import Path

from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from playwright.sync_api import Browser

from meetings.displays import boards
from meetings.models import Meeting
from meetings.pages import for_page
from meetings.presenters import ShownMeeting
from tests import displays


def look(
    browser: Browser,
    client: Client,
    meeting: Meeting,
    folder: Path,
    name: str,
    width: int = 1920,
    height: int = 1080,
) -> list[list[str]]:
    """The words on each of its screens, of which nothing is small or cut (tests.displays.look)."""
    html = displays.page_of(client, f"/meetings/{meeting.pk}/display/")
    return [each.words for each in displays.look(browser, html, folder, name, width, height)]


def shown_of(meeting: Meeting) -> ShownMeeting:
    """The meeting as its displays read it."""
    return ShownMeeting.of(for_page(Meeting.objects.filter(pk=meeting.pk)).get())


def drawn(meeting: Meeting, picture: str, words: str = "", theme: str = "dark") -> str:
    """The page of a display that shows a picture."""
    context = boards.display_context(shown_of(meeting), picture, words) | {"theme": theme}
    return render_to_string("meetings/display.html", context, RequestFactory().get("/"))
