"""The gazetteer: what names mean, who belongs to whom, which names are too much alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.core.actors import (
    ActorEntry,
    AliasConflict,
    Gazetteer,
    look_alike_skeleton,
    same_but_for_case_or_marks,
    same_to_the_eye,
    without_case_or_marks,
)
from timeline_app.core.memberships import Membership
from timeline_app.core.when import parse

NORTH_KOREA = ActorEntry(
    "North Korea",
    kind="state",
    iso=("KP", "PRK"),
    aliases=("DPRK",),
    demonyms=("North Korean",),
    metonyms=("Pyongyang",),
    note="shipped",
)
IVORY_COAST = ActorEntry("Ivory Coast", kind="state", aliases=("Côte d'Ivoire",))
ARMY = ActorEntry("Korean People's Army", part_of=(Membership("DPRK"),))
STORM_CORPS = ActorEntry("Storm Corps", aliases=("11th Corps",), part_of=(Membership("Korean People's Army"),))
CLUB = ActorEntry(
    "Club",
    kind="organisation",
    members=(
        Membership("DPRK", since="2000-01-01", until="2009-12-31"),
        Membership("Ivory Coast", since="2005-06"),
        Membership("Atlantis"),
    ),
)
GAZETTEER = Gazetteer((NORTH_KOREA, IVORY_COAST, ARMY, STORM_CORPS, CLUB))


def bounds_s(text: str) -> tuple[int, int]:
    """The first and the last second that a date may mean."""
    when = parse(text)
    return when.start_earliest_s, when.end_latest_s


@pytest.mark.parametrize("written", ["North Korea", "DPRK", "North Korean", "Pyongyang", "  DPRK\n", "North  Korea"])
def test_name_alias_demonym_and_metonym_resolve(written: str) -> None:
    assert GAZETTEER.resolve(written) == "North Korea"
    assert GAZETTEER.canonical(written) == "North Korea"


@pytest.mark.parametrize("written", ["Co\u0302te d'Ivoire", "Côte d’Ivoire", "Côte d'Ivoire"])
def test_the_same_text_in_another_encoding_resolves(written: str) -> None:
    assert GAZETTEER.resolve(written) == "Ivory Coast"


@pytest.mark.parametrize("written", ["dprk", "north korea", "Cote d'Ivoire", "Korea", "", "The North Korea"])
def test_data_resolves_only_as_defined(written: str) -> None:
    assert GAZETTEER.resolve(written) is None
    assert GAZETTEER.canonical(f" {written} ") == written


def test_iso_codes_are_not_names() -> None:
    assert GAZETTEER.resolve("KP") is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dprk", "North Korea"),
        ("NORTH KOREA", "North Korea"),
        ("cote d'ivoire", "Ivory Coast"),
        ("Cote dIvoire", "Ivory Coast"),
        ("the pyongyang", "North Korea"),
        ("ＤＰＲＫ", "North Korea"),
    ],
)
def test_typed_text_resolves_whatever_its_case_and_marks(typed: str, meant: str) -> None:
    assert GAZETTEER.resolve_query(typed) == (meant,)


def test_typed_text_that_means_nobody() -> None:
    assert GAZETTEER.resolve_query("Atlantis") == ()
    assert GAZETTEER.resolve_query("") == ()


def test_typed_text_that_means_several_gives_them_all() -> None:
    gazetteer = Gazetteer((ActorEntry("Rosé"), ActorEntry("Rose"), ActorEntry("Flower", aliases=("ROSE",))))
    assert gazetteer.resolve_query("rOSE") == ("Rosé", "Rose", "Flower")
    assert gazetteer.resolve_query("Rosé") == ("Rosé",)


def test_alias_claimed_twice_means_nobody_and_is_listed() -> None:
    gazetteer = Gazetteer(
        (ActorEntry("DR Congo", aliases=("Congo",)), ActorEntry("Congo-Brazzaville", aliases=("Congo",)))
    )
    assert gazetteer.resolve("Congo") is None
    assert gazetteer.conflicts == (AliasConflict("Congo", ("DR Congo", "Congo-Brazzaville")),)
    assert gazetteer.resolve_query("congo") == ("DR Congo", "Congo-Brazzaville")


def test_alias_that_is_the_name_of_another_means_that_one_and_is_listed() -> None:
    gazetteer = Gazetteer((ActorEntry("Impostor", aliases=("North Korea",)), NORTH_KOREA))
    assert gazetteer.resolve("North Korea") == "North Korea"
    assert gazetteer.conflicts == (AliasConflict("North Korea", ("North Korea", "Impostor")),)


def test_alias_given_twice_by_one_actor_is_no_conflict() -> None:
    gazetteer = Gazetteer((ActorEntry("Laos", aliases=("Lao", "Laos"), demonyms=("Lao",)),))
    assert gazetteer.conflicts == ()
    assert gazetteer.resolve("Lao") == "Laos"


def test_one_name_cannot_be_defined_twice() -> None:
    with pytest.raises(ValueError, match="two entries are named 'North Korea'"):
        Gazetteer((NORTH_KOREA, IVORY_COAST, NORTH_KOREA))


def test_a_file_adds_actors() -> None:
    extended = GAZETTEER.extended((ActorEntry("Atlantis", aliases=("Lost City",)),))
    assert extended.resolve("Lost City") == "Atlantis"
    assert extended.resolve("DPRK") == "North Korea"
    assert GAZETTEER.resolve("Lost City") is None
    assert extended.entries == (*GAZETTEER.entries, ActorEntry("Atlantis", aliases=("Lost City",)))


def test_a_file_amends_an_actor() -> None:
    extended = GAZETTEER.extended((ActorEntry("North Korea", aliases=("The North",), since="1948-09-09"),))
    entry = extended.get("North Korea")
    assert entry is not None
    assert entry.aliases == ("DPRK", "The North")
    assert (entry.kind, entry.iso, entry.since, entry.note) == ("state", ("KP", "PRK"), "1948-09-09", "shipped")
    assert extended.resolve("The North") == extended.resolve("Pyongyang") == "North Korea"


def test_a_file_replaces_the_members_of_an_organisation() -> None:
    extended = GAZETTEER.extended((ActorEntry("Club", members=(Membership("Iran"),)),))
    assert extended.members_of("Club") == {"Iran"}


def test_a_file_takes_an_alias_over() -> None:
    extended = GAZETTEER.extended((ActorEntry("Pyongyang"), ActorEntry("Dresden Park", aliases=("DPRK",))))
    assert extended.resolve("Pyongyang") == "Pyongyang"
    assert extended.resolve("DPRK") == "Dresden Park"
    assert extended.conflicts == ()


def test_a_file_settles_a_conflict() -> None:
    unsettled = Gazetteer((ActorEntry("A", aliases=("X",)), ActorEntry("B", aliases=("X",))))
    settled = unsettled.extended((ActorEntry("A", aliases=("X",)),))
    assert settled.resolve("X") == "A"
    assert settled.conflicts == ()


def test_a_file_cannot_take_a_name_over() -> None:
    extended = GAZETTEER.extended((ActorEntry("Impostor", aliases=("North Korea",)),))
    assert extended.resolve("North Korea") == "North Korea"
    assert extended.conflicts == (AliasConflict("North Korea", ("North Korea", "Impostor")),)


def test_several_files_add_up() -> None:
    extended = GAZETTEER.extended((ActorEntry("A", aliases=("X",)),)).extended((ActorEntry("A", aliases=("Y",)),))
    assert extended.resolve("X") == extended.resolve("Y") == "A"


def test_parts_are_taken_along_through_all_levels() -> None:
    assert GAZETTEER.parts_of("North Korea") == {"Korean People's Army", "Storm Corps"}
    assert GAZETTEER.parts_of("DPRK") == GAZETTEER.parts_of("North Korea")
    assert GAZETTEER.parts_of("Storm Corps") == frozenset()
    assert GAZETTEER.parts_of("Atlantis") == frozenset()


def test_parts_in_a_circle_end() -> None:
    gazetteer = Gazetteer((ActorEntry("A", part_of=(Membership("B"),)), ActorEntry("B", part_of=(Membership("A"),))))
    assert gazetteer.parts_of("A") == {"B"}


@pytest.mark.parametrize(
    ("at", "members"),
    [
        ("1999-12-31", {"Atlantis"}),
        ("2000-01-01", {"Atlantis", "North Korea"}),
        ("2005-05-31", {"Atlantis", "North Korea"}),
        ("2005-06-01", {"Atlantis", "North Korea", "Ivory Coast"}),
        ("2009-12-31", {"Atlantis", "North Korea", "Ivory Coast"}),
        ("2010-01-01", {"Atlantis", "Ivory Coast"}),
        ("2005", {"Atlantis", "North Korea", "Ivory Coast"}),
    ],
)
def test_members_at_a_time(at: str, members: set[str]) -> None:
    assert GAZETTEER.members_of("Club", bounds_s(at)) == members


def test_members_of_any_time() -> None:
    assert GAZETTEER.members_of("Club") == {"Atlantis", "North Korea", "Ivory Coast"}
    assert GAZETTEER.members_of("North Korea") == GAZETTEER.members_of("Atlantis") == frozenset()


def test_a_date_that_cannot_be_read_bounds_nothing() -> None:
    gazetteer = Gazetteer((ActorEntry("Club", members=(Membership("A", since="2024-02-30"),)),))
    assert gazetteer.members_of("Club", bounds_s("1900")) == {"A"}


def test_entries_are_values() -> None:
    twin = ActorEntry(
        "North Korea", "state", ("KP", "PRK"), ("DPRK",), ("North Korean",), ("Pyongyang",), note="shipped"
    )
    assert twin == NORTH_KOREA
    assert hash(twin) == hash(NORTH_KOREA)
    assert NORTH_KOREA.other_names == ("DPRK", "North Korean", "Pyongyang")


def test_names_that_differ_in_case_or_marks_are_proposed() -> None:
    names = ["Sana'a", "Zurich", "Zürich", "ZÜRICH", "Basel", "Sanaa", "Łódź", "Lodz", "Zürich"]
    assert same_but_for_case_or_marks(names) == (("Sana'a", "Sanaa"), ("Zurich", "Zürich", "ZÜRICH"), ("Łódź", "Lodz"))


def test_names_that_differ_in_letters_are_not_proposed() -> None:
    assert same_but_for_case_or_marks(["Niger", "Nigeria", "Iran", "Iraq", "Irаn"]) == ()


@pytest.mark.parametrize(
    "spoof",
    ["Irаn", "Ir\u200ban", "Ι\u200fran", "Ｉran", "\u202eIran", "Іrаn"],
    ids=["Cyrillic a", "zero width space", "Greek iota", "full width", "override", "all Cyrillic"],
)
def test_names_that_look_the_same_are_warned_of(spoof: str) -> None:
    assert same_to_the_eye(["Iraq", "Iran", spoof]) == (("Iran", spoof),)


def test_names_that_look_different_are_not_warned_of() -> None:
    assert same_to_the_eye(["Iran", "Iraq", "Iran", "IRAN", "Иран", "Ιράν", "伊朗"]) == ()


@given(st.text())
def test_keys_are_stable(text: str) -> None:
    assert without_case_or_marks(without_case_or_marks(text)) == without_case_or_marks(text)
    assert look_alike_skeleton(look_alike_skeleton(text)) == look_alike_skeleton(text)


@given(st.text())
def test_text_unknown_to_the_gazetteer_stays_as_written(text: str) -> None:
    assert GAZETTEER.canonical(text) in {text.strip(), *(entry.name for entry in GAZETTEER.entries)}


@given(st.lists(st.text(max_size=8)))
def test_groups_hold_different_names_of_one_key(names: list[str]) -> None:
    for group in same_but_for_case_or_marks(names):
        assert len(set(group)) == len(group) > 1
        assert len({without_case_or_marks(name) for name in group}) == 1


def test_the_government_of_a_state_is_that_state() -> None:
    known = Gazetteer(
        (ActorEntry("Myanmar", aliases=("Myanmar (Burma)",)), ActorEntry("Russia"), ActorEntry("Civilians"))
    )
    assert known.resolve("Government of Russia") == "Russia"
    assert known.resolve("Government of Myanmar (Burma)") == "Myanmar"
    assert known.resolve("Government of Russia (Soviet Union)") == "Russia"
    assert known.resolve("Government of Atlantis") is None
    assert known.canonical("Government of Atlantis (Thera)") == "Government of Atlantis (Thera)"
    named = known.extended([ActorEntry("Government of Russia")])
    assert named.resolve("Government of Russia") == "Government of Russia"
