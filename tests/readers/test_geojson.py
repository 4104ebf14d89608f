"""GeoJSON: properties as the columns of a table, dates of features, geometries."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.streamed import assert_streamed_as_whole, streamed
from tests.readers.timelines import DATA, event_of, in_short, real_file, refusal_of, write
from timeline_app.core.dataset import Dataset, Level
from timeline_app.core.errors import ReadError
from timeline_app.core.event import Location
from timeline_app.readers import choose, read
from timeline_app.readers.geojson import score

SAMPLE = DATA / "sample.geojson"
UNTOLD = "may have the day or the month first, and the column does not tell which"
ASKED = "may have the day or the month first; --map date_order.when=dmy or --map date_order.when=mdy tells it"


@pytest.fixture(scope="module")
def sample() -> Dataset:
    return read(SAMPLE)


def collection(*properties: object, point: tuple[float, float] = (1, 2)) -> str:
    geometry = {"type": "Point", "coordinates": point}
    features = [{"type": "Feature", "properties": one, "geometry": geometry} for one in properties]
    return json.dumps({"type": "FeatureCollection", "features": features})


def test_dates_of_features(sample: Dataset) -> None:
    assert {event.title: event.when.text for event in sample.events} == {
        "A point": "2024-06-19",
        "Midnight": "2024-06-19",
        "With a time": "2024-06-19T14:30",
        "Milliseconds": "2014-01-01T23:51:36.020Z",
        "Midnight in milliseconds": "1920-01-01",
        "In words": "2024-06?",
        "Of a gazetteer": "[1914-06..1914-08]/1918",
        "Start and stop": "1990-01-01/1991-01-01",
    }


def test_a_feature_gives_all_that_it_has(sample: Dataset) -> None:
    event = event_of(sample, "A point")
    assert (event.id, event.type, event.location) == ("f1", "battle", Location(39.03, 125.75))
    assert [actor.name for actor in event.actors] == ["Russia", "Ukraine"]
    assert [one.url for one in event.own_sources] == ["https://example.org/a"]
    assert event.extra == {"deaths": "3"}
    assert (event.origin.line, event.origin.record) == (3, 1)


def test_only_a_point_is_a_location_and_what_it_does_not_say_is_kept(sample: Dataset) -> None:
    high, line, lost = (event_of(sample, title) for title in ("Midnight", "Milliseconds", "Midnight in milliseconds"))
    assert (high.location, line.location, lost.location) == (Location(39.03, 125.75), None, None)
    assert high.extra == {"geometry": {"type": "Point", "coordinates": ["125.75", "39.03", "12.5"]}}
    assert line.extra == {"geometry": {"type": "LineString", "coordinates": [["1", "2"], ["3", "4"]]}}
    assert event_of(sample, "In words").extra == {"bbox": ["1", "2", "3", "4"]}


def test_every_record_is_counted_and_what_is_left_out_is_told(sample: Dataset) -> None:
    assert (sample.title, list(sample.extra)) == ("Every quirk", ["crs"])
    assert (sample.report.read, sample.report.loaded, sample.report.rejected) == (13, 8, 5)
    either = f"when: “3/4/2024” {UNTOLD}"
    nothing = "when: expected a date such as 2024, 2024-06 or 2024-06-19, but nothing is written; the event is left out"
    assert [in_short(problem) for problem in sample.problems] == [
        f"3:3 1 warning: every date in “date”, such as 3/4/2024, {ASKED}",
        f"11:3 9 error: {either}; the event is left out",
        "12:3 10 error: title: expected a text; found nothing; the event is left out",
        f"13:3 11 error: {nothing}",
        "14:3 12 error: expected a feature with properties; found no properties; it is left out",
        '15:3 13 error: expected a feature with properties; found "7"; it is left out',
    ]


@pytest.mark.parametrize(
    ("properties", "title", "when"),
    [
        ({"name": "a", "start_date": "1990", "end_date": "1991"}, "a", "1990/1991"),
        ({"place": "somewhere", "time": 1388620296000}, "somewhere", "2014-01-01T23:51:36Z"),
        ({"description": "what", "year": 1815}, "what", "1815"),
        ({"title": "a", "date": "20240619"}, "a", "2024-06-19"),
    ],
)
def test_properties_are_told_from_their_names(
    tmp_path: Path, properties: dict[str, object], title: str, when: str
) -> None:
    (event,) = read(write(tmp_path, collection(properties), "a.geojson")).events
    assert (event.title, event.when.text) == (title, when)


def test_a_feature_alone_is_one_event(tmp_path: Path) -> None:
    alone = json.dumps(json.loads(collection({"Название": "Встреча", "Дата": "05.05.2022"}))["features"][0])
    dataset = read(write(tmp_path, alone, "a.geojson"))
    (event,) = dataset.events
    assert (dataset.report.reader, dataset.report.read) == ("geojson", 1)
    assert (event.title, event.when.text, event.location) == ("Встреча", "2022-05-05", Location(2, 1))


def lines_of(*properties: object, separator: str = "") -> str:
    features = json.loads(collection(*properties))["features"]
    return "".join(f"{separator}{json.dumps(feature)}\n" for feature in features)


COLLECTION = """{
    "type": "FeatureCollection", "name": "Fires", // one of many layers
    features: [
        {type: 'Feature', properties: {Name: 'Fire', Date: '2014/06/01', Dead: 2},
         geometry: {type: 'Point', coordinates: [37.8, 48.0]}},
        {type: 'Feature', properties: {Name: 'Bridge', Date: '2014/06/13', Dead: null}, geometry: null},
    ]
}"""


@pytest.mark.parametrize(
    "around", ["var json_Fires_3 = {};", "// a map\nexport const fires = {}", "let map = 1;\nfires = {};"]
)
def test_a_collection_may_be_what_a_script_assigns(tmp_path: Path, around: str) -> None:
    path = write(tmp_path, around.replace("{}", COLLECTION), "layers.js")
    dataset = read(path)
    assert (choose(path).name, dataset.title) == ("geojson", "Fires")
    assert [(one.title, one.when.text) for one in dataset.events] == [("Fire", "2014-06-01"), ("Bridge", "2014-06-13")]
    assert dataset.events[0].location == Location(48.0, 37.8)
    assert [problem.level for problem in dataset.problems] == ([Level.WARNING] if "let map" in around else [])


def test_a_script_without_a_collection_is_not_taken_for_one() -> None:
    assert score(b"var type = 'FeatureCollection'; var x = {a: 1};", "map.js") == 0.0
    assert score(b"x = 1\n" * 9_000 + b"var y = {type: 'FeatureCollection'", "map.js") == 0.0


def test_what_maps_show_as_markup_becomes_words_and_what_leads_to_the_web_sources(tmp_path: Path) -> None:
    properties = {
        "name": "<b>Bridge</b> &amp; road",
        "description": 'Destroyed<br>See <a href="https://example.org/1">here</a>',
        "verifiedDate": "2022-03-12T00:00:00.000Z",
        "updatedDate": "2022-04-01T00:00:00.000Z",
        "links": ["https://example.net/2", "https://example.org/1"],
    }
    feature = {"type": "Feature", "properties": properties, "geometry": None}
    text = json.dumps({"type": "FeatureCollection", "features": [feature]})
    (event,) = read(write(tmp_path, text, "a.geojson")).events
    assert (event.title, event.summary, event.when.text) == ("Bridge & road", "Destroyed\nSee here", "2022-03-12")
    assert ({source.url for source in event.own_sources}, event.links) == (
        {"https://example.net/2", "https://example.org/1"},
        (),
    )


@pytest.mark.parametrize("separator", ["", "\x1e"])
def test_features_one_a_line_are_read_likewise(tmp_path: Path, separator: str) -> None:
    content = lines_of(
        {"title": "a", "date": "13/02/2022"}, {"title": "b", "date": "03/02/2022"}, 5, separator=separator
    )
    dataset = read(write(tmp_path, content + separator + '{"type": "Feature", "prop\n', "a.txt"))
    assert (dataset.report.reader, dataset.report.read, dataset.report.rejected) == ("geojson", 4, 2)
    assert [(event.title, event.when.text, event.location) for event in dataset.events] == [
        ("a", "2022-02-13", Location(2, 1)),
        ("b", "2022-02-03", Location(2, 1)),
    ]
    assert [(problem.line, problem.record) for problem in dataset.problems] == [(3, 3), (4, 4)]


@pytest.mark.parametrize("sizes", [(6000, 1), (6000, 6000), (1, 6000), (2500, 2500, 1)])
def test_lines_may_be_longer_than_what_is_looked_at_first(tmp_path: Path, sizes: tuple[int, ...]) -> None:
    lines = []
    for number, size in enumerate(sizes):
        line = {"type": "LineString", "coordinates": [[place / 1000, place / 500] for place in range(size)]}
        properties = {"title": f"T{number}", "date": "2024"}
        lines.append(json.dumps({"type": "Feature", "geometry": line, "properties": properties}) + "\n")
    dataset = assert_streamed_as_whole(write(tmp_path, "".join(lines), "a.geojsonl"))
    assert [event.title for event in dataset.events] == [f"T{number}" for number in range(len(sizes))]
    (alone,) = read(write(tmp_path, lines[0], "a.json")).events
    assert alone.title == "T0"


@pytest.mark.parametrize("keys", ["features type", "bbox features", "bbox type features"])
def test_the_ending_of_the_name_tells_what_the_order_of_keys_does_not(tmp_path: Path, keys: str) -> None:
    point = {"type": "Point", "coordinates": list(range(9000))}
    feature = {"geometry": point, "properties": {"title": "a", "date": "2024"}, "type": "Feature"}
    values = {"features": [feature], "type": "FeatureCollection", "bbox": [1, 2]}
    content = json.dumps({key: values[key] for key in keys.split()})
    (event,) = read(write(tmp_path, content, "a.geojson")).events
    assert event.title == "a"
    (event,) = read(write(tmp_path, json.dumps(feature), "b.geojson")).events
    assert event.title == "a"


def test_a_feature_of_a_text_sequence_may_have_several_lines(tmp_path: Path) -> None:
    features = json.loads(collection({"title": "a", "date": "2022"}, {"title": "b", "date": "2023"}))["features"]
    content = "".join("\x1e" + json.dumps(feature, indent=1) + "\n" for feature in features)
    dataset = read(write(tmp_path, content, "a.geojsons"))
    assert [(event.title, event.origin.line) for event in dataset.events] == [("a", 1), ("b", 15)]
    assert dataset.problems == ()


def test_all_features_tell_whether_the_day_or_the_month_stands_first(tmp_path: Path) -> None:
    dates = ("03/02/2022", "13/02/2022", "2022")
    content = collection(*({"title": date, "date": date} for date in dates))
    dataset = read(write(tmp_path, content, "a.geojson"))
    assert [event.when.text for event in dataset.events] == ["2022-02-03", "2022-02-13", "2022"]
    open_to_both = read(write(tmp_path, collection({"title": "a", "date": "03/02/2022"}), "a.geojson"))
    assert [in_short(problem) for problem in open_to_both.problems] == [
        f"1:44 1 warning: every date in “date”, such as 03/02/2022, {ASKED}",
        f"1:44 1 error: when: “03/02/2022” {UNTOLD}; the event is left out",
    ]


def test_an_end_that_tells_its_order_decides_for_a_start_that_fits_both(tmp_path: Path) -> None:
    text = collection(
        {"title": "A", "start": "03/02/2022", "end": "25/02/2022"},
        {"title": "B", "start": "01/02/2022", "end": "04/03/2022"},
    )
    dataset = streamed(write(tmp_path, text, "spans.geojson"))
    assert not dataset.problems
    assert [event.when.text for event in dataset.events] == ["2022-02-03/2022-02-25", "2022-02-01/2022-03-04"]


def test_the_user_tells_what_names_do_not(tmp_path: Path) -> None:
    path = write(tmp_path, collection({"gist": "a", "happened": "2024"}), "a.geojson")
    with pytest.raises(ReadError, match="no column is known to hold a title and a date"):
        read(path)
    (event,) = read(path, mapping={"title": "gist", "when": "happened"}).events
    assert (event.title, event.when.text) == ("a", "2024")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"type": "FeatureCollection"}', ":1:1: expected a list of features; found a mapping"),
        ('{"type": "FeatureCollection", "features": 5}', ':1:1: expected a list of features; found "5"'),
        ('{"type": "FeatureCollection", "features": [', ":1:44: this is not JSON"),
    ],
)
def test_what_is_no_collection_is_refused(tmp_path: Path, content: str, message: str) -> None:
    path = write(tmp_path, content, "a.json")
    assert choose(path).name == "geojson"
    assert refusal_of(path).startswith(message)


def test_a_collection_without_features_is_empty(tmp_path: Path) -> None:
    assert read(write(tmp_path, collection(), "a.geojson")).report.read == 0


def test_real_file() -> None:
    path = real_file("ucdp", "ged231_central_african_republic.geojson")
    dataset = read(path, reader="geojson", mapping={"title": "dyad_name"})
    assert (dataset.report.reader, dataset.report.read, dataset.report.loaded) == ("geojson", 1848, 1848)
    assert dataset.problems == ()
    assert all(event.location is not None for event in dataset.events)


TRACK = [[1, 2], [1, 3], [1, 4]]


@pytest.mark.parametrize(
    ("properties", "text"),
    [
        ({"times": [1718791200000, 1718794800000]}, "2024-06-19T10:00Z/2024-06-19T11:00Z"),
        ({"coordTimes": ["2024-06-21T00:00:00Z", "2024-06-19T00:00:00Z", "2024-06-20"]}, "2024-06-19/2024-06-21"),
        ({"coordinateProperties": {"times": [["2024-06-19"], ["2024-06-20"]]}}, "2024-06-19/2024-06-20"),
        ({"linestringTimestamps": ["2024-06-19"]}, "2024-06-19"),
        ({"times": ["2024-06-19", "2024-06-20"], "date": "2023"}, "2023"),
    ],
)
def test_a_feature_with_several_times_lasts_from_the_first_to_the_last(
    tmp_path: Path, properties: dict[str, object], text: str
) -> None:
    feature = {
        "type": "Feature",
        "properties": {"name": "Convoy", **properties},
        "geometry": {"type": "LineString", "coordinates": TRACK},
    }
    path = write(tmp_path, json.dumps({"type": "FeatureCollection", "features": [feature]}), "a.geojson")
    (event,) = assert_streamed_as_whole(path).events
    assert event.when.text == text
    assert json.loads(str(event.extra[next(iter(properties))]))


def test_times_that_are_none_are_no_date(tmp_path: Path) -> None:
    path = write(tmp_path, collection({"name": "Bus", "times": ["soon"]}, {"name": "Tram", "times": []}), "a.geojson")
    assert "date" in refusal_of(path)


@pytest.mark.parametrize(
    ("spans", "text"),
    [
        (
            [{"start": {"in": "1914"}, "end": {"in": "1918"}}, {"start": {"in": "1939"}, "end": {"in": "1945"}}],
            "1914/1945",
        ),
        ([{"start": {"in": "1939"}}, {"start": {"in": "1914"}, "end": {"in": "1918"}}], "1914/1939"),
        ([{"start": {"in": "1939"}}, {"start": {"in": "long ago"}}], "1939"),
        ([{"start": {"earliest": "1914", "latest": "1915"}}], "[1914..1915]"),
    ],
)
def test_several_spans_are_the_time_from_the_first_to_the_last(
    tmp_path: Path, spans: list[dict[str, object]], text: str
) -> None:
    feature = {"type": "Feature", "properties": {"name": "Camp"}, "when": {"timespans": spans}, "geometry": None}
    path = write(tmp_path, json.dumps({"type": "FeatureCollection", "features": [feature]}), "a.geojson")
    (event,) = assert_streamed_as_whole(path).events
    assert event.when.text == text
    assert "when" in event.extra or "when-2" in event.extra


def test_a_date_may_stand_in_year_month_and_day(tmp_path: Path) -> None:
    there = ({"city": "A", "year": 2000, "month": 12, "day": 28}, {"city": "B", "year": 2001, "month": 3, "day": 0})
    dataset = read(write(tmp_path, collection(*there), "a.geojson"))
    assert [(event.title, event.when.text) for event in dataset.events] == [("A", "2000-12-28"), ("B", "2001-03")]


def test_features_are_read_one_by_one_as_all_at_once() -> None:
    assert_streamed_as_whole(SAMPLE)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"type": "FeatureCollection"}', "found none"),
        ('{"type": "FeatureCollection", "features": 5}', 'found "5"'),
        ('{"type": "FeatureCollection", "features": null}', "found nothing"),
        ('{"type": "FeatureCollection", "features": {}}', "found a mapping"),
        ('{"type": "FeatureCollection", "features": {"a": 1}}', "found a mapping"),
        ('{"type": "Feature", "properties": {"title": "a", "date": "2024"}}', "found one alone, too large"),
    ],
)
def test_what_is_no_collection_is_not_read_one_by_one(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(ReadError, match=f"expected a list of features; {message}"):
        streamed(write(tmp_path, content, "a.geojson"))


def test_features_of_which_none_has_a_property_are_refused_however_they_are_read(tmp_path: Path) -> None:
    path = write(tmp_path, collection({}), "a.geojson")
    for reading in (read, streamed):
        with pytest.raises(ReadError, match="no column is known to hold a title and a date"):
            reading(path)


def test_empty_lists_and_objects_beside_features_are_kept_however_they_are_read(tmp_path: Path) -> None:
    beside = {"a": {}, "b": [], "c": {"d": [], "e": [1, {}]}}
    content = json.dumps({"type": "FeatureCollection", **beside, "features": []})
    assert assert_streamed_as_whole(write(tmp_path, content, "a.geojson")).extra.keys() == beside.keys()


def test_a_second_list_of_features_is_told_or_refused(tmp_path: Path) -> None:
    feature = json.dumps(json.loads(collection({"title": "a", "date": "2024"}))["features"][0])
    content = f'{{"type": "FeatureCollection", "features": [{feature}],\n "features": [{feature}, {feature}]}}'
    path = write(tmp_path, content, "a.geojson")
    dataset = read(path)
    assert len(dataset.events) == 1
    assert '2:2 0 warning: "features" is given twice here' in in_short(dataset.problems[0])
    with pytest.raises(ReadError, match=":2:14: “features” stands here a second time; expected it once"):
        streamed(path)


_VALUES = st.one_of(
    st.sampled_from(["2024", "2024-06-19", "3/4/2024", "13/4/2024", "1388620296000", "2024-06-19T00:00:00Z", "", "x"]),
    st.integers(-(10**13), 10**13),
    st.none(),
    st.text(max_size=8),
    st.lists(st.sampled_from(["Russia", "Ukraine"]), max_size=2),
)
_PROPERTIES = st.dictionaries(
    st.sampled_from(["title", "date", "start_date", "actors", "id", "note", "source", "lat"]), _VALUES, max_size=6
)
_FEATURES = st.fixed_dictionaries(
    {"type": st.just("Feature"), "properties": st.one_of(_PROPERTIES, _PROPERTIES, st.none())},
    optional={
        "id": st.integers(0, 5),
        "when": st.sampled_from(["2023", {"start": "2020", "end": "2021"}, 5, {}]),
        "geometry": st.sampled_from([None, {"type": "Point", "coordinates": [1, 2]}, {"type": "Point"}]),
        "bbox": st.just([1, 2, 3, 4]),
    },
)


@given(
    features=st.lists(st.one_of(_FEATURES, _FEATURES, st.just(7)), max_size=6),
    beside=st.fixed_dictionaries({}, optional={"name": st.text(max_size=5), "crs": st.just({"a": [1, None, True]})}),
    indent=st.sampled_from([None, 1]),
)
def test_any_features_are_read_one_by_one_as_all_at_once(
    tmp_path_factory: pytest.TempPathFactory, features: list[object], beside: dict[str, object], indent: int | None
) -> None:
    told = {"title": "Told", "date": "2024"}
    first = {"type": "Feature", "properties": told}
    content = json.dumps({"type": "FeatureCollection", **beside, "features": [first, *features]}, indent=indent)
    assert_streamed_as_whole(write(tmp_path_factory.mktemp("features"), content, "a.geojson"))


@pytest.mark.parametrize("is_stream", [False, True])
def test_properties_are_told_by_what_stands_in_them_too(tmp_path: Path, *, is_stream: bool) -> None:
    properties = [
        {"title": number, "name": f"Raid {number}", "date": "soon", "event_date": f"2024-05-0{number}"}
        | {"source": number, "type": "Feature", "category": "raid", "publisher": "AP"}
        for number in (1, 2)
    ]
    path = write(tmp_path, collection(*properties), "some.geojson")
    events = list(streamed(path).events) if is_stream else list(read(path).events)
    assert [(event.title, event.when.text, event.type) for event in events] == [
        ("Raid 1", "2024-05-01", "raid"),
        ("Raid 2", "2024-05-02", "raid"),
    ]
    assert [source.publisher for event in events for source in event.own_sources] == ["AP", "AP"]
    assert events[0].extra == {"title": "1", "date": "soon", "source": "1", "type": "Feature"}


def test_what_alone_is_called_a_title_or_a_date_is_one(tmp_path: Path) -> None:
    dataset = read(
        write(tmp_path, collection({"name": 5, "date": "2024"}, {"name": 6, "date": "soon"}), "some.geojson")
    )
    assert ([event.title for event in dataset.events], dataset.report.rejected) == (["5"], 1)
    dataset = read(write(tmp_path, collection({"name": "A", "date": "soon"}), "other.geojson"))
    assert in_short(dataset.problems[0]).startswith("1:44 1 error: when: expected a date")
