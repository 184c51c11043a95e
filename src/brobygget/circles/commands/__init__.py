"""What can be done in a circle; nothing else writes there."""

from brobygget.house.commands.refused import Refused

__all__ = ["Refused"]
