"""Tables of programs whose dates always have one order."""

from __future__ import annotations

from pathlib import Path

from tests.helpers.streams import streamed
from tests.readers.timelines import write
from timeline_app.core.event import Source

HEAD = "date,time,timezone,MACB,source,sourcetype,type,user,host,short,desc,version,filename,inode,notes,format,extra\n"
ROW = "03/04/2015,10:20:30,UTC,M...,FILE,OS Metadata,mtime,-,pc,passwd,passwd changed,2,/etc/passwd,12,-,filestat,-\n"


def test_log2timeline_has_the_month_first(tmp_path: Path) -> None:
    (event,) = streamed(write(tmp_path, HEAD + ROW, "l2t.csv")).events
    assert (event.title, event.when.text, event.type) == ("passwd changed", "2015-03-04T10:20:30", "mtime")
    assert event.own_sources == (Source("FILE", publisher="FILE"),)


def test_what_the_user_says_goes_before_the_header(tmp_path: Path) -> None:
    mapping = {"date_order": "dmy"}
    (event,) = streamed(write(tmp_path, HEAD + ROW, "l2t.csv"), mapping=mapping).events
    assert event.when.text == "2015-04-03T10:20:30"
