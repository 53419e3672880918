"""What `eyre link` says on standard error when it is done."""

from typing import Any

from rich.console import Console
from rich.markup import escape

_SHOWN = 12


def show_linked(summary: dict[str, Any]) -> None:
    """What was taken as what in each file, what was no evidence, and the counts."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    for file in summary["files"]:
        console.print(f"[bold]{escape(file['file'])}[/bold]: {file['rows']:,} rows")
        taken = ", ".join(ours if ours == theirs else f"{theirs} → {ours}" for theirs, ours in file["columns"].items())
        console.print(f"  evidence: {escape(taken)}")
        if file["never_evidence"]:
            console.print(f"  never evidence, by design: {escape(', '.join(file['never_evidence']))}")
        if others := [name for name in file["ride_along"] if name not in file["never_evidence"]]:
            more = f" and {len(others) - _SHOWN} more" if len(others) > _SHOWN else ""
            console.print(f"  not used: {escape(', '.join(others[:_SHOWN]))}{more}")
    for field, count in summary["unused"].items():
        why = "no day for which it holds, or no age" if field == "age" else "no date that can be read"
        console.print(f"  [yellow]{field} says nothing in {count:,} of {summary['records']:,} records[/yellow]: {why}")
    if summary["capped_keys"]:
        console.print(
            f"[yellow]{summary['capped_keys']:,} keys[/yellow] were not followed: too many records share them"
        )
    seconds = sum(summary["seconds"].values())
    console.print(
        f"[bold]{summary['records']:,} records are {summary['persons']:,} persons[/bold]"
        f" ({summary['model']}, {summary['candidate_pairs']:,} pairs weighed, {seconds:.1f} s)"
    )
