"""What stands beside a date and makes it no other: parts of a day, names of zones, remarks in parentheses."""

from __future__ import annotations

import re

# Clocks of these names are read as local ones: some are of several countries, and of others the rules have changed.
_ZONES = (
    "est edt cst cdt mst mdt pst pdt akst akdt hst ast adt nst ndt brt art clt wet west cet cest met mez mesz eet eest"
    " msk msd мск trt bst ist aft pkt npt ict wib hkt sgt cst jst kst aest aedt acst awst nzst nzdt cat eat wat sast"
)
_ZONE_NAME = re.compile(rf"(?<=\d) ?\(?(?:{'|'.join(dict.fromkeys(_ZONES.split()))})\)?$")
# “UTC+3”, and what the language Go writes behind an offset.
_ZONE_OFFSET = re.compile(r"(?<=\d) ?(?:utc|gmt) ?([+-])(\d{1,2})(?::?(\d\d))?$", re.ASCII)
_ZONE_TWICE = re.compile(r"(?<=[+-]\d{4}) utc$", re.ASCII)
# As Unix and its services write it: Tue Sep 11 08:46:00 EDT 2001, Tue Sep 11 08:46:00 +0000 2001.
_UNIX = re.compile(
    r"(?:[a-z]{3} )?([a-z]{3}) (\d{1,2}) (\d\d:\d\d(?::\d\d)?)(?: ([a-z]{3,4}|[+-]\d{4}))? (\d{4})", re.ASCII
)
_PART_OF_DAY = re.compile(
    r"(?<=[^\W_])(?:, ?| - | )(?:(?:in the|at|by|am|le|au|por la|de|в|на) )?(?:(?:early|late|mid) )?"
    r"(?:morning|afternoon|evening|night|nightfall|dawn|dusk|sunrise|sunset|overnight"
    r"|morgens|abends|nachts|nachmittags|vormittags"
    r"|(?:au )?petit matin|matin|soir|nuit|manana|tarde|noche|madrugada"
    r"|утром|днем|днём|вечером|ночью|вранці|увечері|вночі)$"
)
# Years of the Persian calendar, which people write in these digits.
_PERSIAN_YEAR = re.compile(r"(?<![۰-۹])۱[۲-۴][۰-۹]{2}(?![۰-۹])")
# Where these stand behind a date, it is one of another calendar, or not this one alone.
_OTHER_DATE = re.compile(
    r".*\d.*|(?:or|oder|ou|o|или|або) .*|o\.? ?s\.?|old style|julian.*|julien|juliano"
    r"|ст\. ?ст\.?|старый стиль|старий стиль"
)
_ABOUT = frozenset(
    {
        *("approx", "approximate", "approximately", "est", "estimate", "estimated", "circa", "ca", "c", "about"),
        *("environ", "estime", "aprox", "aproximado", "geschatzt", "ungefahr", "приблизительно", "приблизно"),
    }
)


def without_asides(text: str) -> str:
    """Return a folded date without the part of its day and the name of its zone, and with its offset as EDTF has it."""
    unix = _UNIX.fullmatch(text)
    if unix is not None:
        month, day, clock, zone, year = unix.groups()
        text = f"{day} {month} {year} {clock} {zone or ''}".strip()
    text = _ZONE_TWICE.sub("", _ZONE_NAME.sub("", text))
    text = _ZONE_OFFSET.sub(lambda match: f"{match[1]}{match[2]:0>2}:{match[3] or '00'}", text)
    return _PART_OF_DAY.sub("", text)


def is_remark(aside: str) -> bool:
    """Tell whether folded words in parentheses behind a date leave it as it is, such as “(D-Day)”."""
    return _OTHER_DATE.fullmatch(aside) is None


def says_about(aside: str) -> bool:
    """Tell whether folded words in parentheses say that a date is not exact, such as “(est.)”."""
    return aside.strip(" .") in _ABOUT


def is_persian(written: str) -> bool:
    """Tell whether a date has a year of the Persian calendar, in the digits that are written with it."""
    return _PERSIAN_YEAR.search(written) is not None
