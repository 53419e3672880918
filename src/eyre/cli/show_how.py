"""How a person came together: a merge tree on the terminal."""

from rich.console import Console
from rich.markup import escape
from rich.tree import Tree

from eyre.service.how_person import How


def show_how(console: Console, how: How) -> None:
    """The last step at the top, records at the leaves."""
    label = {leaf.record: f"{leaf.record}  {escape(leaf.name)}  [dim]{escape(leaf.source)}[/]" for leaf in how.leaves}
    many = len(how.leaves)
    console.print(f"[bold]{how.person}[/]  {many} record{'s' * (many != 1)}, as seen for [bold]{how.purpose}[/]")
    groups = {frozenset([leaf.record]): Tree(label[leaf.record]) for leaf in how.leaves}
    for step in how.steps:
        left, right = frozenset(step.left), frozenset(step.right)
        tree = Tree(f"{step.average_bits:+.1f} bits on average between {len(left)} and {len(right)}")
        tree.children += [groups.pop(left), groups.pop(right)]
        groups[left | right] = tree
    for tree in groups.values():
        console.print(tree)
