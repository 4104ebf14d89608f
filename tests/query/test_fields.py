"""The table of fields is complete, and its examples say what they are meant to."""

from __future__ import annotations

import dataclasses

import pytest

from timeline_app.core.filter import Filter, Match
from timeline_app.query import FIELDS, Field, parse_query
from timeline_app.query.fields import closest_name, field_named

OPTIONS = [
    "actor", "match", "not-actor", "role", "type", "tag", "source", "place", "from", "to", "certain", "find",
    "min-importance", "members",
]  # fmt: skip


@pytest.mark.parametrize("option", OPTIONS)
def test_every_filter_option_of_the_command_line_is_a_field(option: str) -> None:
    assert field_named(option) is not None


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_example_is_understood_and_narrows_or_changes_the_filter(field: Field) -> None:
    assert field.example.partition(":")[0] in field.names
    assert parse_query(field.example) != Filter()


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_name_of_a_field_does_the_same(field: Field) -> None:
    value = field.example.partition(":")[2]
    assert {parse_query(f"{name}:{value}") for name in field.names} == {parse_query(field.example)}


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_choice_is_a_value(field: Field) -> None:
    for choice in field.choices:
        assert isinstance(parse_query(f"{field.name}:{choice}"), Filter)


def test_no_name_means_two_fields() -> None:
    names = [name for field in FIELDS for name in field.names]
    assert len(names) == len(set(names))


def test_fields_reach_every_part_of_a_filter() -> None:
    every = parse_query(" ".join(field.example for field in FIELDS))
    untouched = [part.name for part in dataclasses.fields(Filter) if getattr(every, part.name) == part.default]
    assert untouched == []
    assert every.match is Match.ALL


def test_names_are_understood_in_any_case_and_guessed_when_close() -> None:
    assert field_named("Actor") is field_named("actor")
    assert field_named("actr") is None
    assert closest_name("Actr") == "actor"
    assert closest_name("zzzzzz") is None
