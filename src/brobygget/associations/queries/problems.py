"""What was odd in a row, in the page's language. The reader of registers itself speaks in codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# What was done follows as it is where it is a value ("6..80", a corrected name).
WITH_VALUE: Mapping[str, Promise] = {
    "at_obfuscated": _("A written “at” became"),
    "all_caps": _("All in capitals; suggested"),
    "case_space": _("Tidied to"),
    "excel_date_mangled_age": _("The spreadsheet had made a date of the ages; understood as"),
    "html_entity": _("Signs turned back:"),
    "interest_by_likeness": _("Understood by likeness:"),
    "interests_from_name": _("Understood from the name:"),
    "leading_zero": _("Understood as"),
    "mojibake": _("Letters repaired:"),
    "no_upper_age": _("Taken as no upper age:"),
    "run_together": _("Taken apart:"),
    "text_fee": _("Understood as"),
    "whitespace": _("Spaces tidied:"),
}
SENTENCES: Mapping[str, Promise] = {
    "a_person": _("Perhaps a private person's firm. Kept as a draft."),
    "ages_as_text": _("Not understood as ages."),
    "asylum_number_in_text": _("An authority's number was left out."),
    "bad_checksum": _("The check digit is wrong. Kept as text."),
    "bad_email": _("No e-mail address. Left out."),
    "bad_org_nr": _("Not an organisation number. Kept as text."),
    "bad_phone": _("No telephone number. Left out."),
    "bad_postcode": _("A postcode has five digits. Left out."),
    "bad_website": _("No web address. Left out."),
    "banner": _("A heading, not an association."),
    "care_of_in_street": _("Taken for a home address, which is never shown."),
    "dissolved": _("Closed down. Kept, and not shown."),
    "dormant": _("Resting. Kept, and not shown."),
    "broken_quotation_mark": _("A quotation mark without its fellow. Read as an ordinary sign."),
    "cell_cut": _("A cell that is longer than any text. Its end was left out."),
    "duplicate_exact_id": _("The same number twice. The last row counts."),
    "duplicate_name_variant": _("Perhaps the same as another row. You decide."),
    "duplicate_same_orgnr": _("The same organisation number as another row."),
    "embedded_crlf": _("A line break, kept."),
    "excel_scientific": _("The spreadsheet lost digits of the number. Left out."),
    "excluded_kind": _("Not something to join. Kept, and not shown."),
    "fee_as_text": _("Not understood as a sum. Kept as text."),
    "footer_row": _("A sum at the foot, not an association."),
    "formula_injection": _("A formula, kept as text and made harmless in every export."),
    "free_text_schedule": _("The time is kept in its own words."),
    "html_in_text": _("The markup was taken out."),
    "lost_letters": _("Letters were lost before the file came here."),
    "asylum_number": _("An authority's number was refused."),
    "mixed_encoding": _("Letters stored in two ways in one file. Look at å, ä and ö in the names."),
    "missing": _("Not said. That is all right."),
    "newline_in_cell": _("Several in one cell, all kept."),
    "no_id_no_contact": _("Neither number nor contact. Kept as a draft for you to look at."),
    "no_name": _("A row without a name."),
    "nul_characters": _("Empty signs that the export had left were taken out."),
    "personal_email": _("The address names a person. Used for sending, never shown."),
    "personnummer": _("A personal number was refused."),
    "personnummer_in_text": _("A personal number was left out."),
    "phone_in_text": _("A telephone number was moved to what is private."),
    "placeholder": _("Says that nothing is known. Taken as unknown."),
    "policy": _("Perhaps a political association. The house decides whether they take part."),
    "postcode_with_more": _("More than a postcode. The postcode was kept."),
    "private_address": _("A home. Used for letters, never shown."),
    "private_phone": _("A person's own number. Never shown."),
    "private_venue": _("Somebody's home. Not shown."),
    "repeated_header_row": _("The column names once more, skipped."),
    "run_together_emails": _("Two addresses without a space, taken apart."),
    "several_websites": _("Several web addresses, all kept."),
    "too_many_columns": _("More columns than a register has. The last ones were left out."),
    "two_emails": _("Two addresses: the first is the association's, the other is private."),
    "two_phones": _("Two numbers: the first is kept, the other is private."),
    "unclear_answer": _("Neither yes nor no. Taken as unknown."),
    "unknown_access_word": _("A word about access that is not known. Left out."),
    "unknown_language": _("A language that is not known. Left out."),
    "unmatched_activity": _("No interest is known for these words. They wait for you."),
    "unsafe_link": _("Not a web link. Left out."),
    "venue_only": _("A place more than an association. Kept, and not shown."),
}  # fmt: skip

LINES_TOLD = 8


def in_words(code: str, did: str) -> str:
    """One sentence about a problem."""
    if code in WITH_VALUE:
        return f"{WITH_VALUE[code]} {did.removeprefix('kept; suggested ').removeprefix('split: ')}"
    return str(SENTENCES.get(code, did or code))


def of_file(problems: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What was odd about a whole file, each once, and the first rows where it is."""
    lines: dict[str, list[int]] = {}
    for one in problems:
        lines.setdefault(in_words(one["code"], one["did"]), []).append(one.get("line", 0))
    return [{"words": words, "lines": _listed([line for line in at if line])} for words, at in lines.items()]


def _listed(lines: list[int]) -> str:
    told = ", ".join(str(line) for line in lines[:LINES_TOLD])
    return f"{told} …" if len(lines) > LINES_TOLD else told
