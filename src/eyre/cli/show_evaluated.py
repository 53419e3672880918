"""What `eyre evaluate` says in a terminal."""

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from eyre.cli.consoles import answers

if TYPE_CHECKING:
    from eyre.service.error_classes import Errors
    from eyre.service.evaluate import Evaluation


def show_evaluated(found: "Evaluation") -> None:
    """The figures, then the errors by class."""
    console, quality = answers(), found.agreement
    table = Table(title="Against the truth", title_justify="left")
    table.add_column("")
    for heading in ("precision", "recall", "F1"):
        table.add_column(heading, justify="right")
    rows = (
        ("pairs", quality.precision, quality.recall, quality.f1),
        ("whole clusters", quality.cluster_precision, quality.cluster_recall, quality.cluster_f1),
        ("B-cubed", quality.bcubed_precision, quality.bcubed_recall, quality.bcubed_f1),
    )
    for name, *shares in rows:
        table.add_row(name, *(f"{share:.4f}" for share in shares))
    console.print(table)
    judged = "" if found.labelled == found.records else f", {found.labelled:,} of them with a truth"
    console.print(f"{found.records:,} records are {found.persons:,} persons ({found.model}){judged}.")
    console.print(
        f"With a truth: {quality.right:,} of {quality.said_pairs:,} pairs are right, of {quality.true_pairs:,} "
        f"true ones; {quality.exact:,} of {quality.said_clusters:,} persons are whole, "
        f"of {quality.true_clusters:,} true ones."
    )
    _show(console, "Put together, but two people", found.false_positives)
    _show(console, "One person, but not put together", found.false_negatives)


def _show(console: Console, title: str, errors: "Errors") -> None:
    from eyre.resolve.error_pattern import PATTERNS, STAGES

    console.print(f"\n[bold]{title}[/bold]: {errors.pairs:,} pairs")
    if errors.looked_at < errors.pairs:
        console.print(f"  looked at: {errors.looked_at:,}, those of the smaller groups")
    for each in errors.classes:
        console.print(f"  {each.pairs:,}: {STAGES[each.stage]}; {PATTERNS[each.pattern]}")
        for example in each.examples:
            console.print(f"      {example.left}  {example.right}  {example.bits:.1f} bits", markup=False)
