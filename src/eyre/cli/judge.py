"""`eyre judge`: decide that two records are, or are not, of one person."""

from enum import StrEnum
from typing import Annotated

import typer

from eyre.cli.options import AsJson
from eyre.cli.store_options import DataDir, Purpose


class Decided(StrEnum):
    """What can be decided."""

    SAME = "same"
    DIFFERENT = "different"


One = Annotated[str, typer.Argument(metavar="A", help="A record's id.")]
Other = Annotated[str, typer.Argument(metavar="B", help="Another record's id.")]
Verdict = Annotated[Decided, typer.Argument(help="Whether they are of one person.")]
Actor = Annotated[str, typer.Option("--actor", help="Who decides.", show_default=False)]
Reason = Annotated[str, typer.Option("--reason", help="Why.", show_default=False)]


def judge(  # noqa: PLR0913, PLR0917 - one parameter an option
    one: One,
    other: Other,
    verdict: Verdict,
    actor: Actor,
    reason: Reason,
    purpose: Purpose = "record_correction",
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Decide that two records are, or are not, of one person. Resolution obeys from then on.

    Of several judgements on two records the latest holds. A judgement is seen only where both records are.

    Example:

      eyre judge r2eb9ahw5q1jst r06nkjh3gf1xky different --actor "records clerk" --reason "father and son"
    """
    from eyre.bootstrap.clock import now
    from eyre.cli.asking import asking, record_number
    from eyre.model.judgement import Verdict as Judged
    from eyre.service.judge import Decision
    from eyre.service.judge import judge as keep

    pair = (record_number(one), record_number(other))
    with asking(data_dir, purpose) as asked:
        keep(asked.store, asked.session, pair, Decision(Judged(verdict.value), actor, reason, now()))
    if as_json:
        from eyre.cli.as_data import print_data

        print_data({"left": one, "right": other, "verdict": verdict, "actor": actor, "reason": reason})
        return
    from eyre.cli.consoles import answers

    answers().print(f"kept: {verdict.value}")
