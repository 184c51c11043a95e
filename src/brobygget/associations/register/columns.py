"""What a column means: by its name, by the group heading above it, and by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from brobygget.associations.register.presets import PRESETS, plain_header
from brobygget.associations.register.records import ColumnGuess

# Every name was seen in, or made after, exports of Swedish municipalities and their booking systems.
_NAMES: Mapping[str, str] = {
    "source_id": "förennr|föreningsnr|föreningsnummer|förenid|föreningsid|id|kundnr|kundnummer|kundid|registernr|nr|löpnr|uid|sourceid|bookingid",
    "name": "föreningsnamn|förening|föreningens namn|namn|namn på förening|organisation|organisationsnamn|kund|kundnamn|name|association|associationname|titel|title|benämning|klubb",
    "alternate_name": "alternativt namn|kortnamn|förkortning|kallas|alternatename|tidigare namn",
    "category": "kategori|föreningstyp|föreningskategori|typ|typ av förening|category|associationcategoryname|inriktning|huvudkategori|types|kundgrupp|föreningsform",
    "activities": "verksamhet|verksamheter|aktivitet|aktiviteter|sysselsättning|idrott|idrotter|activities|activity|operations|verksamhetsområde|intresse|intressen|verksamhetstyp|sporter",
    "org_nr": "orgnr|organisationsnummer|organisationsnr|orgnummer|org|orgno|orgnumber|organizationnumber|organisationid",
    "registered": "regdatum|registreringsdatum|registrerad|startdatum|bildad|bildades|grundad|skapad",
    "care_of": "co|coadress|careof",
    "street": "gatuadress|gata|adress|postadress|utdelningsadress|besöksadress|address|streetaddress|street|adress1|adressrad1",
    "full_address": "fullständig adress|adressuppgifter|fulladdress",
    "postcode": "postnr|postnummer|pnr ort|zipcode|zip|postalcode|postcode",
    "city": "postort|ort|stad|city|town",
    "district": "område|kommundel|stadsdel|distrikt|districtnames|områden|areas|geografiskt område|by",
    "phone": "telefon|tel|telefonnummer|telefonnr|tfn|phone|telefon förening|telefon arbete|phonenumber|tele",
    "mobile": "mobil|mobilnr|mobiltelefon|mobilnummer|mobile",
    "email": "epost|epostadress|mail|mejl|email|emailadress|föreningens epost|epost förening|mailadress",
    "website": "hemsida|webbplats|webb|webbadress|website|homepage|url|länk|www|hemsidor|homepageurl|webbsida",
    "contact_name": "kontaktperson|kontakt|kontaktnamn|kontaktpersoner|ansvarig|ordförande|contact|contactperson|contactname|firmatecknare|föreningskontakt|kontaktperson namn",
    "contact_surname": "efternamn|kontaktperson efternamn",
    "contact_role": "funktion|roll|befattning|uppdrag|titel kontakt|kontaktperson funktion|role",
    "contact_phone": "tel kontakt|telefon kontakt|telefon kontaktperson|kontakttelefon|mobil kontakt|mobil kontaktperson|kontaktperson telefon|kontaktperson mobil|hemtelefon|telefon hem|telefon bostad",
    "contact_email": "epost kontakt|epost kontaktperson|kontaktepost|kontaktperson epost|mail kontaktperson|kontaktens epost",
    "ages": "ålder|åldrar|ålder frt|åldersgrupp|åldersgrupper|ålder från till|åldersintervall|agerangestrings|ages|agerange",
    "age_from": "ålder från|från ålder|lägsta ålder|minålder|minimumage|agemin",
    "age_to": "ålder till|till ålder|högsta ålder|maxålder|maximumage|agemax",
    "target_groups": "målgrupp|målgrupper|targetgroups|vänder sig till",
    "accessibility": "tillgänglighet|tillgänglighetsanpassning|handikappanpassning|anpassad|accessibility|tillgänglighetsinfo",
    "languages": "språk|languages|talar|språk som talas",
    "meeting": "träffas|tid|tider|träningstid|träningstider|mötestid|mötestider|när|dag och tid|öppettider|schema|aktivitetstid",
    "venue": "lokal|plats|anläggning|träningslokal|möteslokal|var|venue|lokaler",
    "fee": "medlavg|medlemsavgift|avgift|kostnad|pris|medlemsavgift kr|fee|medlavgift|årsavgift",
    "try_free": "prova på|provapå|prova gratis|första gången gratis|tryfree",
    "fritidskort": "fritidskort|fritidskortet|tar fritidskort|leisureactivitycard",
    "contact_public": "publik kontakt|visa kontakt|kontakt publik|publicera|får publiceras|visas på webben|publik",
    "changed": "senast ändrad|ändrad|uppdaterad|ändringsdatum|senast uppdaterad|modified|lastchanged|updated|ändrad datum",
    "description": "övr info|övrig information|övrigt|information|beskrivning|om föreningen|anteckning|anteckningar|notering|kommentar|description|publicinformation|presentation|info|fritext|otherinformation|freetext",
    "status": "status|aktiv|föreningsstatus|läge",
    "members": "medlemmar|antal medlemmar|medlemsantal|members",
    "latitude": "latitude|lat|geometrylatitude|breddgrad|latitud",
    "longitude": "longitude|lon|lng|long|geometrylongitude|längdgrad|longitud",
}  # fmt: skip

FIELDS = frozenset(_NAMES)
SEVERAL_COLUMNS = frozenset({"description"})
SURE = 0.98
LEAST_CONFIDENCE = 0.55
_ABOUT_A_PERSON = (
    "kontakt",
    "person",
    "ordförande",
    "kassör",
    "sekreterare",
    "firmatecknare",
    "ansvarig",
    "contact",
)
_OF_A_PERSON: Mapping[str, str] = {
    "name": "contact_name",
    "phone": "contact_phone",
    "mobile": "contact_phone",
    "email": "contact_email",
}


def _share(pattern: str) -> Callable[[str], bool]:
    return lambda cell, expression=re.compile(pattern, re.IGNORECASE): bool(expression.search(cell))  # type: ignore[misc]


_CONTENT: Mapping[str, Callable[[str], bool]] = {
    "email": _share(r"^[^@\s]+(@|\(at\)| at )[^@\s]+\.[a-z]{2,}"),
    "website": _share(r"^(https?://|www\.|<a )|^[\w.-]+\.(se|com|nu|org|net|example)/?$"),
    "org_nr": _share(r"^(16)?[2-9]\d[2-9]\d{3}-?\d{4}$"),
    "postcode": _share(r"^(se-?)?\d{3} ?\d{2}$"),
    "phone": _share(r"^(\+46|0)[\d /()-]{6,15}$"),
    "street": _share(r"^[^\d@]{3,40}(gatan|vägen|väg|gränd|stigen|torget|plan|backen|gata)\b.*\d"),
    "meeting": _share(r"^(varannan |första |sista )?(mån|tis|ons|tors?|fre|lör|sön)(dag)?(ar)?\b.*\d"),
}


@cache
def _known_names() -> Mapping[str, str]:
    names: dict[str, str] = {}
    for field, listed in _NAMES.items():
        for name in listed.split("|"):
            names.setdefault(plain_header(name), field)
    for preset in PRESETS.values():
        for name, field in preset.columns.items():
            names.setdefault(name, field)
    return names


def guess_name(header: str, group: str = "") -> ColumnGuess | None:
    """What a column is, by its name alone."""
    plain = plain_header(header)[:60]
    if not plain:
        return None
    names = _known_names()
    field, confidence, why = names.get(plain, ""), SURE, "its name"
    if not field and len(plain) >= 4:
        field, confidence, why = _resembling(plain)
    if not field:
        return None
    about = group.casefold()
    if field in _OF_A_PERSON and any(word in about for word in _ABOUT_A_PERSON) and "förening" not in about:
        person = any(word in about for word in ("person", "ordförande", "kassör", "sekreterare", "tecknare"))
        if person:
            return ColumnGuess(
                header, _OF_A_PERSON[field], min(confidence, 0.9), "its name and the heading above"
            )
    return ColumnGuess(header, field, confidence, why)


@lru_cache(maxsize=4_096)
def _resembling(plain: str) -> tuple[str, float, str]:
    names = _known_names()
    said_of_person = any(word in plain for word in ("kontaktperson", "ordförande", "kassör", "kontakt"))
    best = process.extractOne(plain, names.keys(), scorer=fuzz.ratio, score_cutoff=84)
    field, confidence, why = ("", 0.0, "")
    if best is not None:
        field, confidence, why = names[best[0]], best[1] / 100 * 0.9, "a similar name"
    else:
        inside = [
            name for name in names if len(name) >= 5 and (plain.startswith(name) or plain.endswith(name))
        ]
        if inside:
            name = max(inside, key=len)
            field, confidence, why = names[name], 0.6 + 0.25 * len(name) / len(plain), "part of its name"
    if said_of_person and field in _OF_A_PERSON:
        field = _OF_A_PERSON[field]
    return field, confidence, why


def guess_content(cells: Sequence[str]) -> tuple[str, float]:
    """What a column is, by its cells alone, and the share of filled cells that agree."""
    filled = [cell.strip() for cell in cells if cell.strip()][:300]
    if len(filled) < 3:
        return "", 0.0
    shares = {field: sum(map(fits, filled)) / len(filled) for field, fits in _CONTENT.items()}
    field = max(shares, key=lambda each: shares[each])
    return (field, shares[field]) if shares[field] >= 0.6 else ("", 0.0)


def guess_columns(
    headers: Sequence[str],
    groups: Sequence[str],
    rows: Sequence[Sequence[str]],
    said: Mapping[str, str],
) -> tuple[ColumnGuess | None, ...]:
    """A meaning for every column that has one; each field once, except free text.

    `said` is what a person or a preset says, column to field; an empty field means "leave it out".
    """
    told = {plain_header(header): field for header, field in said.items()}
    guesses: list[ColumnGuess | None] = []
    for place, header in enumerate(headers):
        plain = plain_header(header)
        if plain in told:
            field = told[plain]
            guesses.append(ColumnGuess(header, field, 1.0, "said so") if field else None)
            continue
        group = groups[place] if place < len(groups) else ""
        cells = [row[place] for row in rows if place < len(row)]
        guesses.append(_weighed(guess_name(header, group), header, cells))
    return _one_column_each(guesses)


def _weighed(by_name: ColumnGuess | None, header: str, cells: Sequence[str]) -> ColumnGuess | None:
    """A name that the cells contradict counts less; cells without a telling name count a little."""
    field, share = guess_content(cells)
    if by_name is None:
        return ColumnGuess(header, field, 0.75 * share, "what stands in it") if share >= 0.8 else None
    if not field or field == by_name.field:
        return by_name
    same = {
        ("mobile", "phone"),
        ("contact_phone", "phone"),
        ("contact_email", "email"),
        ("full_address", "street"),
    }
    if (by_name.field, field) in same or by_name.confidence >= SURE or field in ("street", "meeting"):
        return by_name
    return ColumnGuess(header, field, 0.6 * share, "what stands in it, against its name")


def _one_column_each(guesses: Sequence[ColumnGuess | None]) -> tuple[ColumnGuess | None, ...]:
    """When two columns claim a field the surer one, or the first, has it; a second telephone is a mobile."""
    taken: dict[str, int] = {}
    result: list[ColumnGuess | None] = [None] * len(guesses)
    order = sorted(
        (place for place, guess in enumerate(guesses) if guess and guess.confidence >= LEAST_CONFIDENCE),
        key=lambda place: (-guesses[place].confidence, place),  # type: ignore[union-attr]
    )
    spare = {"phone": "mobile", "mobile": "phone", "email": "contact_email"}
    for place in order:
        guess = guesses[place]
        if guess is None:
            continue
        field = guess.field
        if field in taken and field in spare and spare[field] not in taken:
            field = spare[field]
            guess = ColumnGuess(
                guess.header, field, guess.confidence * 0.8, guess.why + "; the second of its kind"
            )
        if field not in taken or field in SEVERAL_COLUMNS:
            taken.setdefault(field, place)
            result[place] = guess
    return tuple(result)
