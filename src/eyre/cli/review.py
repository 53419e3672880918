"""`eyre review`: the decisions that are least certain and matter most, one by one."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from eyre.cli.options import AsJson
from eyre.cli.phases import Phases
from eyre.cli.store_options import DataDir, Purpose

if TYPE_CHECKING:
    from eyre.bootstrap.open_house import House
    from eyre.service.review_queue import ReviewQueue

Limit = Annotated[int, typer.Option("--limit", min=1, max=1000, help="How many questions at most.")]
Skip = Annotated[int, typer.Option("--skip", min=0, help="Leave out so many questions at the head of the queue.")]
Actor = Annotated[str, typer.Option("--actor", help="Who decides; asked for if it is not said.", show_default=False)]
JustList = Annotated[bool, typer.Option("--list", help="Show the queue and ask nothing.")]

_PHASES = {
    "read": "Reading what the purpose shows",
    "resolve": "Comparing records and putting persons together (the first run compiles for about 20 s)",
    "rank": "Ranking what is in doubt",
}


def review(  # noqa: PLR0913, PLR0917 - one parameter an option
    limit: Limit = 20,
    skip: Skip = 0,
    actor: Actor = "",
    just_list: JustList = False,
    purpose: Purpose = "record_correction",
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Ask about the pairs of records whose decision is least certain and matters most.

    Shows two records side by side, why they are or are not taken for one person, and what each answer would change;
    then takes the answer: same, different, next or quit. An answer is a judgement, which resolution obeys. Without a
    terminal, with --list or with --json it shows the queue and asks nothing.

    Examples:

      eyre review --actor "records clerk"
      eyre review --limit 100 --skip 100 --list
      eyre review --json --purpose custody_operations
    """
    from eyre.bootstrap.open_house import open_house

    with open_house(data_dir) as house:
        queue = _queue(house, purpose, limit, skip)
        if as_json:
            from eyre.cli.as_data import print_data

            print_data(queue)
        elif just_list or not (sys.stdin.isatty() and sys.stdout.isatty()):
            from eyre.cli.consoles import answers
            from eyre.cli.review_shown import show_queue

            show_queue(answers(), queue)
        else:
            from eyre.cli.review_asking import ask_all

            ended = ask_all(house, queue, actor)
            if ended:
                raise typer.Exit(ended)


def _queue(house: "House", purpose: str, limit: int, skip: int) -> "ReviewQueue":
    """The head of the queue. The transaction ends here: it is not held open while somebody thinks."""
    from eyre.bootstrap.ask import ask
    from eyre.cli.asking import rekeying
    from eyre.service.review_queue import review_queue

    with Phases() as phases, ask(house, purpose, rekeying) as asked:
        return review_queue(
            asked.session, asked.model, limit=limit, skip=skip, note=lambda each: phases.begin(_PHASES[each])
        )
