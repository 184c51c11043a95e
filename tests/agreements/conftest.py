"""What the agreements share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from brobygget.circles import analysis
from brobygget.web import clock
from tests.agreements.town import Cast, Stages, as_it_was, raise_town
from tests.cast import NOW


@pytest.fixture(autouse=True)
def _little_effort(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables are laid here to ask who may see them, not how well they mix."""
    monkeypatch.setattr(analysis, "PIECE", analysis.PIECE / 50)


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """The town that a file of tests shares; what a test writes is rolled back before the next one."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(clock, "read", lambda: NOW)
        yield raise_town()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def stages(town: Cast) -> Iterator[Stages]:
    """Where a stage stands between the tests that need it."""
    made = Stages(town)
    yield made
    made.take_away()


@pytest.fixture
def no_stage(stages: Stages) -> None:
    """Nothing stands any more of what an earlier test needed."""
    stages.take_away()


@pytest.fixture
def cast(town: Cast, no_stage: None, db: None) -> Cast:
    """Everybody, as they were when the town was built."""
    return as_it_was(town)
