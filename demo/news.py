"""News of the demo city: published, corrected, urgent, planned, an event; their pictures are drawn
here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from accounts.models import User
from city.models import Department, District, Street, Theme
from core.domain import clock
from demo import content
from newsroom.articles import actions, actions_life
from newsroom.articles.content import Content
from newsroom.models import Article
from newsroom.pictures import actions as pictures

_PAPER, _ORE, _SAND, _GREEN, _INK = "#faf7f2", "#8c2318", "#d9cfc2", "#1b6443", "#574f48"
_WORDS = ("title", "summary", "text", "title_en", "summary_en", "text_en")


def load_news(people: Mapping[str, User]) -> None:
    """Load the articles of news.toml; the administrator is their author."""
    for row in content.rows("article", "news.toml"):
        _load(row, people["admin"])


def _load(row: Mapping[str, Any], by: User) -> None:
    now = clock.now()
    said = _content(row)
    first = {**said, "title": row["former"]} if "former" in row else said
    department = Department.objects.get(slug=row["department"])
    article = actions.draft(by=by, department=department, content=Content(**first))
    if "picture" in row:
        pictures.add(
            article,
            by=by,
            file=BytesIO(_DRAWN[row["picture"]]()),
            alt=row["alt"],
            alt_en=row["alt_en"],
        )
    day = timedelta(days=row["day"])
    if row["day"] > 0:
        actions_life.publish(article, by=by, at=now + day)
        return
    article = actions_life.publish(article, by=by)
    if "former" in row:
        article = actions.edit(article, by=by, content=Content(**said), reason=row["corrected"])
    # Told in the order of their days, as if they had been published then.
    Article.objects.filter(pk=article.pk).update(publish_at=now + day)


def _content(row: Mapping[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = {name: row.get(name, "").strip() for name in _WORDS}
    said |= {
        "kind": row["kind"],
        "themes": list(Theme.objects.filter(slug__in=row.get("themes", ()))),
        "streets": list(Street.objects.filter(name__in=row.get("streets", ()))),
        "district": District.objects.filter(slug=row.get("district", "")).first(),
    }
    if "begins" in row:
        begins = clock.now().replace(minute=0, second=0, microsecond=0)
        begins += timedelta(days=row["begins"])
        said |= {
            "begins_at": begins,
            "ends_at": begins + timedelta(hours=row["hours"]),
            "place": row["place"],
        }
    if "urgent" in row:
        said["urgent_until"] = clock.now() + timedelta(hours=row["urgent"])
    return said


def draw_chart() -> bytes:
    """Two pairs of bars, before and after."""
    image = Image.new("RGB", (1600, 900), _PAPER)
    draw = ImageDraw.Draw(image)
    for place, (before, after) in enumerate(((14, 8), (15, 12))):
        left = 260 + place * 640
        draw.rectangle((left, 800 - before * 44, left + 200, 800), fill=_SAND)
        draw.rectangle((left + 230, 800 - after * 44, left + 430, 800), fill=_ORE)
    draw.line((140, 802, 1460, 802), fill=_INK, width=6)
    return _png(image)


def draw_park() -> bytes:
    """An alley with trees, a bench and a lamp."""
    image = Image.new("RGB", (1600, 900), "#e3edf4")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 560, 1600, 900), fill="#c9dfce")
    draw.polygon(((700, 560), (900, 560), (1300, 900), (300, 900)), fill=_SAND)
    for x, y, size in ((180, 420, 170), (480, 470, 110), (1120, 470, 110), (1420, 420, 170)):
        draw.rectangle((x - size // 10, y, x + size // 10, y + size * 3 // 2), fill=_INK)
        draw.ellipse((x - size, y - size, x + size, y + size // 2), fill=_GREEN)
    draw.rectangle((1180, 700, 1420, 720), fill=_ORE)
    draw.rectangle((1200, 720, 1215, 780), fill=_INK)
    draw.rectangle((1385, 720, 1400, 780), fill=_INK)
    draw.rectangle((396, 430, 408, 780), fill=_INK)
    draw.ellipse((372, 380, 432, 440), fill="#ffd633")
    return _png(image)


def _png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


_DRAWN = {"chart": draw_chart, "park": draw_park}
