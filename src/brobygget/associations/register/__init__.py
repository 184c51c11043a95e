"""Reading a municipality's register of associations, whatever system wrote the file.

`read_register` is the door; `report` makes the answer plain JSON. No database, no clock, no files.
"""

from brobygget.associations.register.columns import FIELDS
from brobygget.associations.register.limits import USUAL_LIMITS, Limits
from brobygget.associations.register.presets import PRESETS
from brobygget.associations.register.reading import read_register
from brobygget.associations.register.records import (
    AssociationRecord,
    ColumnGuess,
    Duplicate,
    PrivateDetails,
    Problem,
    Refusal,
    RegisterReading,
    Schedule,
    SkippedRow,
)
from brobygget.associations.register.report import report, summary
from brobygget.associations.register.unreadable import UnreadableRegister

__all__ = [
    "FIELDS",
    "PRESETS",
    "USUAL_LIMITS",
    "AssociationRecord",
    "ColumnGuess",
    "Duplicate",
    "Limits",
    "PrivateDetails",
    "Problem",
    "Refusal",
    "RegisterReading",
    "Schedule",
    "SkippedRow",
    "UnreadableRegister",
    "read_register",
    "report",
    "summary",
]
