"""A manifest is strict, and its errors name file, path and remedy."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from eyre.errors import SourceError
from eyre.sources.load_manifest import load_manifest
from eyre.sources.manifest import Manifest
from eyre.sources.refusal import MANIFEST

GOOD = """
id: a_jail
title: A jail
publisher: A sheriff
jurisdiction: ocd-division/country:us/state:oz/county:a
kind: custody
terms: public
time_zone: America/Chicago
format: {type: csv}
fields:
  NO: {to: booking.booking_number}
  NAME: {to: name.full, split: last_comma_first}
identity_keys: [NO]
booking_number_scope: global
age_basis: dob
release_signal: drop_off
"""


def plain(text: str) -> dict[str, Any]:
    """Scalars as text: YAML's other words for true and false are this source's column names."""
    said: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)
    return said


def load(tmp_path: Path, text: str) -> Manifest:
    file = tmp_path / "manifest.yaml"
    file.write_text(text, encoding="utf-8")
    return load_manifest(file)


def test_a_sound_manifest_loads_from_its_folder(tmp_path: Path) -> None:
    load(tmp_path, GOOD)
    manifest = load_manifest(tmp_path)
    assert (manifest.id, manifest.state, manifest.pushes) == ("a_jail", "OZ", False)


@pytest.mark.parametrize(
    ("change", "path", "says"),
    [
        ("titel: x", "titel", "extra inputs"),
        ("time_zone: Mars/Olympus", "time_zone", "not a time zone"),
        ("jurisdiction: Ozark", "jurisdiction", "match pattern"),
        ("kind: immigration", "kind", "input should be"),
        ("fields: {NO: {to: name.nick}}", "fields.NO.to", "not a target"),
        ("fields: {NO: {to: birth.date}}", "fields.NO", "formats"),
        ("fields: {NO: {to: birth.date, formats: ['%m/%d/%y']}}", "fields.NO", "certain century"),
        ("fields: {NO: {to: birth.date, formats: ['%Q']}}", "fields.NO.formats", "not a directive"),
        (
            "fields: {NO: {to: birth.date, formats: ['%Y-%m']}}",
            "fields.NO.formats",
            "does not give year, month and day",
        ),
        ("identity_keys: []", "identity_keys", "at least 1"),
        ("limits: {max_rows: '10'}", "limits.max_rows", "valid integer"),
        ("hook: os.system", "hook", "not registered"),
        ("format: {type: pdf}", "format", "does not match any of the expected tags"),
    ],
)
def test_a_fault_is_told_with_its_file_and_path(tmp_path: Path, change: str, path: str, says: str) -> None:
    said = plain(GOOD) | plain(change)
    with pytest.raises(SourceError) as caught:
        load(tmp_path, yaml.safe_dump(said))
    text = str(caught.value)
    assert caught.value.code == MANIFEST
    assert "manifest.yaml" in text
    assert f"`{path}" in text
    assert says in text


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("ignored: [NO]", "named 2 times"),
        ("identity_keys: [OTHER]", "identity key `OTHER`"),
        ("fields: {NO: {to: booking.booking_number}, PlaceOfBirth: {to: address.city}}", "birth-place"),
        ("fields: {NO: {to: booking.booking_number}, RACE: {to: sex}}", "race or ethnicity"),
        ("fields: {NO: {to: booking.booking_number}, Immigration_Hold: {to: hold.description}}", "immigration-hold"),
        ("booking_number_scope: per_person", "identity key too"),
        ("booking_number_scope: absent", "mapped to `booking.booking_number`"),
        ("release_signal: push_delete", "needs a field mapped to `operation`"),
        ("group: {by: [NO], list: charges, columns: [CHARGE]}", "not in `lists`"),
        ("group: {by: [OTHER], list: charges, columns: [CHARGE]}", "`group.by` names `OTHER`"),
        ("lists: {stays: {fields: {X: {to: booking.status}}}}", "belongs to the row"),
        ("fields: {NO: {to: birth.age}, AGE: {to: birth.age}}", "2 fields are mapped to it"),
    ],
)
def test_a_manifest_may_not_contradict_itself(tmp_path: Path, change: str, says: str) -> None:
    with pytest.raises(SourceError, match=says):
        load(tmp_path, yaml.safe_dump(plain(GOOD) | plain(change)))


def test_a_projected_release_cannot_be_mapped_as_a_release(tmp_path: Path) -> None:
    text = GOOD.replace("drop_off", "projected_only").replace(
        "  NAME:", "  OUT: {to: booking.released_at, formats: ['%Y-%m-%d']}\n  NAME:"
    )
    with pytest.raises(SourceError, match="a projected release is no release"):
        load(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: &x [1]\nb: *x\n", "alias"),
        ("a: 1\na: 2\n", "`a` stands twice"),
        ("a: [1\n", "not YAML"),
        ("- 1\n", "holds no mapping"),
        ("a: !!python/object/apply:os.system [id]\n", "not YAML"),
    ],
)
def test_hostile_or_broken_yaml_is_refused(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(SourceError, match=says):
        load(tmp_path, text)


def test_the_bounds_of_polling_are_in_order(tmp_path: Path) -> None:
    assert load(tmp_path, GOOD + "poll: {min_seconds: 3, max_seconds: 9}\n").poll is not None
    with pytest.raises(SourceError, match="`min_seconds` 9 is more than `max_seconds` 3"):
        load(tmp_path, GOOD + "poll: {min_seconds: 9, max_seconds: 3}\n")


def test_a_missing_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        load_manifest(tmp_path / "none.yaml")
