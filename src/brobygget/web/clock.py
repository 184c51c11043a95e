"""The one place where the time is read. Everything else gets it handed in: a demo house has a clock of its own."""

from datetime import datetime

from django.utils import timezone


def read() -> datetime:
    """The real time, in UTC."""
    return timezone.now()
