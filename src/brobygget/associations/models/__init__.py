"""The town's associations.

What everybody may read (`Association` and what hangs from it) and what is private (`AssociationContact`,
`AssociationLink`, `ImportRow`) lie in tables of their own, so that a public query cannot touch a private one.
"""

from brobygget.associations.models.associations import (
    Association,
    AssociationInterest,
    AssociationLanguage,
    AssociationText,
    AssociationTime,
    FieldProvenance,
)
from brobygget.associations.models.imports import ImportRow, ImportRun
from brobygget.associations.models.interests import AliasReview, Interest, InterestLabel
from brobygget.associations.models.private import AssociationContact, AssociationLink

__all__ = [
    "AliasReview",
    "Association",
    "AssociationContact",
    "AssociationInterest",
    "AssociationLanguage",
    "AssociationLink",
    "AssociationText",
    "AssociationTime",
    "FieldProvenance",
    "ImportRow",
    "ImportRun",
    "Interest",
    "InterestLabel",
]
