"""Periodic jobs of the newsroom."""

from __future__ import annotations

from procrastinate.contrib.django import app

from newsroom.articles import actions_life


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="tell_published_articles")
def tell_published_articles(timestamp: int) -> None:
    """Announce what was planned and is published by now; ``timestamp``: the minute it was
    scheduled for."""
    actions_life.tell_published()
