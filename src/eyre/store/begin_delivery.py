"""The first round trip of a delivery: its source is held, and what is known of both is told."""

from collections.abc import Mapping
from dataclasses import dataclass

import psycopg

from eyre.errors import StoreError
from eyre.model.record import RecordClass
from eyre.store.delivery import Delivery, Outcome
from eyre.store.one_row import one_row


class UnregisteredError(StoreError):
    """The source is not registered, or by another manifest than the one that the delivery was read by."""


@dataclass(frozen=True, slots=True)
class Begun:
    """`classes` are the terms classes of the source's records. `known`: how the very same delivery went that was
    committed before. `refused`: it came before, and nothing of it could be taken."""

    classes: Mapping[RecordClass, int]
    known: Outcome | None
    refused: bool


def begin_delivery(connection: psycopg.Connection, delivery: Delivery) -> Begun:
    """Holds the source of `delivery` against its other deliveries, and everything against a purge, until the open
    transaction of `connection`, a writer's, ends.

    Raises `UnregisteredError`; then nothing was done.
    """
    declared, names, numbers, earlier, counts = one_row(
        connection.execute(
            "select * from eyre.begin_delivery(%s, %s)", [delivery.source, delivery.id], prepare=True, binary=True
        )
    )
    if declared is None or (delivery.declared and bytes(declared) != delivery.declared):
        raise UnregisteredError(
            f"the source `{delivery.source}` is not registered", remedy="register it from its manifest first"
        )
    return Begun(
        classes={RecordClass(name): number for name, number in zip(names or (), numbers or (), strict=True)},
        known=Outcome(delivery.id, True, *counts) if earlier == "committed" else None,
        refused=earlier == "refused",
    )
