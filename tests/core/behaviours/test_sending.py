"""What a form says while its answer is made."""

from __future__ import annotations

from tests.core.behaviours.site import Site


def test_a_form_whose_answer_is_a_file_says_that_it_is_being_made(site: Site):
    page = site.open(
        '<script type="module" id="sending-js" src="/static/js/sending.js" data-words="Sending…"'
        ' data-file="The file is being made."></script>'
        '<form method="post" action="/file/" data-download><button>Print</button></form>'
    )
    page.route("**/file/", lambda route: route.fulfill(status=204))
    for _time in range(2):
        page.get_by_role("button", name="Print").click()
        page.wait_for_selector("[role=status]")
    assert page.locator("[role=status]").all_text_contents() == ["The file is being made."]
    assert page.get_by_role("button", name="Print").get_attribute("aria-disabled") is None


def test_a_link_to_a_file_that_is_made_says_so(site: Site):
    page = site.open(
        '<script type="module" id="sending-js" src="/static/js/sending.js" data-words="Sending…"'
        ' data-file="The file is being made."></script>'
        '<p><a href="/file.pdf" data-made>PDF</a> <a href="/file.csv">CSV</a></p>'
    )
    page.route("**/file.*", lambda route: route.fulfill(status=204))
    page.get_by_role("link", name="CSV").click()
    assert page.locator("[role=status]").count() == 0
    page.get_by_role("link", name="PDF").click()
    page.get_by_role("link", name="PDF").click()
    assert page.locator("p [role=status]").all_text_contents() == ["The file is being made."]
