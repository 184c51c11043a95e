"""Chapter F: Petra's register comes in on 8 February, and Bengt gets his link."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.urls import reverse

from brobygget.associations.commands import apply_import
from brobygget.associations.commands.deciding import decide_pairs
from brobygget.associations.commands.late import take_up_decided
from brobygget.associations.commands.links import give_doors
from brobygget.associations.models import Association, ImportRow, ImportRun
from brobygget.associations.register import read_register
from brobygget.house.models import House

FILE = Path(__file__).with_name("alvnas_register.csv")
AT = datetime(2027, 2, 8, 9, 30, tzinfo=ZoneInfo("Europe/Stockholm"))
BENGTS = "Älvnäs hembygdsförening"


def load_register(house: House) -> None:
    """304 rows, 9 duplicates, 295 associations; doors for Bengt and for one who gets a letter."""
    data = FILE.read_bytes()
    told = apply_import(reading=read_register(data), data=data, house=str(house.pk), file=FILE.name, at=AT)
    _petras_word(ImportRun.objects.get(pk=told["import"]))
    give_doors(_with_doors(house), on=AT.date())


def _petras_word(run: ImportRun) -> None:
    """Three pairs were only alike; Petra knows both and says that they are the same."""
    waiting = run.rows.filter(outcome=ImportRow.Outcome.WAITING)
    same = [(row.pk, str(ImportRow.Decision.SAME)) for row in waiting]
    take_up_decided(decide_pairs(run, decisions=same, on=AT.date()), at=AT)


def _with_doors(house: House) -> list[Association]:
    """Bengt's association, and the first that is reached by letter."""
    here = Association.objects.filter(house=house).order_by("pk")
    found = (here.filter(name=BENGTS).first(), here.filter(reach=Association.Reach.LETTER).first())
    return [one for one in found if one is not None]


def own_doors(address: str, house: House) -> list[dict[str, str]]:
    """Link and code of the associations that have them in the demo, for the terminal."""
    doors = give_doors(_with_doors(house), on=AT.date())
    who = ("Bengt Nyström, 68, kassör", "ett brev med kod")
    return [
        {
            "name": door.association.name,
            "who": words,
            "address": address + reverse("associations:own_link", args=[door.token]),
            "code": door.code,
        }
        for door, words in zip(doors, who, strict=False)
    ]
