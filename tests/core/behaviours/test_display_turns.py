"""What does not fit on a display at once takes turns, by the server's time."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.core.behaviours.site import Site

SCREEN = "<p data-turn{}>{}</p>"
DISPLAY = (
    '<main data-now="{{ now }}"><time data-clock></time>'
    '<div data-turns="15" data-turns-from="{{ since }}">'
    + SCREEN.format("", 1)
    + SCREEN.format(" hidden", 2)
    + SCREEN.format(" hidden", 3)
    + '</div></main><script type="module" src="{% static "js/display.js" %}"></script>'
)
#: The first of three turns begins; the hall's computer is two days behind.
SERVER, HALL = datetime.fromtimestamp(45_000_000 * 45, UTC), datetime(2034, 1, 1, tzinfo=UTC)


def shown(site: Site) -> list[str]:
    return site.page.locator("[data-turn]:not([hidden])").all_inner_texts()


def test_each_stands_for_as_long_and_a_hall_shows_the_same(site):
    site.page.clock.install(time=HALL)
    page = site.open(DISPLAY, now=SERVER.isoformat(), since=0)
    seen = []
    for _turn in range(4):
        seen.append(shown(site))
        page.clock.run_for(15_000)
    assert seen == [["1"], ["2"], ["3"], ["1"]]
    # A frame of the socket tells the server's time anew, and one of its screens is drawn again.
    moment = datetime.fromtimestamp(SERVER.timestamp() + 30, UTC).isoformat()
    page.evaluate(
        """moment => document.dispatchEvent(new CustomEvent("live:now", { detail: moment }))""",
        moment,
    )
    page.clock.run_for(300)
    assert shown(site) == ["3"]


def test_the_first_stands_from_the_moment_on_that_the_place_names(site):
    """A remark that was said just now is seen at once, a text is read from its beginning."""
    site.page.clock.install(time=HALL)
    page = site.open(DISPLAY, now=SERVER.isoformat(), since=int(SERVER.timestamp()) - 20)
    seen = []
    for _turn in range(3):
        seen.append(shown(site))
        page.clock.run_for(15_000)
    assert seen == [["2"], ["3"], ["1"]]
