"""What can be done with the town's associations."""

from brobygget.associations.commands.importing import apply_import

__all__ = ["apply_import"]
