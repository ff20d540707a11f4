"""The catalogue: by DCAT-AP's own shapes, with the fields of data.gov.ua, and as pages."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from pyshacl import validate
from rdflib import Graph

from core.web.pages import forget_pages
from portal.opendata import catalogue
from portal.opendata.checks import check_codes
from portal.opendata.registry import DATASETS, load_dataset

pytestmark = pytest.mark.django_db
#: The mandatory and recommended properties of DCAT-AP 3.0, as docs/adr/0080 says.
OURS = Path(__file__).with_name("dcat_ap.ttl")


#: A file of SEMIC's own shapes of DCAT-AP, where somebody has it at hand.
SEMIC = os.environ.get("DCAT_AP_SHAPES", "")


def read(client: Any, path: str) -> dict[str, Any]:
    answer = client.get(path)
    assert answer.headers["Content-Type"] == "application/ld+json; charset=utf-8"
    found: dict[str, Any] = json.loads(answer.content)
    return found


@pytest.mark.parametrize("shapes", [OURS, *([Path(SEMIC)] if SEMIC else [])])
def test_it_validates_against_the_shapes_of_dcat_ap(client, petition, settings, shapes):
    settings.CITY = settings.CITY | {"katottg": "UA12060170010065850", "edrpou": "33874388"}
    shacl = Graph().parse(shapes)
    found = Graph().parse(data=client.get("/data/catalog.jsonld").content, format="json-ld")
    conforms, _graph, words = validate(found, shacl_graph=shacl)
    assert conforms, words
    # The shapes find what is wrong.
    broken = read(client, "/data/catalog.jsonld")
    broken["dcat:dataset"] = broken["dcat:dataset"][:1]
    del broken["dcat:dataset"][0]["dct:title"]
    del broken["dcat:dataset"][0]["dcat:distribution"][0]["dcat:accessURL"]
    graph = Graph().parse(data=json.dumps(broken), format="json-ld")
    conforms, _graph, words = validate(graph, shacl_graph=shacl)
    assert not conforms
    assert "title" in words
    assert "accessURL" in words


def test_a_dataset_has_the_fields_of_data_gov_ua(client, petition, settings):
    settings.CITY = settings.CITY | {"katottg": "UA12060170010065850", "edrpou": "33874388"}
    found = read(client, "/data/petitions.jsonld")
    assert {each["@language"] for each in found["dct:title"]} == {"uk", "en"}
    assert found["dct:publisher"]["dct:identifier"] == "33874388"
    assert found["dct:spatial"]["dct:identifier"] == "UA12060170010065850"
    assert found["dct:license"]["@id"] == "https://creativecommons.org/licenses/by/4.0/"
    assert found["dcat:contactPoint"]["vcard:hasEmail"]["@id"].startswith("mailto:")
    assert found["dct:accrualPeriodicity"]["@id"].endswith("/UPDATE_CONT")
    assert found["dct:issued"]["@value"] <= found["dct:modified"]["@value"]
    csv, jsonl = found["dcat:distribution"]
    assert csv["dcat:downloadURL"]["@id"].endswith("/data/petitions.csv")
    assert csv["dcat:mediaType"]["@id"].endswith("/text/csv")
    assert jsonl["dct:conformsTo"]["@id"].endswith("/data/petitions/schema.json")
    forget_pages()
    settings.CITY = settings.CITY | {"katottg": "", "edrpou": ""}
    without = read(client, "/data/petitions.jsonld")
    assert "dct:spatial" not in without
    assert "dct:identifier" not in without["dct:publisher"]


def test_codes_are_checked_at_the_start(settings):
    city = settings.CITY
    assert check_codes(None) == []
    for place, code, faults in (
        ("UA12060170010065850", "33874388", []),
        ("UA1206017001006585", "", ["opendata.E001"]),
        ("ua12060170010065850", "33874389", ["opendata.E001", "opendata.E002"]),
    ):
        settings.CITY = city | {"katottg": place, "edrpou": code}
        assert [found.id for found in check_codes(None)] == faults


def test_dates_of_all_datasets_are_one_query(petition, django_assert_num_queries):
    with django_assert_num_queries(1):
        times = catalogue.times_of(DATASETS)
    assert times["petitions"][0] == petition.published_at
    assert times["answers"] == (None, None)
    assert load_dataset("petitions").times() == times["petitions"]


def test_pages_say_what_there_is(client, petition, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        listed = client.get("/data/").text
    for dataset in DATASETS:
        assert f"/data/{dataset.slug}.csv" in listed
        assert f"/data/{dataset.slug}.jsonl" in listed
    forget_pages()
    with django_assert_max_num_queries(3):
        shown = client.get("/en/data/petitions/").text
    for column in load_dataset("petitions").columns:
        assert column.name in shown
    assert 'href="/en/data/"' in client.get("/en/").text
