"""The doors of the register and of each association's own pages.

Petra keeps the register. An association comes in with its own link, which opens its own pages and nothing else;
the link of another association opens that one's. A closed link is a stranger's.
"""

from __future__ import annotations

from brobygget.associations.commands import editing, links, staging
from brobygget.associations.models import Association, FieldChange, Origin
from tests.agreements.doors import (
    BENGT,
    EVERYBODY,
    FRANS,
    MARIT,
    OTHER_ASSOCIATION,
    PETRA,
    Door,
)
from tests.associations.conftest import SMALL
from tests.conftest import NOW, TODAY

KEEPS = frozenset({MARIT, PETRA})
# A page that is about no one thing shows everybody their own house; Frans sees his, and nothing of this one.
KEEPS_SOMEWHERE = KEEPS | {FRANS}
WITH_A_LINK = frozenset({BENGT, OTHER_ASSOCIATION})


def _bengts(cast):
    return Association.objects.get(pk=cast.associations[BENGT])


def _pk(cast):
    return [cast.associations[BENGT]]


def _pk_and_arabic(cast):
    return [*_pk(cast), "ar"]


def _run(cast):
    return [staging.take_file(house=cast.house, data=SMALL.encode(), name="a.csv", by=None, at=NOW).pk]


def _letters(cast):
    assert links.note_letters([_bengts(cast)], by=None, at=NOW, on=TODAY)


def _change(cast):
    association = _bengts(cast)
    editing.save_answers(
        association, answers={"met_by": "Bengt"}, seen={}, origin=Origin.ASSOCIATION, sitting="x", at=NOW
    )
    return [FieldChange.objects.filter(association=association).latest("pk").pk]


def _code(cast):
    return links.give_doors([_bengts(cast)], on=TODAY)[0].code


def _read_run(cast):
    run = staging.take_file(house=cast.house, data=SMALL.encode(), name="a.csv", by=None, at=NOW)
    return [staging.read_rows(staging.confirm_columns(run, mapping=run.mapping, on=TODAY), at=NOW).pk]


def _token(cast):
    return [links.give_doors([_bengts(cast)], on=TODAY)[0].token]


DOORS = [
    Door("associations:register", KEEPS_SOMEWHERE, is_for_hosts=True),
    Door("associations:association_new", KEEPS_SOMEWHERE, is_for_hosts=True),
    Door(
        "associations:association_new",
        KEEPS_SOMEWHERE,
        "POST",
        fields=lambda cast: {"name": "Nya vänner"},
        is_for_hosts=True,
    ),
    Door("associations:association", KEEPS, args=_pk, is_for_hosts=True),
    Door("associations:association", KEEPS, "POST", args=_pk, is_for_hosts=True),
    Door("associations:hiding", KEEPS, "POST", args=_pk, is_for_hosts=True),
    # Closing comes after everybody else has been refused, and Bengt's own page is asked in other rows.
    Door("associations:links", KEEPS, "POST", args=_pk, is_for_hosts=True),
    Door("associations:imports", KEEPS_SOMEWHERE, is_for_hosts=True),
    Door("associations:upload", KEEPS_SOMEWHERE, "POST", is_for_hosts=True),
    Door("associations:import_run", KEEPS, args=_run, is_for_hosts=True),
    Door("associations:import_run", KEEPS, args=_read_run, is_for_hosts=True),
    Door("associations:columns", KEEPS, "POST", args=_run, is_for_hosts=True),
    Door("associations:pairs", KEEPS, "POST", args=_run, is_for_hosts=True),
    Door("associations:application", KEEPS, "POST", args=_run, is_for_hosts=True),
    Door("associations:undoing", KEEPS, "POST", args=_run, is_for_hosts=True),
    Door("associations:leaving", KEEPS, "POST", args=_run, is_for_hosts=True),
    Door("associations:sending", KEEPS_SOMEWHERE, is_for_hosts=True),
    Door("associations:mails", KEEPS_SOMEWHERE, "POST", is_for_hosts=True),
    Door("associations:letters", KEEPS_SOMEWHERE, "POST", is_for_hosts=True),
    Door("associations:letters_file", KEEPS, prepare=_letters, is_for_hosts=True),
    Door("associations:own_code", EVERYBODY),
    Door("associations:own_code", EVERYBODY, "POST", fields=lambda cast: {"code": _code(cast)}),
    Door("associations:own_link", EVERYBODY, args=_token),
    Door("associations:own_form", WITH_A_LINK),
    Door("associations:own_form", WITH_A_LINK, "POST"),
    Door("associations:own_typed", WITH_A_LINK, "POST"),
    Door("associations:own_earlier", frozenset({BENGT}), "POST", args=_change),
    Door("associations:texts", KEEPS, args=_pk, is_for_hosts=True),
    Door("associations:translation", KEEPS, args=_pk_and_arabic, is_for_hosts=True),
    Door("associations:translation", KEEPS, "POST", args=_pk_and_arabic, is_for_hosts=True),
    Door("associations:own_texts", WITH_A_LINK),
    Door("associations:own_translation", WITH_A_LINK, args=lambda cast: ["ar"]),
    Door("associations:own_translation", WITH_A_LINK, "POST", args=lambda cast: ["ar"]),
    Door("associations:own_confirmation", WITH_A_LINK),
    Door("associations:own_confirmation", WITH_A_LINK, "POST"),
    Door("associations:own_preview", WITH_A_LINK),
    Door("associations:own_receipt", WITH_A_LINK),
    Door("associations:own_new_link", WITH_A_LINK, "POST"),
    Door("associations:own_leave", EVERYBODY, "POST"),
]
