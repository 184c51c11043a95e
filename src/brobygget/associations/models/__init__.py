"""The town's associations.

What everybody may read (`Association`, its interests, times and texts) and what is private (`AssociationContact`,
`LetterAddress`, `AssociationLink`, `FieldChange`, `ImportRow`) lie in tables of their own, so that a query for the
public cannot touch what is private.
"""

from brobygget.associations.models.associations import (
    Association,
    AssociationInterest,
    AssociationText,
    AssociationTime,
    Known,
    Origin,
)
from brobygget.associations.models.directory import (
    Directory,
    DirectoryEntry,
    DirectoryWord,
    DirectoryWords,
)
from brobygget.associations.models.imports import (
    ImportEffect,
    ImportFile,
    ImportRow,
    ImportRun,
    SameOrNot,
)
from brobygget.associations.models.interests import AliasReview, Interest, InterestLabel
from brobygget.associations.models.private import (
    AssociationContact,
    AssociationLink,
    FieldChange,
    LetterAddress,
    LinkSending,
)

__all__ = [
    "AliasReview",
    "Association",
    "AssociationContact",
    "AssociationInterest",
    "AssociationLink",
    "AssociationText",
    "AssociationTime",
    "Directory",
    "DirectoryEntry",
    "DirectoryWord",
    "DirectoryWords",
    "FieldChange",
    "ImportEffect",
    "ImportFile",
    "ImportRow",
    "ImportRun",
    "Interest",
    "InterestLabel",
    "Known",
    "LetterAddress",
    "LinkSending",
    "Origin",
    "SameOrNot",
]
