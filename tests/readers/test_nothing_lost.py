"""Whatever a record of another program's format says stands in its event, in its sources or beside it, or is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.readers.timelines import write
from timeline_app.readers import read

TIMELINEJS = {
    "events": [
        {
            "start_date": {"year": "2020", "month": "M1", "format": "F1", "display_date": "DD1"},
            "end_date": {"year": "2021", "display_date": "DD2", "extra": "X9"},
            "text": {"headline": "H1", "text": "T1", "x": "X1"},
            "media": {"url": "https://e.org/u1", "caption": "C1", "credit": "R1", "thumbnail": "TH1", "alt": "A1"},
            "group": "G1",
            "background": {"url": "BU1", "color": "BC1"},
            "autolink": "AL1",
            "location": {"name": "LN1", "lat": "1.5", "lon": "2.5", "zoom": "Z1"},
            "type": "TY1",
            "display_date": "DD3",
        }
    ],
}
VIS = {
    "items": [
        {
            "id": "I1",
            "content": "C1",
            "title": "T1",
            "start": "2020-01-01",
            "group": "G9",
            "subgroup": "S1",
            "className": "CN",
            "type": "box",
            "data": {"k": "KV"},
        }
    ],
    "groups": [{"id": "G9", "content": "GC", "title": "GT"}],
    "foo": "FOO",
}
ENTITY = {
    "id": "E1",
    "schema": "Event",
    "caption": "CAP",
    "datasets": ["DS"],
    "properties": {
        "name": ["N1", "N2"],
        "date": ["2020"],
        "startDate": ["2020-05"],
        "location": ["L1", "L2"],
        "organizer": ["O1"],
        "sourceUrl": ["https://e.org/s"],
        "publisher": ["P1"],
        "publisherUrl": ["https://p.org"],
        "notes": ["NO1"],
        "listingDate": ["2021-LD"],
        "reason": ["RE1"],
        "authority": ["AUTH"],
    },
}
TIMEMAP = {
    "events": [
        {
            "id": "1",
            "description": "D1",
            "desc": "DE2",
            "date": "2/24/2022",
            "time": "TI1",
            "latitude": "50",
            "longitude": "30",
            "lat": "51",
            "long": "31",
            "type": "TY",
            "category": "CA",
            "associations": ["AS", {"x": "AX"}],
            "sources": ["SO", {"foo": "SF"}],
            "source": "S2",
        }
    ],
    "sources": [],
    "associations": [],
}
MARKDOWN = """---
title: T1
date: 2020-01-02
start_date: 2020-01-01
end_date: 2020-01-03
end: 2020-01-04
location: L1
place: P1
category: C1
categories: [C2]
summary: S1
description: D1
sources: [{title: ST, url: 'https://e.org/1', outlet: OU, publisher: PB, tier: T9}]
lat: 95
lon: 5
actors: [{name: A1, role: R1, x: X1}]
---
BODY
"""
CALENDAR = """BEGIN:VCALENDAR
PRODID:PI
BEGIN:VEVENT
UID:U1
DTSTART;TZID=Europe/Kyiv:20200101T100000
DTEND;TZID=Europe/Kyiv:20200101T120000
DUE:20200102
DURATION:PT1H
SUMMARY:S1
DESCRIPTION:D1
LOCATION:LO
GEO:95;5
PRIORITY:77
URL:UR1
ATTACH:cid:AT
RELATED-TO:RT
RRULE:FREQ=YEARLY
EXDATE:20210101T100000
X-FOO:XF
END:VEVENT
END:VCALENDAR
"""


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.json", json.dumps(TIMELINEJS), "M1 F1 DD1 DD2 X9 H1 T1 X1 /u1 C1 R1 TH1 A1 G1 BU1 BC1 AL1 LN1 Z1 TY1 DD3"),
        ("a.json", json.dumps(VIS), "C1 T1 GC S1 CN box KV GT FOO"),
        ("a.ftm.json", json.dumps(ENTITY), "CAP DS N1 N2 2020-05 L1 L2 O1 e.org/s P1 p.org NO1 LD RE1 AUTH"),
        ("a.json", json.dumps(TIMEMAP), "D1 DE2 TI1 51 31 TY CA AS AX SO SF S2"),
        ("a.md", MARKDOWN, "T1 2020-01-01 2020-01-03 2020-01-04 L1 P1 C1 C2 S1 D1 ST OU PB T9 95 A1 R1 X1 BODY"),
        ("a.ics", CALENDAR, "PI Kyiv 20200102 PT1H S1 D1 LO 95 77 UR1 cid:AT RT YEARLY 20210101T100000 XF"),
    ],
)
def test_nothing_that_a_record_says_is_lost(tmp_path: Path, name: str, content: str, words: str) -> None:
    found = read(write(tmp_path, content, name))
    (event,) = found.events
    told = " ".join(map(repr, (event, found.sources, found.extra, found.problems)))
    assert [word for word in words.split() if word not in told] == []
