"""The shipped gazetteer is right about the world, and its reader about its form."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from timeline_app.core.actors import ActorEntry, Gazetteer, same_but_for_case_or_marks, same_to_the_eye
from timeline_app.core.errors import ReadError
from timeline_app.core.memberships import Membership, contradictions
from timeline_app.core.when import When, parse
from timeline_app.readers.gazetteer import load_gazetteer

ROOT = Path(__file__).parents[2]
ACTORS_YAML = ROOT / "resources" / "actors.yaml"
GAZETTEERS = ROOT.parent / "shared" / "data" / "gazetteers"
needs_gazetteers = pytest.mark.skipif(not GAZETTEERS.is_dir(), reason="the gazetteers to check against are not here")

SMALL = """\
gazetteer_format: 1
actors:
  Iran: {kind: state, iso: [IR, IRN], aliases: [Persia], demonyms: [Iranian], metonyms: [Tehran], note: "a, b"}
  BRICS: {kind: organisation, since: 2009-06-16, members: [Brazil, {name: Iran, since: 2024-01-01}]}
  Quds Force: {part_of: Iran, until: ..}
"""


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer(ACTORS_YAML)


def at(text: str) -> tuple[int, int]:
    """The first and the last second of a date."""
    when = parse(text)
    return when.start_earliest_s, when.end_latest_s


def written(folder: Path, text: str) -> Path:
    path = folder / "gazetteer.yaml"
    path.write_text(text, encoding="utf-8")
    return path


# What the shipped file says


def current_states(gazetteer: Gazetteer) -> list[ActorEntry]:
    return [entry for entry in gazetteer.entries if entry.kind == "state" and not entry.until]


def test_no_alias_is_claimed_twice(gazetteer: Gazetteer) -> None:
    assert gazetteer.conflicts == ()


def test_every_name_means_its_actor_when_typed_without_care(gazetteer: Gazetteer) -> None:
    for entry in gazetteer.entries:
        for name in (entry.name, *entry.other_names):
            assert gazetteer.resolve(name) == entry.name
            assert gazetteer.resolve_query(name.upper()) == (entry.name,)


def test_no_name_is_repeated_within_an_entry(gazetteer: Gazetteer) -> None:
    for entry in gazetteer.entries:
        names = (entry.name, *entry.other_names)
        assert len(names) == len(set(names)), entry.name


def test_no_two_actors_are_too_much_alike(gazetteer: Gazetteer) -> None:
    names = [entry.name for entry in gazetteer.entries]
    assert same_but_for_case_or_marks(names) == ()
    assert same_to_the_eye(names) == ()


def test_every_member_and_every_whole_is_an_actor(gazetteer: Gazetteer) -> None:
    for entry in gazetteer.entries:
        for name in (membership.name for membership in (*entry.members, *entry.part_of)):
            assert gazetteer.get(name) is not None, f"{entry.name}: {name}"


def test_no_membership_contradicts_another(gazetteer: Gazetteer) -> None:
    for entry in gazetteer.entries:
        for memberships in (entry.members, entry.part_of):
            assert list(contradictions(entry.name, memberships)) == []
        assert gazetteer.circle_through(entry.name) == ()


def test_hong_kong_is_a_part_of_whom_it_was_under(gazetteer: Gazetteer) -> None:
    def wholes(date: str) -> set[str]:
        return {
            name
            for name in ("United Kingdom", "China")
            for one in gazetteer.taken_along(name)
            if one.name == "Hong Kong" and one.may_hold(parse(date))
        }

    assert wholes("1989-06-04") == wholes("1997-06-30") == {"United Kingdom"}
    assert wholes("1997-07-01") == wholes("2019") == {"China"}
    assert wholes("1997") == {"United Kingdom", "China"}


def periods(gazetteer: Gazetteer) -> Iterator[tuple[str, str, str]]:
    for entry in gazetteer.entries:
        yield entry.name, entry.since, entry.until
        for membership in entry.members:
            yield f"{membership.name} in {entry.name}", membership.since, membership.until


def test_every_date_is_edtf_and_in_order(gazetteer: Gazetteer) -> None:
    for label, since, until in periods(gazetteer):
        dates: list[When] = [parse(text) for text in (since, until) if text]
        assert all(not date.is_span for date in dates), label
        if len(dates) == 2:
            assert dates[0].start_earliest_s < dates[1].end_latest_s, label


def test_nobody_is_a_member_twice_at_once(gazetteer: Gazetteer) -> None:
    for entry in gazetteer.entries:
        seen: dict[str, str] = {}
        for membership in sorted(entry.members, key=lambda membership: membership.since):
            if membership.name in seen:
                left = seen[membership.name]
                assert left, f"{membership.name} never left {entry.name}"
                assert parse(left).end_latest_s < parse(membership.since).start_earliest_s, membership.name
            seen[membership.name] = membership.until


def test_kinds_are_the_documented_ones(gazetteer: Gazetteer) -> None:
    kinds = {entry.kind for entry in gazetteer.entries}
    assert kinds == {"state", "territory", "organisation", "armed-force", "armed-group", "movement", "agency"}


def test_states_have_codes_and_no_two_current_ones_share_them(gazetteer: Gazetteer) -> None:
    codes: dict[str, str] = {}
    for entry in gazetteer.entries:
        if entry.kind in {"state", "territory"} and not entry.until:
            assert [len(code) for code in entry.iso[:2]] in ([2, 3], []), entry.name
            assert entry.iso or entry.kind == "territory" or entry.name == "West Germany", entry.name
            for code in entry.iso:
                assert code.isupper()
                assert codes.setdefault(code, entry.name) == entry.name


def test_how_many_states_there_are(gazetteer: Gazetteer) -> None:
    names = {entry.name for entry in current_states(gazetteer)}
    members = gazetteer.members_of("United Nations", at("2025-06-01"))
    assert names - members == {"Kosovo", "Palestine", "Taiwan", "Vatican City", "Western Sahara"}
    assert members <= names


@pytest.mark.parametrize(
    ("year", "count"),
    [
        *((1945, 51), (1946, 55), (1947, 57), (1948, 58), (1949, 59), (1950, 60), (1954, 60), (1955, 76), (1956, 80)),
        *((1957, 82), (1958, 82), (1960, 99), (1961, 104), (1962, 110), (1963, 113), (1964, 115), (1965, 117)),
        *((1966, 122), (1967, 123), (1968, 126), (1970, 127), (1971, 132), (1973, 135), (1974, 138), (1975, 144)),
        *((1976, 147), (1977, 149), (1978, 151), (1979, 152), (1980, 154), (1981, 157), (1983, 158), (1984, 159)),
        *((1990, 159), (1991, 166), (1992, 179), (1993, 184), (1994, 185), (1999, 188), (2000, 189), (2002, 191)),
        *((2006, 192), (2011, 193), (2024, 193)),
    ],
)
def test_united_nations_grew_as_it_counts_itself(gazetteer: Gazetteer, year: int, count: int) -> None:
    assert len(gazetteer.members_of("United Nations", at(f"{year}-12-31"))) == count


@pytest.mark.parametrize(
    ("organisation", "date", "count"),
    [
        *(
            ("NATO", "1949-12-31", 12),
            ("NATO", "2023-04-03", 30),
            ("NATO", "2023-04-04", 31),
            ("NATO", "2024-03-07", 32),
        ),
        *(("EU", "1993-11-01", 12), ("EU", "2013-07-01", 28), ("EU", "2020-01-31", 28), ("EU", "2020-02-01", 27)),
        *(("BRICS", "2010-01-01", 4), ("BRICS", "2023", 5), ("BRICS", "2024-01-01", 9), ("BRICS", "2025-01-06", 10)),
        *(
            ("G7", "2013", 8),
            ("G7", "2024", 7),
            ("CSTO", "2024", 6),
            ("SCO", "2024-07-03", 9),
            ("SCO", "2024-07-04", 10),
        ),
        *(("OAU", "1963-05-25", 32), ("AU", "2024", 55), ("ASEAN", "2024", 10), ("ASEAN", "2025-11", 11)),
        *(("Arab League", "2024", 22), ("OSCE", "1975-08-01", 35), ("OSCE", "2024", 57), ("AUKUS", "2024", 3)),
        *(("Quad", "2024", 4), ("Warsaw Pact", "1960", 8), ("Warsaw Pact", "1992", 0), ("GCC", "2024", 6)),
        *(("Five Eyes", "2024", 5), ("OPEC", "2024", 12), ("ECOWAS", "2025-02", 12), ("G20", "2024", 21)),
    ],
)
def test_how_many_members(gazetteer: Gazetteer, organisation: str, date: str, count: int) -> None:
    assert len(gazetteer.members_of(organisation, at(date))) == count


def test_saudi_arabia_takes_part_in_brics_without_being_a_member(gazetteer: Gazetteer) -> None:
    brics = gazetteer.get("BRICS")
    assert brics is not None
    assert "Saudi Arabia" in brics.note
    assert "Saudi Arabia" not in gazetteer.members_of("BRICS")


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        *((name, "North Korea") for name in ("DPRK", "Pyongyang", "North Korean", "North Korea")),
        *((name, "South Korea") for name in ("ROK", "Seoul", "Blue House", "Republic of Korea")),
        *(
            (name, "United States")
            for name in ("US", "U.S.", "USA", "Washington", "White House", "Pentagon", "American")
        ),
        *((name, "Russia") for name in ("Kremlin", "Moscow", "Russian Federation", "Russian")),
        *((name, "Ukraine") for name in ("Kyiv", "Kiev", "Ukrainian")),
        *(
            (
                ("USSR", "Soviet Union"),
                ("GDR", "East Germany"),
                ("UK", "United Kingdom"),
                ("UAE", "United Arab Emirates"),
            )
        ),
        *(
            (
                ("Burma", "Myanmar"),
                ("Côte d’Ivoire", "Ivory Coast"),
                ("Türkiye", "Turkey"),
                ("Czechia", "Czech Republic"),
            )
        ),
        *((("DRC", "DR Congo"), ("Zaire", "DR Congo"), ("ISIS", "Islamic State"), ("Ansar Allah", "Houthis"))),
        *(
            (
                ("11th Corps", "Storm Corps"),
                ("UN", "United Nations"),
                ("Swaziland", "Eswatini"),
                ("Ceylon", "Sri Lanka"),
            )
        ),
    ],
)
def test_other_names_resolve(gazetteer: Gazetteer, name: str, meaning: str) -> None:
    assert gazetteer.resolve(name) == meaning


@pytest.mark.parametrize(
    "name",
    ["Congo", "Korea", "Korean", "Congolese", "Dominican", "Brussels", "Jerusalem", "Tripoli", "Sana'a", "Aden", "RSF"],
)
def test_ambiguous_names_do_not_resolve(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.resolve(name) is None
    assert gazetteer.resolve_query(name) == ()


@pytest.mark.parametrize(
    "name",
    [
        "Putin",
        "Kim",
        "Kim Jong Un",
        "Zelensky",
        "Zelenskyy",
        "Trump",
        "Biden",
        "Xi",
        "Xi Jinping",
        "Khamenei",
        "Netanyahu",
    ],
)
def test_rulers_are_not_actors(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.resolve_query(name) == ()


def test_storm_corps_is_part_of_north_korea(gazetteer: Gazetteer) -> None:
    assert "Storm Corps" in gazetteer.parts_of("North Korea")


def test_lines_of_each_section_are_sorted() -> None:
    sections = re.split(r"\n\n  # ", ACTORS_YAML.read_text(encoding="utf-8").partition("\nactors:\n")[2])
    for section in sections:
        names = re.findall(r"^  ([^ #\]}][^:]*):", section, re.MULTILINE)
        keys = [(name.replace("é", "e").casefold(), name) for name in names]
        assert keys == sorted(keys)


# Checked against other gazetteers, where they are at hand

# What the lists call a state in a way that nobody else does, or leave ambiguous.
ODD_NAMES = {
    "German Federal Republic": "Germany",
    "Italy/Sardinia": "Italy",
    "Macedonia (Former Yugoslav Republic of)": "North Macedonia",
    "Congo": "Republic of the Congo",
    "Korea, People's Republic of": "North Korea",
    "Yemen (Arab Republic of Yemen)": "Yemen",
    "Yemen, People's Republic of": "South Yemen",
    "Yemen People's Republic": "South Yemen",
    "Germany (Prussia)": "Germany",
    "Turkey (Ottoman Empire)": "Turkey",
    "Russia (Soviet Union)": "Russia",
}


def readings(name: str) -> Iterator[str]:
    """The names that an entry like "Iran (Persia)", "Vietnam, Republic of" or "Samoa/Western Samoa" stands for."""
    outside, _, inside = name.partition(" (")
    for part in (name, outside, inside.rstrip(")"), *name.split("/")):
        yield part
        first, comma, rest = part.partition(", ")
        if comma:
            yield f"{rest} {first}"


@needs_gazetteers
@pytest.mark.parametrize("file", ["gwstates.csv", "cowstates.csv"])
def test_every_state_since_1945_resolves_by_some_name(gazetteer: Gazetteer, file: str) -> None:
    unknown = []
    with (GAZETTEERS / file).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            name = row["country_name"]
            names = [ODD_NAMES[name]] if name in ODD_NAMES else readings(name)
            if row["end"] >= "1945-01-01" and not any(gazetteer.resolve_query(reading) for reading in names):
                unknown.append(name)
    assert unknown == []


@needs_gazetteers
def test_codes_agree_with_the_list_of_codes(gazetteer: Gazetteer) -> None:
    with (GAZETTEERS / "datasets_country-codes.csv").open(encoding="utf-8", newline="") as lines:
        pairs = {row["ISO3166-1-Alpha-2"]: row["ISO3166-1-Alpha-3"] for row in csv.DictReader(lines)}
    for entry in gazetteer.entries:
        if entry.iso and not entry.until and entry.name != "Kosovo":
            assert pairs[entry.iso[0]] == entry.iso[1], entry.name


# How it is read


def test_all_keys_are_read(tmp_path: Path) -> None:
    iran, brics, quds = load_gazetteer(written(tmp_path, SMALL)).entries
    assert (iran.kind, iran.iso, iran.aliases) == ("state", ("IR", "IRN"), ("Persia",))
    assert (iran.demonyms, iran.metonyms, iran.note) == (("Iranian",), ("Tehran",), "a, b")
    assert [(member.name, member.since, member.until) for member in brics.members] == [
        ("Brazil", "", ""),
        ("Iran", "2024-01-01", ""),
    ]
    assert (quds.kind, quds.part_of, quds.until) == ("actor", (Membership("Iran"),), "..")


@pytest.mark.parametrize("text", ["no", "010", "2024-06", "1e3", "null", "0x1F"])
def test_scalars_stay_text(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, f"gazetteer_format: 1\nactors:\n  A: {{note: {text}, aliases: [{text}]}}\n")
    entry = load_gazetteer(path).entries[0]
    assert (entry.note, entry.aliases) == (text, (text,))


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("", 1, 1, "expected gazetteer_format"),
        ("- a\n", 1, 1, "expected a mapping with gazetteer_format"),
        ("actors: {}\n", 2, 1, "expected gazetteer_format: 1"),
        ("gazetteer_format: 2\n", 1, 1, "gazetteer_format '2' is not known, expected 1"),
        ("gazetteer_format: 1\nactor: {}\n", 2, 1, "unknown key actor, expected one of gazetteer_format, actors"),
        ("gazetteer_format: 1\nactors: [A]\n", 2, 9, "expected actors by name"),
        ("gazetteer_format: 1\nactors:\n  A: state\n", 3, 6, "expected a mapping that describes A"),
        ("gazetteer_format: 1\nactors:\n  A: {colour: red}\n", 3, 7, "unknown key colour"),
        ("gazetteer_format: 1\nactors:\n  A: {aliases: B}\n", 3, 16, "expected a list of aliases"),
        ("gazetteer_format: 1\nactors:\n  A: {aliases: [[B]]}\n", 3, 17, "expected text"),
        ("gazetteer_format: 1\nactors:\n  A: {aliases: ['']}\n", 3, 17, "expected text, found nothing"),
        ("gazetteer_format: 1\nactors:\n  A: {note: [B]}\n", 3, 13, "expected text after note"),
        ("gazetteer_format: 1\nactors:\n  A: {}\n  B: {}\n  A: {}\n", 5, 3, "A stands here twice"),
        ("gazetteer_format: 1\nactors:\n  A: {note: a, note: b}\n", 3, 16, "note stands here twice"),
        ("gazetteer_format: 1\nactors:\n  A: {members: [{since: 2024}]}\n", 3, 17, "a member or a whole needs a name"),
        ("gazetteer_format: 1\nactors:\n  A: {members: [{nam: B}]}\n", 3, 18, "unknown key nam"),
        ("gazetteer_format: 1\nactors:\n  A: {members: [[B]]}\n", 3, 17, "expected a name or {name, since, until}"),
        ("gazetteer_format: 1\nactors:\n  A: &a {}\n  B: *a\n", 4, 6, "expected a mapping that describes B"),
        ("gazetteer_format: 1\nactors:\n  A: {aliases: [&b B, *b]}\n", 3, 23, "expected text"),
        ("gazetteer_format: 1\nactors:\n  <<: {A: {}}\n  A: {\n", 3, 8, "unknown key A"),
        ("gazetteer_format: 1\nactors:\n  A: {aliases: [B}\n", 3, 18, "not YAML"),
        ("gazetteer_format: 1\n---\ngazetteer_format: 1\n", 2, 1, "expected one document only"),
        ("gazetteer_format: 1\nactors: {A: {note: a\x07b}}\n", 0, 0, "not YAML"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, text: str, line: int, column: int, message: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ReadError, match=re.escape(message)) as caught:
        load_gazetteer(path)
    assert (caught.value.place.file, caught.value.place.line, caught.value.place.column) == (str(path), line, column)


def test_deep_nesting_is_refused_without_descending(tmp_path: Path) -> None:
    path = written(tmp_path, "gazetteer_format: 1\nactors: {A: " + "[" * 100_000)
    with pytest.raises(ReadError, match="expected a mapping that describes A"):
        load_gazetteer(path)


def test_bytes_that_are_not_text(tmp_path: Path) -> None:
    path = tmp_path / "gazetteer.yaml"
    path.write_bytes(b"gazetteer_format: 1\nactors: {C\xf4te: {}}\n")
    with pytest.raises(ReadError, match="expected text in UTF-8") as caught:
        load_gazetteer(path)
    assert caught.value.place.line == 2


def test_a_file_too_large(tmp_path: Path) -> None:
    path = written(tmp_path, "#" * (4 * 1024 * 1024 + 1))
    with pytest.raises(ReadError, match="at most 4,194,304 bytes"):
        load_gazetteer(path)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="cannot be read: No such file"):
        load_gazetteer(tmp_path / "nowhere.yaml")


def test_a_byte_order_mark_is_allowed(tmp_path: Path) -> None:
    path = tmp_path / "gazetteer.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.encode())
    assert load_gazetteer(path).resolve("Persia") == "Iran"


# The cache


def test_cache_gives_the_same(tmp_path: Path, gazetteer: Gazetteer) -> None:
    cold = load_gazetteer(ACTORS_YAML, cache_dir=tmp_path / "new" / "folder")
    warm = load_gazetteer(ACTORS_YAML, cache_dir=tmp_path / "new" / "folder")
    assert cold.entries == warm.entries == gazetteer.entries
    assert [path.suffix for path in (tmp_path / "new" / "folder").iterdir()] == [".json"]


def test_cached_load_does_without_yaml(tmp_path: Path) -> None:
    load_gazetteer(ACTORS_YAML, cache_dir=tmp_path)
    program = (
        "import sys; from pathlib import Path; from timeline_app.readers.gazetteer import load_gazetteer; "
        "names = load_gazetteer(Path(sys.argv[1]), cache_dir=Path(sys.argv[2])); "
        "print(names.resolve('DPRK'), 'yaml' in sys.modules)"
    )
    command = [sys.executable, "-c", program, str(ACTORS_YAML), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "North Korea False\n"


def test_cache_of_another_content_is_not_used(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    load_gazetteer(written(tmp_path, SMALL), cache_dir=cache)
    changed = load_gazetteer(written(tmp_path, SMALL.replace("Persia", "Parthia")), cache_dir=cache)
    assert changed.resolve("Parthia") == "Iran"
    assert changed.resolve("Persia") is None


@pytest.mark.parametrize("damage", ["cut", "changed", "emptied", "binary"])
def test_damaged_cache_is_built_anew(tmp_path: Path, damage: str) -> None:
    path = written(tmp_path, SMALL)
    cache = tmp_path / "cache"
    load_gazetteer(path, cache_dir=cache)
    (cached,) = cache.iterdir()
    sound = cached.read_bytes()
    damaged = {
        "cut": sound[:-9],
        "changed": sound.replace(b"Persia", b"Russia"),
        "emptied": b"",
        "binary": bytes(range(256)),
    }
    cached.write_bytes(damaged[damage])
    assert load_gazetteer(path, cache_dir=cache).resolve("Persia") == "Iran"
    assert cached.read_bytes() == sound


def test_a_cache_folder_that_cannot_be_made_does_no_harm(tmp_path: Path) -> None:
    path = written(tmp_path, SMALL)
    assert load_gazetteer(path, cache_dir=path / "not a folder").resolve("Persia") == "Iran"


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    path = written(tmp_path, SMALL)
    monkeypatch.setattr(Path, "replace", refuse)
    assert load_gazetteer(path, cache_dir=tmp_path / "cache").resolve("Persia") == "Iran"
    assert list((tmp_path / "cache").iterdir()) == []
