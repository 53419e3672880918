"""Parquet, in batches of a row group."""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from eyre.sources.flatten import scalar_text
from eyre.sources.formats import ParquetFormat
from eyre.sources.opened_delivery import OpenedDelivery, require_columns
from eyre.sources.raw_row import RawRow
from eyre.sources.refusal import LAYOUT, LIMIT, WRONG_FORMAT, refusal

_BATCH = 2_048
_MAX_BATCH_BYTES = 256 << 20


def read_parquet(delivery: OpenedDelivery, _form: ParquetFormat) -> Iterator[RawRow]:
    """Rows with their values as text. Nested columns, and a file that would expand beyond the limits, are refused."""
    number = 0
    for batch in _batches(delivery):
        if batch.nbytes > _MAX_BATCH_BYTES:
            raise refusal(LIMIT, f"{_BATCH} rows hold more than {_MAX_BATCH_BYTES} bytes", "is it hostile?")
        names = batch.schema.names
        columns = _columns(batch)
        for cells in zip(*columns, strict=True):
            number += 1
            yield RawRow(f"row {number}", {name: scalar_text(cell) for name, cell in zip(names, cells, strict=True)})


def _batches(delivery: OpenedDelivery) -> Iterator[Any]:
    try:
        file = pq.ParquetFile(delivery.file)
        _guard(file, delivery)
        yield from file.iter_batches(batch_size=_BATCH, use_threads=False)
    except (pa.ArrowException, OSError, ValueError, OverflowError, MemoryError) as error:
        raise refusal(WRONG_FORMAT, "the delivery is not Parquet, or is damaged", "ask for it again") from error


def _columns(batch: Any) -> list[list[Any]]:
    """A damaged file can give arrays that point outside themselves, or texts that are not Unicode."""
    try:
        batch.validate(full=True)
        return [column.to_pylist() for column in batch.columns]
    except (pa.ArrowException, ValueError, OverflowError) as error:
        raise refusal(WRONG_FORMAT, "a column of the Parquet file is damaged", "ask for it again") from error


def _guard(file: Any, delivery: OpenedDelivery) -> None:
    meta, limits = file.metadata, delivery.limits
    size = sum(meta.row_group(number).total_byte_size for number in range(meta.num_row_groups))
    if meta.num_rows > limits.max_rows or size > limits.max_bytes or meta.num_columns > limits.max_fields:
        raise refusal(
            LIMIT, "the file declares more rows, columns or bytes than allowed", "see `limits` in the manifest"
        )
    if any(pa.types.is_nested(field.type) for field in file.schema_arrow):
        raise refusal(LAYOUT, "a column is nested", "flatten it at the publisher")
    require_columns(delivery, file.schema_arrow.names)
