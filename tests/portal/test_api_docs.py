"""The API's documents as a page: short, and everything in it."""

from __future__ import annotations

import pytest
from lxml import html

from portal.api_docs import document


@pytest.mark.django_db
def test_operations_and_schemas_are_folded_by_area(client):
    page = html.fromstring(client.get("/en/api/v1/docs/").text)
    folded = "//main//details[not(@open)]"
    shown = document("en")
    operations = [each["operationId"] for path in shown["paths"].values() for each in path.values()]
    assert [each.get("id") for each in page.xpath(f"{folded}//h3[@id]")] == operations
    links = {
        each.get("href")[1:] for each in page.xpath("//main//a[starts-with(@href, '#schema-')]")
    }
    assert links <= {each.get("id") for each in page.xpath(f"{folded}//*[@id]")}
    assert len(page.xpath("//main/details")) == 1 + len({op.split("/")[3] for op in shown["paths"]})
