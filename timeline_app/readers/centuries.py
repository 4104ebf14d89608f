"""Read centuries as several languages write them: “19th century”, “XIX век”, “3rd century BC”."""

from __future__ import annotations

import re

_NUMBER = r"(?P<number>\d{1,2}|[ivx]{1,6})(?:st|nd|rd|th|e|eme|er|-?й|-?го|\.)?"
_BC = (
    r"(?:(?P<before> ?(?:b\.?c\.?(?:e\.?)?|av\. ?j\.?-?c\.?|v\. ?chr\.?|a\. ?(?:de )?c\.|до н\. ?[эе]\.?))"
    r"| ?(?:a\.?d\.?|c\.?e\.?|ap\. ?j\.?-?c\.?|n\. ?chr\.?|н\. ?[эе]\.?))?"
)
_CENTURY = re.compile(
    rf"(?:the )?{_NUMBER} ?(?:centur(?:y|ies)|c\.|cent\.|siecles?|jahrhunderts?|jh\.?"
    rf"|век(?:[ае]|ов)?|вв?\.|ст\.|столетие|століття){_BC}"
    rf"|(?:el )?(?:siglo|s\.) ?(?P<spanish>\d{{1,2}}|[ivx]{{1,6}}){_BC.replace('before', 'spanish_before')}"
    r"|(?P<before_ours>公元前|기원전)? ?(?P<asian>\d{1,2}) ?(?:世纪|世紀|세기)"
)
_NUMBER_ALONE = re.compile(rf"(?:the )?{_NUMBER}")
# What is said of a later one, such as 25 c., is said of something else.
_OURS = 21
_ROMAN = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi"
_ROMAN_NUMBERS = {roman: number for number, roman in enumerate(_ROMAN.split(), start=1)}


def century_of(text: str) -> str:
    """Return the EDTF of a century that has been folded, "" for what is none: 18XX for the 19th, -02XX for the 3rd BC.

    A century before our era runs from its year 00 to 01 by that count, 300 BC to 201 BC, as the digits of -02XX do.
    """
    match = _CENTURY.fullmatch(text)
    if match is None:
        return ""
    is_before = match["before"] or match["spanish_before"] or match["before_ours"]
    return _century(match["number"] or match["spanish"] or match["asian"], is_before=bool(is_before))


def century_beside(text: str, later: str) -> str:
    """Return the EDTF of a century of which only the number stands before a later one, "" for none.

    As in “19th-20th century”, the later one in EDTF; both are of one era.
    """
    match = _NUMBER_ALONE.fullmatch(text) if later.endswith("XX") else None
    return _century(match["number"], is_before=later.startswith("-")) if match is not None else ""


def _century(written: str, *, is_before: bool) -> str:
    number = int(written) if written.isdigit() else _ROMAN_NUMBERS.get(written, 0)
    is_one = number and (is_before or number <= _OURS)
    return f"{'-' if is_before else ''}{number - 1:02}XX" if is_one else ""
