"""The words that dates are written with in tables: months, eras and what is not exact, in ten languages."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

# Polish, English, French, Spanish, German, Russian, Ukrainian, Arabic in both of its traditions; cases and short forms.
_MONTH_WORDS = (
    """
        styczen stycznia sty
        january jan janvier janv enero ene januar janner janner январь января янв січень січня січ يناير
        جانفي كانون-الثاني
    """,
    """
        luty lutego lut
        february feb febr fevrier fevr fev febrero februar февраль февраля фев февр лютий лютого лют فبراير
        فيفري شباط
    """,
    """
        marzec marca
        march mar mars marzo marz mrz март марта мар березень березня бер مارس آذار اذار
    """,
    """
        kwiecien kwietnia kwi
        april apr avril avr abril abr апрель апреля апр квітень квітня квіт кві أبريل ابريل أفريل نيسان
    """,
    """
        maj maja
        may mai mayo май мая травень травня трав тра مايو ماي أيار ايار
    """,
    """
        czerwiec czerwca cze
        june jun juin junio juni июнь июня июн червень червня черв чер يونيو جوان حزيران
    """,
    """
        lipiec lipca lip
        july jul juillet juil julio juli июль июля июл липень липня лип يوليو جويلية تموز
    """,
    """
        sierpien sierpnia sie
        august aug aout agosto ago август августа авг серпень серпня серп сер أغسطس اغسطس أوت آب اب
    """,
    """
        wrzesien wrzesnia wrz
        september sep sept septembre septiembre setiembre сентябрь сентября сен сент вересень вересня вер
        سبتمبر أيلول ايلول
    """,
    """
        pazdziernik pazdziernika paz
        october oct octobre octubre oktober okt октябрь октября окт жовтень жовтня жовт жов أكتوبر اكتوبر
        تشرين-الأول
    """,
    """
        listopad listopada
        november nov novembre noviembre ноябрь ноября ноя нояб листопад листопада лист лис نوفمبر
        تشرين-الثاني
    """,
    """
        grudzien grudnia gru
        december dec decembre diciembre dic dezember dez декабрь декабря дек грудень грудня груд гру ديسمبر
        كانون-الأول
    """,
)
# Arabic months of two words, written as one so that a word is a month.
_OF_TWO_WORDS = ("كانون الثاني", "كانون الأول", "كانون الاول", "تشرين الأول", "تشرين الاول", "تشرين الثاني")

SEASONS: Mapping[str, int] = MappingProxyType(
    {
        **dict.fromkeys(
            ("spring", "printemps", "primavera", "wiosna", "fruhling", "fruhjahr", "весна", "весной", "навесні"), 21
        ),
        **dict.fromkeys(("summer", "ete", "verano", "lato", "sommer", "лето", "летом", "літо", "влітку"), 22),
        **dict.fromkeys(
            ("autumn", "fall", "automne", "otono", "jesien", "herbst", "осень", "осенью", "осінь", "восени"), 23
        ),
        **dict.fromkeys(("winter", "hiver", "invierno", "zima", "зима", "зимой", "взимку"), 24),
    }
)
# What says nothing beside the numbers and names of a date.
FILLERS = frozenset(
    {
        *("the", "of", "on", "de", "del", "le", "la", "el", "du", "den", "der", "im", "am", "in", "en", "year", "ano"),
        *("r", "roku", "rok", "dnia"),
        *("г", "гг", "год", "года", "году", "р", "рр", "рік", "року", "році", "سنة", "عام", "م", "в", "у"),
    }
)
ABOUT = frozenset(
    {
        *(
            "c",
            "ca",
            "circa",
            "h",
            "about",
            "around",
            "approximately",
            "approx",
            "roughly",
            "um",
            "etwa",
            "vers",
            "environ",
        ),
        *("hacia", "alrededor", "около", "ок", "примерно", "приблизно", "близько", "حوالي", "نحو", "约", "大约", "약"),
    }
)
ONGOING = frozenset(
    {
        *("ongoing", "present", "the present", "to date", "now", "today", "current", "currently", "continuing"),
        *("en cours", "aujourd'hui", "en curso", "presente", "actualidad", "laufend", "heute", "andauernd", "aktuell"),
        *("по настоящее время", "настоящее время", "наст. время", "наше время", "н.в", "н. в", "н/в"),
        *("продолжается", "теперішній час", "досі", "триває", "донині"),
        *("مستمر", "حتى الآن", "진행 중", "현재", "至今", "今", "现在", "进行中"),
    }
)
WEEKDAYS = frozenset(
    {
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"),
        *("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
        *("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"),
        *("poniedziałek", "wtorek", "sroda", "czwartek", "piatek", "sobota", "niedziela"),
        *("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"),
        *("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
        *("понеділок", "вівторок", "середа", "четвер", "п'ятниця", "п’ятниця", "субота", "неділя"),
        *("الأحد", "الاثنين", "الإثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت"),
        *(
            "월",
            "화",
            "수",
            "목",
            "금",
            "토",
            "일",
            "월요일",
            "화요일",
            "수요일",
            "목요일",
            "금요일",
            "토요일",
            "일요일",
        ),
        *("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日", "星期天"),
        *("周一", "周二", "周三", "周四", "周五", "周六", "周日", "一", "二", "三", "四", "五", "六", "日"),
    }
)


def folded(text: str) -> str:
    """Return a text in lower case without the accents of Latin letters, as words are compared."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return unicodedata.normalize("NFC", "".join(_kept(decomposed)))


def _kept(decomposed: str) -> list[str]:
    kept: list[str] = []
    for letter in decomposed:
        if not (unicodedata.combining(letter) and kept and kept[-1] < "\u0250"):
            kept.append(letter)
    return kept


MONTHS: Mapping[str, int] = MappingProxyType(
    {
        folded(word.replace("-", "")): number
        for number, words in enumerate(_MONTH_WORDS, start=1)
        for word in words.split()
    }
    | {"تشرينالاول": 10, "كانونالاول": 12}
)


def joined_months(text: str) -> str:
    """Return a text in which the Arabic months of two words are one word each."""
    for words in _OF_TWO_WORDS:
        if words in text:
            text = text.replace(words, words.replace(" ", ""))
    return text
