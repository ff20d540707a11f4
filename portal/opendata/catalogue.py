"""The catalogue as DCAT-AP 3.0 in JSON-LD, with the fields that data.gov.ua asks for.

A dataset says: title, description, keywords, publisher (with ЄДРПОУ, if it is set), contact, update
frequency, issued and modified, licence, language, place by its КАТОТТГ code (if it is set), and
its files, each with media type, schema and addresses. The size of a file is not told: it is made
while it is sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.domain.calendar import KYIV
from core.domain.council import council
from portal.opendata.datasets import Dataset, Words, times_of
from portal.opendata.schemas import in_language, schema_url

type Node = dict[str, Any]
type Times = tuple[datetime | None, datetime | None]

_EU = "http://publications.europa.eu/resource/authority"
_LANGUAGES = {"uk": f"{_EU}/language/UKR", "en": f"{_EU}/language/ENG"}
CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
TITLE = _("Open data of participation")
WORDS = _(
    "What the city was asked and what it answered: consultations, petitions, polls, roll-calls of "
    "deputies, published answers and indicators of participation, as tables that anybody may use. "
    "No people are named but deputies."
)

#: Name of a file's kind -> what it is called, its file type (EU), its media type at IANA, if it
#: has one there.
FILES = {
    "csv": ("CSV", "CSV", "text/csv"),
    "jsonl": ("JSON Lines", "JSON", ""),
}


def catalogue(datasets: Sequence[Dataset]) -> Node:
    """The catalogue with these datasets, as JSON-LD: one query."""
    times = times_of(datasets)
    known = [each for pair in times.values() for each in pair if each]
    home = settings.SITE_URL + reverse("opendata:catalogue")
    node = {
        "@context": CONTEXT,
        "@id": settings.SITE_URL + reverse("data_files:catalogue"),
        "@type": "dcat:Catalog",
        "dct:title": _language_values(TITLE),
        "dct:description": _language_values(WORDS),
        "dct:publisher": _publisher(),
        "foaf:homepage": _typed_value(home, "foaf:Document"),
        "dct:language": [_typed_value(url, "dct:LinguisticSystem") for url in _LANGUAGES.values()],
        "dct:license": _licence(),
        "dcat:themeTaxonomy": _typed_value(f"{_EU}/data-theme", "skos:ConceptScheme")
        | {"dct:title": "Data theme"},
        "dcat:dataset": [_dataset(each, times[each.slug]) for each in datasets],
        **_place(),
    }
    if known:
        node["dct:issued"], node["dct:modified"] = _moment(min(known)), _moment(max(known))
    return node


def describe_dataset(dataset: Dataset) -> Node:
    """One dataset, as a JSON-LD document: one query."""
    return {"@context": CONTEXT, **_dataset(dataset, dataset.times())}


def file_url(dataset: Dataset, kind: str) -> str:
    return f"{settings.SITE_URL}{reverse('data_files:file', args=[dataset.slug, kind])}"


def _dataset(dataset: Dataset, times: Times) -> Node:
    page = settings.SITE_URL + reverse("opendata:dataset", args=[dataset.slug])
    node: Node = {
        "@id": settings.SITE_URL + reverse("data_files:dataset", args=[dataset.slug]),
        "@type": "dcat:Dataset",
        "dct:identifier": dataset.slug,
        "dct:title": _language_values(dataset.title),
        "dct:description": _language_values(dataset.words),
        "dcat:keyword": [each for word in dataset.keywords for each in _language_values(word)],
        "dcat:theme": _concept(f"{_EU}/data-theme/GOVE", "Government and public sector"),
        "dct:publisher": _publisher(),
        "dcat:contactPoint": _contact(),
        "dct:accrualPeriodicity": _typed_value(f"{_EU}/frequency/UPDATE_CONT", "dct:Frequency"),
        "dct:accessRights": _typed_value(f"{_EU}/access-right/PUBLIC", "dct:RightsStatement"),
        "dct:language": _typed_value(_LANGUAGES["uk"], "dct:LinguisticSystem"),
        "dcat:landingPage": _typed_value(page, "foaf:Document"),
        "dcat:version": str(dataset.version),
        "dct:conformsTo": _schema(dataset),
        "dct:license": _licence(),
        "dcat:distribution": [_file(dataset, kind, page) for kind in FILES],
        **_place(),
    }
    first, last = times
    if first:
        node["dct:issued"] = _moment(first)
    if last:
        node["dct:modified"] = _moment(last)
    return node


def _file(dataset: Dataset, kind: str, page: str) -> Node:
    name, file_type, media_type = FILES[kind]
    url = file_url(dataset, kind)
    titles = [in_language(dataset.title, code) for code in _LANGUAGES]
    node: Node = {
        "@id": f"{url}#distribution",
        "@type": "dcat:Distribution",
        "dct:title": [
            {"@value": f"{title}, {name}", "@language": code}
            for title, code in zip(titles, _LANGUAGES, strict=True)
        ],
        "dcat:accessURL": _typed_value(page, "rdfs:Resource"),
        "dcat:downloadURL": _typed_value(url, "rdfs:Resource"),
        "dct:format": _typed_value(f"{_EU}/file-type/{file_type}", "dct:MediaTypeOrExtent"),
        "dct:license": _licence(),
        "dct:language": _typed_value(_LANGUAGES["uk"], "dct:LinguisticSystem"),
        "dct:conformsTo": _schema(dataset),
    }
    if media_type:
        iana = f"https://www.iana.org/assignments/media-types/{media_type}"
        node["dcat:mediaType"] = _typed_value(iana, "dct:MediaType")
    return node


def _publisher() -> Node:
    city, code = council(), settings.CITY["edrpou"]
    node: Node = {
        "@id": f"{settings.SITE_URL}/#council",
        "@type": "foaf:Agent",
        "foaf:name": _in_both(city.council, city.council_en),
        "dct:type": _concept("http://purl.org/adms/publishertype/LocalAuthority", "LocalAuthority"),
    }
    if code:
        node["dct:identifier"] = code
    return node


def _in_both(name: str, name_en: str) -> list[Node]:
    """A name in Ukrainian and, where there is one, in English."""
    said = {"uk": name, "en": name_en}
    return [{"@value": words, "@language": code} for code, words in said.items() if words]


def _contact() -> Node:
    city = council()
    node: Node = {
        "@id": f"{settings.SITE_URL}/#contact",
        "@type": ["vcard:Kind", "vcard:Organization"],
        "vcard:fn": _in_both(city.council, city.council_en),
        "vcard:hasEmail": {"@id": f"mailto:{city.email}"},
    }
    if city.phone:
        node["vcard:hasTelephone"] = {"vcard:hasValue": city.phone}
    return node


def _place() -> Node:
    """The community by its code in the codifier of 2020, where the council has set it."""
    code = settings.CITY["katottg"]
    if not code:
        return {}
    place = _in_both(council().name, council().name_en)
    node = {"@id": f"{settings.SITE_URL}/#community", "@type": "dct:Location"}
    return {"dct:spatial": node | {"dct:identifier": code, "skos:prefLabel": place}}


def _schema(dataset: Dataset) -> Node:
    title = [
        {"@value": f"JSON Schema: {each['@value']}", "@language": each["@language"]}
        for each in _language_values(dataset.title)
    ]
    return _typed_value(schema_url(dataset), "dct:Standard") | {"dct:title": title}


def _licence() -> Node:
    return _typed_value(settings.OPEN_DATA_LICENCE, "dct:LicenseDocument")


def _language_values(words: Words) -> list[Mapping[str, str]]:
    return [{"@value": in_language(words, code), "@language": code} for code in _LANGUAGES]


def _typed_value(url: str, kind: str) -> Node:
    return {"@id": url, "@type": kind}


def _concept(url: str, label: str) -> Node:
    return _typed_value(url, "skos:Concept") | {
        "skos:prefLabel": {"@value": label, "@language": "en"}
    }


def _moment(at: datetime) -> Node:
    said = at.astimezone(KYIV).isoformat(timespec="seconds")
    return {"@value": said, "@type": "xsd:dateTime"}
