"""The questions of `eyre review`, one by one: shown, asked, and kept as judgements."""

from dataclasses import dataclass

from rich.console import Console
from rich.markup import escape

from eyre.bootstrap.ask import ask
from eyre.bootstrap.clock import now
from eyre.bootstrap.open_house import House
from eyre.cli.asking import record_number, rekeying
from eyre.cli.consoles import answers
from eyre.cli.failure import ExitCode
from eyre.cli.review_shown import show_case, show_effect
from eyre.errors import NotFoundError
from eyre.model.judgement import Verdict
from eyre.service.judge import Decision, judge
from eyre.service.review_case import ReviewCase, review_case
from eyre.service.review_queue import Question, ReviewQueue

_ANSWERS = {
    "s": "same",
    "same": "same",
    "d": "different",
    "different": "different",
    "n": "next",
    "next": "next",
    "q": "quit",
    "quit": "quit",
}
_WHO = "Who decides? It is kept with every judgement: "
_ASKED = "[bold]s[/]ame, [bold]d[/]ifferent, [bold]n[/]ext or [bold]q[/]uit? "


@dataclass(frozen=True, slots=True)
class _Asking:
    """What every question is asked with; `doubts` are counted in all, asked or not."""

    console: Console
    house: House
    purpose: str
    doubts: int
    who: str


def ask_all(house: House, queue: ReviewQueue, actor: str) -> ExitCode:
    """Asks the questions of `queue` until there is none left, or somebody leaves: with quit, Ctrl-D or Ctrl-C. What was
    answered until then is kept."""
    console = answers()
    ended: list[str] = []
    code = ExitCode.DONE
    try:
        who = actor.strip() or (_typed(console, _WHO) if queue.questions else "")
        asking = _Asking(console, house, queue.purpose, queue.doubts, who)
        for at, question in enumerate(queue.questions, start=queue.skipped + 1):
            ended.append(_ask_one(asking, at, question))
            if ended[-1] == "quit":
                break
    except EOFError:
        console.print()
    except KeyboardInterrupt:
        console.print()
        code = ExitCode.INTERRUPTED
    _tell_end(console, queue, ended)
    return code


def _ask_one(asking: _Asking, at: int, question: Question) -> str:
    """Asks one question; how that ended: `kept`, `gone`, `next` or `quit`."""
    console = asking.console
    case = _case(asking, question)
    if case is None or case.settled:
        return "gone"
    show_case(console, case, f"{at} of {asking.doubts}", question)
    reason = ""
    while not reason:
        answer = _answer(console)
        if answer in ("next", "quit"):
            return answer
        reason = console.input(f"why [bold]{answer}[/]? (empty goes back) ").strip()
    _keep(asking, question, Decision(Verdict(answer), asking.who, reason, now()))
    console.print(f"kept: {answer}. ", end="")
    show_effect(console, case.same if answer == "same" else case.different, done=True)
    return "kept"


def _answer(console: Console) -> str:
    while (answer := _ANSWERS.get(console.input(_ASKED).strip().casefold(), "")) == "":
        console.print("[dim]type one of these letters, then Enter[/]")
    return answer


def _typed(console: Console, asked: str) -> str:
    while not (text := console.input(asked).strip()):
        pass
    return text


def _case(asking: _Asking, question: Question) -> ReviewCase | None:
    """What is to be looked at now; nothing if a record has gone meanwhile."""
    with ask(asking.house, asking.purpose, rekeying) as asked:
        try:
            return review_case(asked.session, asked.model, *_pair(question))
        except NotFoundError:
            return None


def _keep(asking: _Asking, question: Question, decision: Decision) -> None:
    with ask(asking.house, asking.purpose, rekeying) as asked:
        judge(asked.store, asked.session, _pair(question), decision)


def _pair(question: Question) -> tuple[int, int]:
    return record_number(question.left), record_number(question.right)


def _tell_end(console: Console, queue: ReviewQueue, ended: list[str]) -> None:
    if not queue.questions:
        console.print(f"nothing is in doubt, as seen for [bold]{escape(queue.purpose)}[/]")
        return
    kept, gone = ended.count("kept"), ended.count("gone")
    settled = f"; {gone} had been settled meanwhile" if gone else ""
    console.print(f"{kept} judgement{'s' * (kept != 1)} kept{settled}")
