"""Open data and cards for other sites."""

from __future__ import annotations

from portal.embed.lists import LISTS
from portal.opendata.registry import DATASETS
from tests.pages.page_checks import PageChecks, of, simple

PAGES: dict[str, PageChecks] = {
    "opendata:catalogue": simple("opendata:catalogue"),
    "opendata:dataset": lambda _town: [
        of("opendata:dataset", each.slug) for each in (DATASETS[0], DATASETS[-1])
    ],
    "embed:petition_card": lambda town: [
        of("embed:petition_card", town.petitions[state].pk) for state in ("collecting", "answered")
    ],
    "embed:consultation_card": lambda town: [of("embed:consultation_card", town.opened.pk)],
    "opendata:embed": simple("opendata:embed"),
    **{f"embed:{name}_list": simple(f"embed:{name}_list") for name in LISTS},
    "embed:poll_card": lambda town: [of("embed:poll_card", town.polls["counted"].pk)],
}
NO_PAGE = dict.fromkeys(
    ("oembed", *(f"data_files:{name}" for name in ("catalogue", "dataset", "schema", "file"))),
    "a file for programs",
)
