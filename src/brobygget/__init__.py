"""Brobygget carries a small mixed group from its first presentation round to lasting bridges."""

__version__ = "0.1.0"
