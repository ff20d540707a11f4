"""Every component, together in the frame; where the focus goes."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import AnonymousUser
from django.template import RequestContext, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from django.utils.safestring import mark_safe

from city.models import Council
from core.domain.council import council
from tests.core.behaviours.site import Site, focused
from tests.core.pieces import Speech
from tests.core.test_components import SAMPLES


def everything(language: str) -> str:
    """The frame with each component in it, and a form with errors."""
    request = RequestFactory().get("/" if language == "uk" else "/en/")
    request.user = AnonymousUser()
    request.session = {}
    apart = {"header.html", "footer.html", "messages.html", "confirm.html", "error_summary.html"}
    apart |= {"error_500.html", "error_503.html"}
    # Of files; their pages have a style sheet for them.
    apart |= {"picture.html", "figure.html"}
    # Of displays: they have a frame and colours of their own.
    apart |= {"display_head.html", "display_top.html", "display_join.html"}
    parts = [
        render_to_string(f"components/{name}", sample)
        for name, sample in SAMPLES.items()
        if name not in apart
    ]
    body = "<h1>Components</h1><h2>All</h2>" + "".join(parts) + str(Speech({}))
    source = "{% extends 'base.html' %}{% block content %}{{ body }}{% endblock %}"
    template = Template(source)
    with translation.override(language):
        return template.render(RequestContext(request, {"body": mark_safe(body)}))


@pytest.mark.cpu(10)
@pytest.mark.django_db  # what a page knows of the council
@pytest.mark.parametrize("language", ["uk", "en"])
@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_components_are_accessible_and_fit(browser, language, width, scheme):
    site = Site(browser, viewport={"width": width, "height": 800}, color_scheme=scheme)
    site.pages[council().arms_url] = bytes(Council.objects.get().arms).decode()
    with translation.override(language):
        site.pages["/"] = everything(language)
    site.page.goto(site.address)
    site.page.wait_for_selector(".govuk-character-count__status", state="attached")
    found = Axe().run(site.page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    assert site.page.evaluate("document.documentElement.scrollWidth") <= width
    fonts = {path for path in site.asked if "font" in path or path.startswith("/assets")}
    assert fonts == {f"/static/fonts/arsenal-{weight}.woff2" for weight in (400, 700)}
    assert not site.complaints
    site.close()


def test_error_summary_takes_the_focus_without_a_script(browser):
    site = Site(browser, java_script_enabled=False)
    page = site.open("<main>{{ form }}</main>", form=Speech({}))
    assert page.locator("[data-error-summary]:focus").count() == 1
    page.click("[data-error-summary] a >> nth=0")
    assert page.locator("#id_name:focus").count() == 1
    site.close()


def test_error_summary_that_arrives_takes_the_focus_once(site):
    page = site.open(
        '<script type="module" id="app-js" src="/static/js/app.js"></script>'
        "<label>Else <input id=else></label><div id=place></div>"
    )
    page.wait_for_function("document.body.classList.contains('govuk-frontend-supported')")
    swap = 'document.dispatchEvent(new CustomEvent("htmx:after:swap"))'
    page.evaluate(
        "(html) => { document.getElementById('place').innerHTML = html; " + swap + "}",
        render_to_string("components/error_summary.html", SAMPLES["error_summary.html"]),
    )
    assert page.locator("[data-error-summary]:focus").count() == 1
    page.focus("#else")
    page.evaluate(swap)
    assert focused(page) == "else"
