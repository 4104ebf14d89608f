"""Put dates as several peoples and trades word them into the words that readers of dates know."""

from __future__ import annotations

import re

from timeline_app.readers.month_words import MONTHS, WEEKDAYS

_ROMAN_MONTHS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ENGLISH_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ROMAN = re.compile(r"(^|\d[.\s/-]{1,2}|-)(viii|vii|vi|v|iv|iii|ii|ix|i|xii|xi|x)(?=[.\s/-]{1,3}\d)", re.ASCII)
_IN_BRACKETS = re.compile(r"\[([^\[\]]+)\]")
# What follows a year in Russian, Ukrainian and Polish, and says nothing.
_YEAR_WORD = re.compile(r"(?<=\d{4}) ?(?:гг?\.?|год[ау]?|рр?\.?|року|рік|r\.)$")
_WEEKDAY = "|".join(sorted(map(re.escape, WEEKDAYS), key=len, reverse=True))
_AROUND_WEEKDAY = re.compile(rf"^(?:{_WEEKDAY})\.?,? +(?=\d)|(?<=\d),? +(?:{_WEEKDAY})\.?$")
_DOUBLE_MONTH = re.compile(r"([^\W\d_]+) ?/ ?([^\W\d_]+)")
_EAST_ASIAN_ERA = re.compile(r"(民国|民國|明治|大正|昭和|平成|令和) ?(\d{1,3}|元) ?年")
_YEARS_BEFORE_ERA = {"民国": 1911, "民國": 1911, "明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_EAST_ASIAN_SEASON = re.compile(r"(\d{4}) ?[年년] ?(春|夏|秋|冬|봄|여름|가을|겨울)[天季]?")
_SEASONS = {"春": "spring", "夏": "summer", "秋": "autumn", "冬": "winter"} | {
    "봄": "spring",
    "여름": "summer",
    "가을": "autumn",
    "겨울": "winter",
}
_EAST_ASIAN_HOUR = re.compile(
    r"(오전|오후|上午|下午|午前|午後) ?(\d{1,2}) ?(?:[시時时点點:]) ?(?:(\d{1,2}) ?[분分]?)?(?=\s|$)"
)
_EAST_ASIAN_CLOCK = re.compile(r"(?<=[일日号號]) ?(\d{1,2}) ?[시時时点點] ?(?:(\d{1,2}) ?[분分])?$")
# 民国三十四年八月十五日, 一九三七年七月七日.
_EAST_ASIAN_NUMBER = re.compile(r"[〇零一二三四五六七八九十廿卅]+(?=\s?[年月日号號])")
_DIGITS = {sign: digit for digit, sign in enumerate("零一二三四五六七八九")} | {"〇": 0}
_TENS = {"十": 1, "廿": 2, "卅": 3}
_HALF = re.compile(
    r"(?:(?:в|у) )?(?:(перв|перш)|втор|друг)[а-яії]+ половин[а-яії]+ (\d{4})|([12])-[яй]\w* половин[а-яії]+ (\d{4})"
    r"|(?:(premier|1er)|second|deuxieme|2e) semestre (?:de )?(\d{4})|(?:(primer)|segundo) semestre (?:del? )?(\d{4})"
    r"|(?:(erste)|zweite) halfte (?:des jahres |von )?(\d{4})|(\d{4})年?(?:(上)|下)半年|([12])h[ /-]?(\d{4})"
)
# The first, second or last ten days of a month, the beginning or the end of a year: of each only the whole is a date.
_EAST_ASIAN_PART = re.compile(r"(\d{4} ?[年년](?: ?\d{1,2} ?[月월])?) ?(?:[上中下]旬|[初末底]|초순?|중순|하순|말)$")
_AFTERNOON = frozenset({"오후", "下午", "午後"})
_DECADE = re.compile(
    r"(\d{3})0(?: ?年代| ?년대|er(?: jahren?)?"
    r"|-?[ех](?: (?:годы|годов|гг\.?|роки|років|рр\.?))?)"
    r"|(?:les )?(?:annees|los anos|anos) (\d{3})0"
)
_WINTER = re.compile(r"(winter|hiver|invierno|зима|зимой|зимы|взимку)( of| de)? (\d\d)(\d\d) ?[-/] ?(?:(\d\d))?(\d\d)")
_YEARS = 100
# Numbers alone, or with the English name of a month: nothing to put otherwise.
_PLAIN = re.compile(r"[\d\s./:,-]*(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[\d\s./:,-]+)?", re.ASCII)


def plainly_worded(text: str) -> str:
    """Return a date that has been folded in words and numbers that are known, any other text as it is.

    Roman months, years of East Asian eras, days of the week around numbers, months in both Arabic traditions
    (“فبراير/شباط”) and what stands behind a year are put so. A winter is called by the year in which it begins.
    """
    whole = _IN_BRACKETS.fullmatch(text) if text.startswith("[") else None
    text = whole[1].strip() if whole is not None else text
    if not text.isascii():
        return _of_latin_letters(_of_other_letters(_YEAR_WORD.sub("", text)))
    # Most dates by far have none of these.
    return text if _PLAIN.fullmatch(text) else _of_latin_letters(_YEAR_WORD.sub("", text))


def _of_latin_letters(text: str) -> str:
    return _half(_decade(_winter(_AROUND_WEEKDAY.sub("", _ROMAN.sub(_roman_month, text)))))


def _of_other_letters(text: str) -> str:
    text = _EAST_ASIAN_NUMBER.sub(_east_asian_number, text)
    text = _EAST_ASIAN_PART.sub(r"\1", _EAST_ASIAN_ERA.sub(_year_of_era, text))
    text = _EAST_ASIAN_CLOCK.sub(lambda match: f" {int(match[1]):02}:{int(match[2] or 0):02}", text)
    text = _EAST_ASIAN_SEASON.sub(lambda match: f"{_SEASONS[match[2]]} {match[1]}", text)
    return _DOUBLE_MONTH.sub(_single_month, _EAST_ASIAN_HOUR.sub(_hour, text))


def says_east_asian_part(cell: str) -> bool:
    """Tell whether a cell says which part of a month or a year is meant, as 2024年12月中旬 does."""
    return not cell.isascii() and _EAST_ASIAN_PART.search(cell.strip()) is not None


def _roman_month(match: re.Match[str]) -> str:
    return f"{match[1]}{_ENGLISH_MONTHS[_ROMAN_MONTHS.index(match[2])]}"


def _year_of_era(match: re.Match[str]) -> str:
    number = 1 if match[2] == "元" else int(match[2])
    return f"{_YEARS_BEFORE_ERA[match[1]] + number}年"


def _hour(match: re.Match[str]) -> str:
    hour = int(match[2])
    hour = hour % 12 + (12 if match[1] in _AFTERNOON else 0) if hour <= 12 else hour
    return f" {hour:02}:{int(match[3] or 0):02}"


def _single_month(match: re.Match[str]) -> str:
    """Return one month for two names of it, which Arabic writes for readers of both traditions."""
    first, second = MONTHS.get(match[1]), MONTHS.get(match[2])
    return match[1] if first is not None and first == second else match[0]


def _winter(text: str) -> str:
    match = _WINTER.fullmatch(text)
    if match is None:
        return text
    first = int(match[3] + match[4])
    follows = (first + 1) % _YEARS == int(match[6]) and match[5] in {None, str(first + 1)[:2]}
    return f"{match[1]} {first}" if follows else text


def _east_asian_number(match: re.Match[str]) -> str:
    """Return a number in digits: 十五 as 15, 一九三七 as 1937; what is neither stays as it is."""
    written = match[0]
    if all(sign in _DIGITS for sign in written):
        return "".join(str(_DIGITS[sign]) for sign in written)
    tens = [place for place, sign in enumerate(written) if sign in _TENS]
    before, after = written[: tens[0]], written[tens[0] + 1 :]
    if len(tens) > 1 or len(before) > 1 or len(after) > 1:
        return written
    count = (_DIGITS[before] if before else 1) * _TENS[written[tens[0]]]
    return str(10 * count + (_DIGITS[after] if after else 0))


def _half(text: str) -> str:
    """Return half a year as it is written shortly, another text as it is."""
    match = _HALF.fullmatch(text)
    if match is None:
        return text
    year = next(group for group in match.groups() if group is not None and len(group) == 4 and group.isdecimal())
    is_first = any(match[place] for place in (1, 5, 7, 9, 12)) or "1" in (match[3], match[13])
    return f"h{1 if is_first else 2} {year}"


def _decade(text: str) -> str:
    match = _DECADE.fullmatch(text)
    return f"{match[1] or match[2]}0s" if match is not None else text
