"""What columns are called that hold a field of an event, in nine languages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType

from timeline_app.readers.month_words import folded

# The names of the columns that each field is taken from, best first, as `simple_name` gives them.
SYNONYMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "id": ("id", "event_id", "eventid", "unique_id", "uid", "identifier", "record_id", "key"),
        "title": (
            *("title", "headline", "event_title", "event_name", "name", "event", "heading", "label", "subject"),
            *("message", "incident", "incident_name", "battle_name", "battle", "what_happened", "what"),
            *("object_name", "object_title"),
        ),
        "when": (
            "when",
            "date",
            "event_date",
            "datetime",
            "date_time",
            "dates",
            "day",
            "timestamp",
            "incident_date",
            "date_range",
            "date_of_event",
            "date_of_incident",
            "occurred_at",
            "date_s",
        ),
        "start": (
            *("start", "start_date", "startdate", "date_start", "start_time", "begin", "begin_date", "from", "started"),
            *("date_from", "started_at", "beginning"),
        ),
        "end": (
            *("end", "end_date", "enddate", "date_end", "end_time", "finish", "until", "to", "ended"),
            *("date_to", "ended_at", "finished_at", "stop", "stop_date", "date_stop", "stopdate"),
        ),
        "type": (
            *("type", "event_type", "category", "kind", "class", "incident_type", "type_of_event", "type_of_incident"),
            *("attack_type", "type_of_attack", "kind_of_attack", "strike_type", "disaster_type"),
        ),
        "actors": (
            *("actors", "actor", "participants", "parties", "people", "persons", "organisations", "organizations"),
            *("who", "belligerents", "combatants", "actors_involved"),
        ),
        "roles": ("roles",),
        "place": (
            *(
                "place",
                "place_name",
                "location_name",
                "location",
                "where",
                "city",
                "town",
                "locality",
                "site",
                "venue",
                "locations",
                # Where none of these is there, the narrowest area that is named.
                "village",
                "municipality",
                "district",
                "province",
                "admin3",
                "admin2",
                "admin1",
                "country",
                "country_name",
            ),
        ),
        "lat": ("lat", "latitude", "location_lat", "location_latitude", "geo_lat", "geo_latitude"),
        "lon": (
            "lon",
            "lng",
            "long",
            "longitude",
            "location_lon",
            "location_lng",
            "location_longitude",
            "geo_lon",
            "geo_lng",
            "geo_longitude",
        ),
        "importance": ("importance", "significance", "weight", "priority"),
        "summary": (
            *("summary", "description", "desc", "text", "body", "abstract", "details", "notes", "content"),
            *("event_description", "incident_description", "description_of_event", "description_of_incident"),
            *("event_details", "incident_details", "incident_summary", "event_summary", "tweet_text", "full_text"),
            *("event_text", "event_txt", "incident_text", "entry"),
        ),
        "tags": ("tags", "tag", "keywords", "themes", "topics", "categories", "associations"),
        "source": ("source", "sources", "outlet", "publication", "newspaper", "source_name"),
        "publisher": ("publisher",),
        "published": (
            *("published", "date_published", "published_at", "publication_date", "published_date", "pub_date"),
            *("reported", "reported_at", "date_reported", "reported_date", "report_date"),
        ),
        "url": ("url", "link", "source_url", "href", "uri", "web_address", "urls", "source_urls", "source_link"),
        "excerpt": ("excerpt", "quote", "quotation", "passage", "source_text"),
        "excerpts": ("excerpts",),
        "excerpt_sources": ("excerpt_sources",),
        "claims": ("claims",),
        "links": ("links",),
        "basis": ("basis",),
        "basis_note": ("basis_note",),
        "phrase": ("phrase",),
        "anchor": ("anchor",),
    }
)
# The same in French, Spanish, German, Russian, Ukrainian, Arabic, Korean and Chinese.
_OTHER_LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        "id": """
            identifiant identificador kennung идентификатор номер ідентифікатор المعرف معرف 번호 식별자 编号
            序号
        """,
        "title": """
            nom_de_l_evenement nombre_del_evento libelle titre evenement intitule titulo evento suceso
            acontecimiento hecho hechos fait faits titel ereignis geschehen uberschrift vorfall
            bezeichnung название_события название заголовок событие назва_події назва подія заголовок اسم_الحدث
            العنوان عنوان الحدث حدث 제목 사건명 사건 이벤트 标题 事件
            名称 事件名称 標題 事件名稱 nom наименование найменування الاسم 명칭 이름
        """,
        "when": """
            date_de_l_evenement quand jour fecha fecha_del_evento cuando dia datum ereignisdatum wann tag_datum
            дата дата_события когда дата_події коли التاريخ تاريخ تاريخ_الحدث 날짜 일자 일시 日期 时间 事件日期
            发生时间 date_des_faits periode fecha_del_suceso periodo zeitpunkt zeitraum дата_происшествия
            تاريخ_الحادث 발생일 발생일자 发生日期 時間 發生日期
        """,
        "start": """
            debut date_de_debut date_debut inicio fecha_inicio fecha_de_inicio beginn anfang startdatum
            anfangsdatum von начало дата_начала початок дата_початку البداية تاريخ_البدء تاريخ_البداية 시작
            시작일 开始 开始日期 开始时间 起始日期 開始日期 開始時間 시작_날짜 개시일 comienzo desde с з
        """,
        "end": """
            fin date_de_fin date_fin fecha_fin fecha_de_fin fecha_final final ende enddatum bis конец окончание
            дата_окончания кінець закінчення дата_закінчення النهاية تاريخ_الانتهاء 종료 종료일 结束 结束日期
            结束时间 终止日期 終止日期 結束日期 結束時間 끝 종료_날짜 hasta дата_конца по до завершение завершення
            تاريخ_النهاية
        """,
        "type": """
            categorie genre tipo categoria type_evenement thematique tipo_evento tipo_de_hecho typ
            kategorie art тип категория вид категорія النوع نوع الفئة 유형
            종류 분류 类型 类别 种类 type_d_evenement tipo_de_evento ereignistyp ereignisart тип_события тип_події
            نوع_الحدث نوع_الحادث 사건_유형 事件类型 類型 類別
        """,
        "actors": """
            acteurs acteur parties_prenantes actores participantes akteure akteur beteiligte участники стороны
            акторы учасники сторони актори الأطراف الجهات_الفاعلة الجهات الفاعلون المشاركون أطراف_النزاع 행위자
            당사자 관련자 참가자 참여자 관련국 교전국 参与者 参与方 行为者 行为体 当事方 交战方 参战方 參與者 當事方
            presunto_responsable presuntos_responsables responsable responsables grupo_armado auteurs auteur_presume
            belligerants protagonistes intervenants beligerantes partes implicados konfliktparteien kriegsparteien
            parteien участник воюющие_стороны стороны_конфликта действующие_лица учасник сторони_конфлікту
            дійові_особи
        """,
        "place": """
            lieu endroit ville localite lugar ubicacion localidad ciudad ort stadt standort schauplatz место
            местоположение город населенный_пункт населённый_пункт місце населений_пункт місто المكان الموقع المدينة
            장소 위치 도시 地点 位置 城市 commune municipio gemeinde provincia pays pais область страна країна
            المحافظة البلدة القرية الدولة 지역 국가 地区 省份 国家 地點 departement departamento bundesland
        """,
        "lat": """
            latitud breite breitengrad широта خط_العرض 위도 纬度
        """,
        "lon": """
            longitud lange langengrad долгота довгота خط_الطول 경도 经度
        """,
        "importance": """
            wichtigkeit bedeutung importancia важность значимость важливість الأهمية 중요도 重要性
        """,
        "summary": """
            resume texte details_de_l_evenement descripcion resumen texto detalles beschreibung zusammenfassung
            описание текст подробности примечания опис подробиці примітки الوصف وصف التفاصيل ملخص 설명 내용 요약
            描述 说明 内容 摘要 description_de_l_evenement descripcion_del_evento ereignisbeschreibung описание_события
            опис_події وصف_الحدث 사건_내용 주요_내용 事件描述 事件经过
            簡介 简介 commentaire bemerkung комментарий содержание зміст коментар الملخص النص 상세
        """,
        "tags": """
            mots_cles etiquettes etiquetas palabras_clave schlagworte schlagworter теги метки ключевые_слова
            мітки ключові_слова الوسوم كلمات_مفتاحية الكلمات_المفتاحية stichworte stichworter 태그 키워드 标签 关键词
        """,
        "source": """
            sources_d_information fuente fuentes quelle quellen источник источники джерело джерела المصدر
            المصادر 출처 자료 来源 消息来源 资料来源 來源 資料來源
        """,
        "url": """
            lien adresse_web enlace vinculo verweis webadresse ссылка адрес посилання الرابط رابط 링크 链接 网址 網址
        """,
        "excerpt": """
            citation extrait cita extracto zitat auszug цитата выдержка цитата уривок اقتباس الاقتباس 인용 발췌
            引文 引用 摘录
        """,
    }
)
# Dates and actors that stand in several columns: sets of names, of which all but a day and a month must be there.
PARTED: Mapping[str, tuple[tuple[str, ...], ...]] = MappingProxyType(
    {
        "when": (
            ("year", "month", "day"),
            ("iyear", "imonth", "iday"),
            ("event_year", "event_month", "event_day"),
            ("annee", "mois", "jour"),
            ("ano", "mes", "dia"),
            ("jahr", "monat", "tag"),
            ("год", "месяц", "день"),
            ("рік", "місяць", "день"),
            ("السنة", "الشهر", "اليوم"),
            ("년", "월", "일"),
            ("연도", "월", "일"),
            ("年", "月", "日"),
            ("年份", "月份", "日"),
        ),
        "start": (
            ("start_year", "start_month", "start_day"),
            ("begin_year", "begin_month", "begin_day"),
            ("year_start", "month_start", "day_start"),
            ("startyear", "startmonth", "startday"),
            ("styear", "stmonth", "stday"),
            ("styear", "stmon", "stday"),
            ("styr", "stmo", "stday"),
            ("start_year1", "start_month1", "start_day1"),
        ),
        "end": (
            ("end_year", "end_month", "end_day"),
            ("year_end", "month_end", "day_end"),
            ("endyear", "endmonth", "endday"),
            ("endyear", "endmon", "endday"),
            ("eyr", "emo", "eday"),
            ("end_year1", "end_month1", "end_day1"),
        ),
    }
)
# What dates a record where no column is called a date or a start.
LAST_DATES = (
    *("date_made", "date_created", "date_designated", "designation_date", "date_listed", "listed_on"),
    *("created_at", "created_utc", "created", "ts", "epoch"),
)
# The columns of these names hold years.
YEARS = frozenset(names[0] for sets in PARTED.values() for names in sets)
PAIRS = (
    ("side_a", "side_b"),
    ("actor1", "actor2"),
    ("actor_1", "actor_2"),
    ("actor_a", "actor_b"),
    ("attacker", "defender"),
    ("attackers", "defenders"),
    ("party_a", "party_b"),
    ("perpetrator", "target"),
    ("perpetrator", "victim"),
    ("belligerent1", "belligerent2"),
    ("belligerent_1", "belligerent_2"),
    ("combatant1", "combatant2"),
    ("combatant_1", "combatant_2"),
    ("side_1", "side_2"),
    ("country1", "country2"),
    ("country_1", "country_2"),
    ("state_1", "state_2"),
    ("supplier", "recipient"),
)
# The roles that columns of actors give to whom they name, where several such columns are read together.
ROLE_BY_COLUMN = MappingProxyType(
    {
        **{name: name for name in ("attacker", "defender", "perpetrator", "target", "victim", "supplier", "recipient")},
        "attackers": "attacker",
        "defenders": "defender",
    }
)
# Times of day, of those that are in UTC the column says it.
UTC_TIMES = frozenset({"time_utc", "utc_time", "time_gmt", "gmt_time", "time_z", "hour_utc"})
_TIMES = """
    time time_of_day event_time incident_time time_of_incident time_of_event local_time time_local hour heure
    heure_locale hora hora_local uhrzeit ortszeit zeit время час الوقت الساعة 시간 时刻
"""
TIMES = frozenset(_TIMES.split()) | UTC_TIMES
_NO_LETTERS = re.compile(r"[\W_]+")
START_TIMES = frozenset({"start_time", "time_start", "begin_time", "time_from", "heure_de_debut", "hora_de_inicio"})
END_TIMES = frozenset({"end_time", "time_end", "finish_time", "time_to", "heure_de_fin", "hora_de_fin", "hora_final"})


def simple_name(name: str) -> str:
    """Return the name of a column as it is compared: lower case, no accents, one underscore for all but letters."""
    return _NO_LETTERS.sub("_", folded(name)).strip("_")


@cache
def field_names(field: str) -> Sequence[str]:
    """Return the names that a field is known by, English ones first."""
    return (*SYNONYMS[field], *map(simple_name, _OTHER_LANGUAGES.get(field, "").split()))
