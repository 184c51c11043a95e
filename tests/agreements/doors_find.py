"""The doors of the directory: open to everybody; what holds contacts and homes, to those who keep the register."""

from __future__ import annotations

from brobygget.associations.models import AliasReview
from tests.agreements.doors import EVERYBODY, FRANS, MARIT, PETRA, Door
from tests.associations.directory.register import an_association

HERE = EVERYBODY - {FRANS}  # who works in another house and sees that one's associations
KEEPS = frozenset({MARIT, PETRA})
# A page that is about no one thing shows everybody their own house; Frans sees his, and nothing of this one.
KEEPS_SOMEWHERE = KEEPS | {FRANS}


def _pk(cast):
    return [an_association(cast.house, "Syföreningen", interests=["sewing"]).pk]


def _uuid(kind):
    def made(cast):
        from brobygget.associations.sharing.directory_api import id_of

        return [id_of(kind, an_association(cast.house, "Syföreningen").pk)]

    return made


def _word(cast):
    return [AliasReview.objects.create(house=cast.house, word="sykväll", count=2).pk]


PAGES = [
    "start", "interests", "wishes", "results", "results_paper", "what", "what_paper", "talk", "talk_paper",
    "town_calendar", "open_data", "public_csv", "public_xlsx", "public_json", "catalogue", "rss", "atom", "json_feed",
    "embed", "api", "openapi", "api_organizations", "api_services", "api_terms",
]  # fmt: skip
DOORS = [
    *(Door(f"find:{name}", EVERYBODY) for name in PAGES),
    *(
        Door(f"find:{name}", HERE, args=_pk)
        for name in ("association", "association_paper", "association_contact", "association_calendar")
    ),
    Door("find:talk_wall", EVERYBODY, args=lambda cast: [1]),
    Door("find:interest_calendar", EVERYBODY, args=lambda cast: ["sewing"]),
    Door("find:language_calendar", EVERYBODY, args=lambda cast: ["fa"]),
    Door("find:api_organization", HERE, args=_uuid("organization")),
    Door("find:api_service", HERE, args=_uuid("service")),
    Door("find:register_files", KEEPS_SOMEWHERE, is_for_hosts=True),
    Door("find:full_file", KEEPS_SOMEWHERE, args=lambda cast: ["json"], is_for_hosts=True),
    Door("find:restoring", KEEPS_SOMEWHERE, "POST", is_for_hosts=True),
    Door(
        "find:licence", KEEPS_SOMEWHERE, "POST", fields=lambda cast: {"licence": "cc-by"}, is_for_hosts=True
    ),
    Door("find:kept_interests", KEEPS_SOMEWHERE, is_for_hosts=True),
    Door("find:interest_new", KEEPS_SOMEWHERE, "POST", is_for_hosts=True),
    Door("find:kept_interest", KEEPS_SOMEWHERE, args=lambda cast: ["sewing"], is_for_hosts=True),
    Door("find:interest_labels", KEEPS_SOMEWHERE, "POST", args=lambda cast: ["sewing"], is_for_hosts=True),
    Door(
        "find:interest_retirement",
        KEEPS_SOMEWHERE,
        "POST",
        args=lambda cast: ["sewing"],
        fields=lambda cast: {"back": "1"},
        is_for_hosts=True,
    ),
    Door("find:words", KEEPS_SOMEWHERE, is_for_hosts=True),
    Door(
        "find:word_decision",
        KEEPS,
        "POST",
        args=_word,
        fields=lambda cast: {"decision": "nothing"},
        is_for_hosts=True,
    ),
]
