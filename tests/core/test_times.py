"""Times, months and telephone numbers as pages show them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils.translation import override

AT = datetime(2026, 11, 28, 12, 5, 9, 123456, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tag", "shown"),
    [
        ("{% time_of_day at %}", '<time datetime="2026-11-28T14:05:09+02:00">14:05</time>'),
        (
            "{% time_of_day at seconds=True %}",
            '<time datetime="2026-11-28T14:05:09+02:00">14:05:09</time>',
        ),
        ("{% month day %}", '<time datetime="2026-11">Листопад 2026</time>'),
        ('{% month day "m.Y" %}', '<time datetime="2026-11">11.2026</time>'),
        ("{{ at|iso }}", "2026-11-28T14:05:09+02:00"),
        ("{{ phone|tel_url }}", "tel:+380561234567"),
    ],
)
def test_each_is_what_html_allows(tag, shown):
    context = Context({"at": AT, "day": date(2026, 11, 1), "phone": "+38 (056) 123-45-67, 12"})
    with override("uk"):
        assert Template("{% load times components %}" + tag).render(context) == shown
