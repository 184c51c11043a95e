"""What the API answers, as OpenAPI 3.1. Names are those of Open Referral HSDS 3."""

from __future__ import annotations

from typing import Any

TEXT = {"type": "string"}
NUMBER = {"type": "integer"}
IDENTIFIER = {"type": "string", "format": "uuid"}


def document(*, server: str) -> dict[str, Any]:
    """The whole description."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Brobygget: associations",
            "version": "3.0",
            "summary": "The town's associations, read only, without a key. No person is in it.",
            "description": "Open Referral HSDS 3. An association is an organization with one service.",
        },
        "servers": [{"url": server}],
        "paths": {
            "/api/": {"get": _answers("What there is", {"type": "object"})},
            "/api/organizations": {"get": _paged("Associations", "organization")},
            "/api/organizations/{id}": {"get": _one("One association", "organization")},
            "/api/services": {"get": _paged("What one can join", "service", _filter())},
            "/api/services/{id}": {"get": _one("One thing to join", "service")},
            "/api/taxonomy_terms": {"get": _paged("The interests", "taxonomy_term")},
        },
        "components": {"schemas": SCHEMAS},
    }


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _list(name: str) -> dict[str, Any]:
    return {"type": "array", "items": _ref(name)}


def _answers(summary: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "summary": summary,
        "responses": {"200": {"description": summary, "content": {"application/json": {"schema": schema}}}},
    }


def _one(summary: str, name: str) -> dict[str, Any]:
    found = _answers(summary, _ref(name))
    found["parameters"] = [{"name": "id", "in": "path", "required": True, "schema": IDENTIFIER}]
    found["responses"]["404"] = {"description": "There is no such thing here."}
    return found


def _paged(summary: str, name: str, *more: dict[str, Any]) -> dict[str, Any]:
    page = {
        "type": "object",
        "required": [
            "total_items",
            "total_pages",
            "page_number",
            "size",
            "first_page",
            "last_page",
            "empty",
            "contents",
        ],
        "properties": {
            "total_items": NUMBER,
            "total_pages": NUMBER,
            "page_number": NUMBER,
            "size": NUMBER,
            "first_page": {"type": "boolean"},
            "last_page": {"type": "boolean"},
            "empty": {"type": "boolean"},
            "contents": _list(name),
        },
    }
    found = _answers(summary, page)
    found["parameters"] = [
        {"name": "page", "in": "query", "schema": {**NUMBER, "minimum": 1, "default": 1}},
        {
            "name": "per_page",
            "in": "query",
            "schema": {**NUMBER, "minimum": 1, "maximum": 200, "default": 50},
        },
        *more,
    ]
    return found


def _filter() -> dict[str, Any]:
    return {"name": "taxonomy_term", "in": "query", "schema": TEXT, "description": "an interest's code"}


def _thing(required: tuple[str, ...] = (), **properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": ["id", *required], "properties": {"id": IDENTIFIER, **properties}}


_ORGANIZATION = {
    "name": TEXT, "alternate_name": TEXT, "description": TEXT, "email": TEXT, "website": TEXT, "legal_status": TEXT, "uri": TEXT,
}  # fmt: skip
_SERVICE: dict[str, dict[str, Any]] = {
    "name": TEXT,
    "description": TEXT,
    "url": TEXT,
    "email": TEXT,
    "status": {"type": "string", "enum": ["active", "inactive", "defunct", "temporarily closed"]},
    "interpretation_services": TEXT,
    "fees_description": TEXT,
    "eligibility_description": TEXT,
    "minimum_age": NUMBER,
    "maximum_age": NUMBER,
    "assured_date": {"type": "string", "format": "date"},
    "last_modified": {"type": "string", "format": "date-time"},
    "phones": _list("phone"),
    "schedules": _list("schedule"),
    "languages": _list("language"),
    "cost_options": _list("cost_option"),
    "attributes": _list("attribute"),
    "service_at_locations": {"type": "array", "items": _thing(location=_ref("location"))},
    "organization": _ref("organization_short"),
}
SCHEMAS: dict[str, Any] = {
    "organization": _thing(
        ("name", "description"),
        **_ORGANIZATION,
        phones=_list("phone"),
        locations=_list("location"),
        organization_identifiers=_list("organization_identifier"),
        services=_list("service"),
    ),
    "organization_short": _thing(("name", "description"), **_ORGANIZATION),
    "service": _thing(("name", "status"), **_SERVICE),
    "schedule": _thing(
        timezone=NUMBER,
        freq=TEXT,
        interval=NUMBER,
        byday=TEXT,
        opens_at=TEXT,
        closes_at=TEXT,
        description=TEXT,
    ),
    "phone": _thing(("number",), number=TEXT, type=TEXT),
    "location": _thing(
        ("location_type",),
        location_type=TEXT,
        name=TEXT,
        latitude={"type": "number"},
        longitude={"type": "number"},
        addresses=_list("address"),
        accessibility=_list("accessibility"),
    ),
    "address": _thing(
        address_1=TEXT,
        city=TEXT,
        region=TEXT,
        state_province=TEXT,
        postal_code=TEXT,
        country=TEXT,
        address_type=TEXT,
    ),
    "accessibility": _thing(description=TEXT),
    "language": _thing(name=TEXT, code=TEXT),
    "cost_option": _thing(option=TEXT, currency=TEXT, amount=NUMBER, amount_description=TEXT),
    "organization_identifier": _thing(identifier_scheme=TEXT, identifier_type=TEXT, identifier=TEXT),
    "attribute": _thing(link_entity=TEXT, link_type=TEXT, taxonomy_term=_ref("taxonomy_term")),
    "taxonomy_term": _thing(
        ("code", "name"), code=TEXT, name=TEXT, description=TEXT, taxonomy=TEXT, language=TEXT
    ),
}
