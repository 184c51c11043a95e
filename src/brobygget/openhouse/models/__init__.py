"""An open house: the day and its plan, whom it invites and what they answer, who gets a place, and where it is.

What associations answer is theirs and the staff's; what everybody may read are the words of `OpenHouse` once it is
published, and, of those who have a place, what one can try with them.
"""

from brobygget.openhouse.models.appointments import (
    Appointment,
    AppointmentHost,
    AppointmentPlan,
    VisitWish,
    WishedInterest,
)
from brobygget.openhouse.models.briefings import Briefing
from brobygget.openhouse.models.door import Door, DoorCount, DoorRoom, FaceCount
from brobygget.openhouse.models.events import OpenHouse, Task, TaskOwner
from brobygget.openhouse.models.floor import Circuit, FloorChange, FloorPlan, Hall, Position, Stand
from brobygget.openhouse.models.gatherings import Gathering
from brobygget.openhouse.models.hands import Handover, HandSums, Visitor
from brobygget.openhouse.models.invitations import Answer, AnswerChange, Invitation, Sending
from brobygget.openhouse.models.places import OPEN_CALL, WAITING, Place, PlaceCall, PlaceRule
from brobygget.openhouse.models.programme import Booking, HostShift, LanguageHost, Slot
from brobygget.openhouse.models.stamps import StampCard, StampDraw, StampSums, TableCode

__all__ = [
    "OPEN_CALL",
    "WAITING",
    "Answer",
    "AnswerChange",
    "Appointment",
    "AppointmentHost",
    "AppointmentPlan",
    "Booking",
    "Briefing",
    "Circuit",
    "Door",
    "DoorCount",
    "DoorRoom",
    "FaceCount",
    "FloorChange",
    "FloorPlan",
    "Gathering",
    "Hall",
    "HandSums",
    "Handover",
    "HostShift",
    "Invitation",
    "LanguageHost",
    "OpenHouse",
    "Place",
    "PlaceCall",
    "PlaceRule",
    "Position",
    "Sending",
    "Slot",
    "StampCard",
    "StampDraw",
    "StampSums",
    "Stand",
    "TableCode",
    "Task",
    "TaskOwner",
    "VisitWish",
    "Visitor",
    "WishedInterest",
]
