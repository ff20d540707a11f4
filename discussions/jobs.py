"""Background jobs of discussions."""

from __future__ import annotations

from procrastinate.contrib.django import app

from discussions.indexing import index_again


@app.task
def index_organisation(organisation_id: int) -> None:
    """Let an organisation's comments be found by the name that it has now."""
    index_again(organisation_id)
