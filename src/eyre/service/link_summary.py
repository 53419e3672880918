"""What `link` did, as data that can be printed."""

from typing import Any

from eyre.service.arrange_files import RECORD_ID
from eyre.service.link import Linked


def linked_summary(linked: Linked) -> dict[str, Any]:
    """Counts, what was taken as what in each file, the model and its prior as fitted. Holds no value of a row."""
    resolution = linked.resolution
    return {
        "records": len(linked.record_id),
        "persons": linked.persons,
        "files": [
            {
                "file": str(file.path),
                "rows": file.table.num_rows,
                "columns": file.plan.recognised,
                "record_ids": "said" if RECORD_ID in file.plan.taken else f"made: {file.name}:<row>",
                "ride_along": list(file.plan.rides_along),
                "never_evidence": dict(file.plan.never),
            }
            for file in linked.files
        ],
        "unused": linked.unused,
        "model": linked.model.label,
        "fitted": {"population": linked.model.population, "duplicates": round(linked.model.duplicates, 4)},
        "candidate_pairs": resolution.candidates,
        "tied_pairs": len(resolution.ties.left),
        "capped_keys": resolution.capped_keys,
        "raised_components": resolution.raised,
    }
