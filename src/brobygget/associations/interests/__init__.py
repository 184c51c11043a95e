"""What one can be interested in, and how a municipality's free text is understood as one of those."""

from brobygget.associations.interests.matching import (
    InterestIndex,
    InterestMatches,
    TagMatch,
    index_of,
    match_category,
    match_interests,
    match_name,
    split_tags,
)
from brobygget.associations.interests.taxonomy import Interest, SpecialAlias, Taxonomy, read_taxonomy

__all__ = [
    "Interest",
    "InterestIndex",
    "InterestMatches",
    "SpecialAlias",
    "TagMatch",
    "Taxonomy",
    "index_of",
    "match_category",
    "match_interests",
    "match_name",
    "read_taxonomy",
    "split_tags",
]
