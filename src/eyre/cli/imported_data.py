"""How a delivery went, as data."""

from typing import Any

from eyre.service.import_delivery import Imported


def imported_data(imported: Imported) -> dict[str, Any]:
    """How a delivery went, its issues counted."""
    return {
        "source": imported.source,
        "known": imported.known,
        "rows_in": imported.rows_in,
        "accepted": imported.accepted,
        "quarantined": imported.quarantined,
        "ignored": imported.ignored,
        "changed": imported.changed,
        "dropped": imported.dropped,
        "issues": len(imported.issues),
        "complete": imported.complete,
    }
