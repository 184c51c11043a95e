"""The record by which a data portal finds the open register: RDF as XML.

DCAT-AP 3 as its Swedish profile has it (DCAT-AP-SE 3.0.1), because dataportal.se is who harvests it. Where the two
differ the Swedish one is followed: a format is a media type written out, a title does not repeat whose it is, and the
catalogue itself is always CC0.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from xml.etree import ElementTree as Tree

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DCAT = "http://www.w3.org/ns/dcat#"
DCT = "http://purl.org/dc/terms/"
FOAF = "http://xmlns.com/foaf/0.1/"
VCARD = "http://www.w3.org/2006/vcard/ns#"
DCATAP = "http://data.europa.eu/r5r/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
XML = "http://www.w3.org/XML/1998/namespace"
LICENCES = {
    "cc0": "http://creativecommons.org/publicdomain/zero/1.0/",
    "cc-by": "http://creativecommons.org/licenses/by/4.0/",
}
DESCRIPTIONS = {
    "sv": "Föreningar i %(town)s som man kan gå med i: vad de gör, när och var de träffas, vad det kostar, vilka språk"
    " som talas. Inga personuppgifter.",
    "en": "Associations in %(town)s that one can join: what they do, when and where they meet, what it costs, which"
    " languages are spoken. No personal data.",
}
EU = "http://publications.europa.eu/resource/authority"


@dataclass(frozen=True)
class OpenFile:
    """One way to get the data."""

    address: str
    title: str
    media_type: str
    is_service: bool = False
    """It is asked questions, instead of being fetched as a whole."""


@dataclass(frozen=True)
class OpenRegister:
    """What the record tells."""

    address: str  # of the page about the data
    publisher: str
    town: str
    licence: str
    modified: date
    files: tuple[OpenFile, ...]
    email: str = ""
    description_of_api: str = ""


def written(register: OpenRegister) -> bytes:
    """The record."""
    for prefix, name in (
        ("rdf", RDF), ("dcat", DCAT), ("dct", DCT), ("foaf", FOAF), ("vcard", VCARD), ("dcatap", DCATAP), ("skos", SKOS),
    ):  # fmt: skip
        Tree.register_namespace(prefix, name)
    root = Tree.Element(f"{{{RDF}}}RDF")
    agent, dataset = f"{register.address}#publisher", f"{register.address}#associations"
    catalog = _thing(root, DCAT, "Catalog", f"{register.address}#catalog")
    _text(catalog, DCT, "title", f"Öppna data från {register.publisher}", "sv")
    _text(catalog, DCT, "description", f"Föreningar i {register.town}", "sv")
    _link(catalog, DCT, "publisher", agent)
    _link(catalog, DCT, "license", LICENCES["cc0"])
    _link(catalog, DCT, "language", f"{EU}/language/SWE")
    _link(catalog, FOAF, "homepage", register.address)
    _link(catalog, DCAT, "themeTaxonomy", f"{EU}/data-theme")
    _link(catalog, DCT, "spatial", f"{register.address}#town")
    _date(catalog, "modified", register.modified)
    _link(catalog, DCAT, "dataset", dataset)
    _about(root, register, dataset, agent)
    town = _thing(root, DCT, "Location", f"{register.address}#town")
    _text(town, SKOS, "prefLabel", register.town, "sv")
    publisher = _thing(root, FOAF, "Agent", agent)
    _text(publisher, FOAF, "name", register.publisher)
    for number, file in enumerate(register.files, start=1):
        _distribution(root, register, file, f"{register.address}#file-{number}")
    return bytes(Tree.tostring(root, encoding="utf-8", xml_declaration=True))


def _distribution(root: Tree.Element, register: OpenRegister, file: OpenFile, address: str) -> None:
    shape = _thing(root, DCAT, "Distribution", address)
    _text(shape, DCT, "title", file.title, "sv")
    _link(shape, DCAT, "accessURL", file.address)
    _link(shape, DCT, "license", LICENCES[register.licence])
    _text(shape, DCT, "format", file.media_type)
    _link(shape, DCAT, "mediaType", f"http://www.iana.org/assignments/media-types/{file.media_type}")
    _link(shape, DCATAP, "availability", f"{EU}/planned-availability/AVAILABLE")
    if not file.is_service:
        _link(shape, DCAT, "downloadURL", file.address)
        return
    service = _thing(root, DCAT, "DataService", f"{address}-service")
    _text(service, DCT, "title", file.title, "sv")
    _link(service, DCAT, "endpointURL", file.address)
    _link(service, DCAT, "endpointDescription", register.description_of_api)
    _link(service, DCAT, "servesDataset", f"{register.address}#associations")
    _link(service, DCT, "license", LICENCES[register.licence])
    _link(service, DCT, "accessRights", f"{EU}/access-right/PUBLIC")
    _link(shape, DCAT, "accessService", f"{address}-service")


def _about(root: Tree.Element, register: OpenRegister, address: str, agent: str) -> None:
    dataset = _thing(root, DCAT, "Dataset", address)
    _text(dataset, DCT, "title", "Föreningar att gå med i", "sv")
    _text(dataset, DCT, "title", "Associations to join", "en")
    for language, told in DESCRIPTIONS.items():
        _text(dataset, DCT, "description", told % {"town": register.town}, language)
    _link(dataset, DCT, "spatial", f"{register.address}#town")
    _link(dataset, DCT, "spatial", f"{EU}/country/SWE")
    _link(dataset, DCT, "publisher", agent)
    contact = Tree.SubElement(Tree.SubElement(dataset, f"{{{DCAT}}}contactPoint"), f"{{{VCARD}}}Organization")
    _text(contact, VCARD, "fn", register.publisher)
    _link(contact, VCARD, "hasURL", register.address)
    if register.email:
        _link(contact, VCARD, "hasEmail", f"mailto:{register.email}")
    _link(dataset, DCAT, "theme", f"{EU}/data-theme/SOCI")
    _link(dataset, DCT, "language", f"{EU}/language/SWE")
    _link(dataset, DCT, "accrualPeriodicity", f"{EU}/frequency/CONT")
    _link(dataset, DCT, "accessRights", f"{EU}/access-right/PUBLIC")
    for word in ("föreningar", "fritid", "associations"):
        _text(dataset, DCAT, "keyword", word, "en" if word == "associations" else "sv")
    _date(dataset, "modified", register.modified)
    _link(dataset, DCAT, "landingPage", register.address)
    for number in range(1, len(register.files) + 1):
        _link(dataset, DCAT, "distribution", f"{register.address}#file-{number}")


def _thing(root: Tree.Element, space: str, name: str, address: str) -> Tree.Element:
    return Tree.SubElement(root, f"{{{space}}}{name}", {f"{{{RDF}}}about": address})


def _link(parent: Tree.Element, space: str, name: str, address: str) -> None:
    Tree.SubElement(parent, f"{{{space}}}{name}", {f"{{{RDF}}}resource": address})


def _text(parent: Tree.Element, space: str, name: str, text: str, language: str = "") -> None:
    made = Tree.SubElement(parent, f"{{{space}}}{name}", {f"{{{XML}}}lang": language} if language else {})
    made.text = "".join(sign for sign in text if sign >= " ")


def _date(parent: Tree.Element, name: str, day: date) -> None:
    made = Tree.SubElement(
        parent, f"{{{DCT}}}{name}", {f"{{{RDF}}}datatype": "http://www.w3.org/2001/XMLSchema#date"}
    )
    made.text = day.isoformat()
