"""The record by which a data portal finds the open register (DCAT-AP, as dataportal.se harvests it): RDF as XML."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from xml.etree import ElementTree as Tree

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DCAT = "http://www.w3.org/ns/dcat#"
DCT = "http://purl.org/dc/terms/"
FOAF = "http://xmlns.com/foaf/0.1/"
VCARD = "http://www.w3.org/2006/vcard/ns#"
XML = "http://www.w3.org/XML/1998/namespace"
LICENCES = {
    "cc0": "http://creativecommons.org/publicdomain/zero/1.0/",
    "cc-by": "http://creativecommons.org/licenses/by/4.0/",
}
EU = "http://publications.europa.eu/resource/authority"


@dataclass(frozen=True)
class OpenFile:
    """One way to get the data."""

    address: str
    title: str
    media_type: str
    format: str


@dataclass(frozen=True)
class OpenRegister:
    """What the record tells."""

    address: str  # of the page about the data
    publisher: str
    town: str
    licence: str
    modified: date
    files: tuple[OpenFile, ...]


def written(register: OpenRegister) -> bytes:
    """The record."""
    for prefix, name in (("rdf", RDF), ("dcat", DCAT), ("dct", DCT), ("foaf", FOAF), ("vcard", VCARD)):
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
    _date(catalog, "modified", register.modified)
    _link(catalog, DCAT, "dataset", dataset)
    _about(root, register, dataset, agent)
    publisher = _thing(root, FOAF, "Agent", agent)
    _text(publisher, FOAF, "name", register.publisher)
    for number, file in enumerate(register.files, start=1):
        shape = _thing(root, DCAT, "Distribution", f"{register.address}#file-{number}")
        _text(shape, DCT, "title", file.title, "sv")
        _link(shape, DCAT, "accessURL", file.address)
        _link(shape, DCAT, "downloadURL", file.address)
        _link(shape, DCT, "license", LICENCES[register.licence])
        _link(shape, DCAT, "mediaType", f"http://www.iana.org/assignments/media-types/{file.media_type}")
        _link(shape, DCT, "format", f"{EU}/file-type/{file.format}")
    return bytes(Tree.tostring(root, encoding="utf-8", xml_declaration=True))


def _about(root: Tree.Element, register: OpenRegister, address: str, agent: str) -> None:
    dataset = _thing(root, DCAT, "Dataset", address)
    _text(dataset, DCT, "title", f"Föreningar i {register.town}", "sv")
    _text(dataset, DCT, "title", f"Associations in {register.town}", "en")
    _text(
        dataset,
        DCT,
        "description",
        "Föreningar som man kan gå med i: vad de gör, när och var de träffas, vad det kostar, vilka språk som talas."
        " Inga personuppgifter.",
        "sv",
    )
    _link(dataset, DCT, "publisher", agent)
    contact = Tree.SubElement(Tree.SubElement(dataset, f"{{{DCAT}}}contactPoint"), f"{{{VCARD}}}Organization")
    _text(contact, VCARD, "fn", register.publisher)
    _link(contact, VCARD, "hasURL", register.address)
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
