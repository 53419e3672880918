"""Concluding again what is believed of records that were one row with one that is no more."""

from collections.abc import Sequence
from itertools import groupby

from eyre.service.believe_records import believe_records, of_source
from eyre.service.known_sources import read_manifest
from eyre.store.open_store import Writer
from eyre.store.roster import read_roster
from eyre.store.sources import registered_manifest, sources_of_records


def conclude_again(writer: Writer, records: Sequence[int]) -> None:
    """Their events by what is still known of them, in the open transaction."""
    told = sorted(sources_of_records(writer, records))
    for source, some in groupby(told, key=lambda each: each[0]):
        declared, roster = registered_manifest(writer, source), read_roster(writer, source)
        if declared is not None and roster is not None:
            of = of_source(writer, read_manifest(declared))
            believe_records(writer, of, [record for _, record in some], until=roster.at, at=roster.at)
