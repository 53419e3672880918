"""`eyre review`: the queue as data and as a table, and questions answered on a real terminal."""

from collections.abc import Callable

import pytest

from tests.cli.conftest import SAMPLES, Ended
from tests.cli.terminal import terminal

Run = Callable[..., Ended]
ASKED = "quit? "


@pytest.fixture
def run_some(run_empty: Run) -> Run:
    """Runs a command on a store with two sources that may be written to."""
    for source in SAMPLES[:3]:
        assert run_empty("import", source).code == 0
    return run_empty


def test_without_a_terminal_the_queue_is_shown_and_nothing_is_asked(run: Run) -> None:
    queue = run("review", "--json", "--limit", "5").data
    assert len(queue["questions"]) == 5 < queue["doubts"]
    shown = run("review", "--limit", "5")
    assert (shown.code, shown.err) == (0, "")
    assert f"{queue['doubts']:,} decisions are in doubt" in shown.out
    lines = [line.split() for line in shown.out.splitlines()]
    for at, each in enumerate(queue["questions"], start=1):
        assert [str(at), "one" if each["together"] else "two", each["left"], each["right"]] in [
            line[:4] for line in lines
        ]
    further = run("review", "--json", "--limit", "2", "--skip", "3").data
    assert further["questions"] == queue["questions"][3:]
    assert "\n4 " in run("review", "--limit", "2", "--skip", "3", "--list").out


def test_a_pair_of_the_queue_is_one_that_why_explains(run: Run) -> None:
    (first, *_) = run("review", "--json", "--limit", "1").data["questions"]
    why = run("why", first["left"], first["right"], "--json", "--purpose", "record_correction").data
    assert why["same_person"] == first["together"]
    assert first["least_bits"] <= why["bits"] <= first["most_bits"]


def test_an_empty_store_has_nothing_in_doubt(run_empty: Run) -> None:
    assert run_empty("review", "--json").data["questions"] == []
    assert "0 decisions are in doubt" in run_empty("review").out


@pytest.mark.parametrize(
    ("arguments", "code", "error"),
    [(("--purpose", "curiosity"), 6, "EYRE-501"), (("--limit", "0"), 2, "EYRE-400"), (("--skip", "-1"), 2, "EYRE-400")],
)
def test_what_cannot_be_asked_is_refused(run: Run, arguments: tuple[str, ...], code: int, error: str) -> None:
    ended = run("review", *arguments, "--json")
    assert (ended.code, ended.error["code"]) == (code, error)


def test_questions_are_answered_on_a_terminal_and_ctrl_c_keeps_what_was_answered(run_some: Run) -> None:
    first, second = run_some("review", "--json", "--limit", "2").data["questions"]
    answer = "different" if first["together"] else "same"
    with terminal("review") as on:
        on.until("Who decides?")
        on.type("\nrecords clerk\n")
        shown = on.until(ASKED)
        assert shown.index(first["left"]) < shown.index(first["right"])
        assert f"{first['bits']:+.2f} bits" in shown
        assert "before any" in shown  # `evidence` may stand on the next line
        foreseen = shown.split(f"if {answer}: ")[1].splitlines()[0]
        assert "person" in foreseen
        assert shown.count("nobody changes; it is not asked again") == 1
        on.type("perhaps\n")
        assert "type one of these letters" in on.until(ASKED)
        on.type(f"{answer[0]}\n")
        on.until("empty goes back")
        on.type("\n")
        on.until(ASKED)
        on.type(f"{answer}\n")
        on.until("empty goes back")
        on.type("saw both [files]\n")
        kept = on.until(ASKED)
        assert f"kept: {answer}. {foreseen.replace('becomes', 'became').replace('become ', 'became ')}" in kept
        assert second["left"] in kept
        on.interrupt_until("1 judgement kept")
        assert on.ended() == (130, "\n")
    (judged,) = run_some("why", first["left"], first["right"], "--json").data["judgements"]
    assert (judged["verdict"], judged["actor"], judged["reason"]) == (answer, "records clerk", "saw both [files]")
    left = run_some("review", "--json", "--limit", "1").data["questions"]
    assert [each["left"] for each in left] == [second["left"]]


@pytest.mark.slow
def test_next_goes_on_and_the_end_of_input_leaves_without_a_judgement(run: Run) -> None:
    queue = run("review", "--json", "--limit", "1000").data
    many = queue["doubts"]
    with terminal("review", "--skip", str(many - 2), "--actor", "clerk") as on:
        assert f"{many - 1} of {many}" in on.until(ASKED)
        on.type("n\n")
        assert f"{many} of {many}" in on.until(ASKED)
        on.type("s\n")
        on.until("empty goes back) ")
        on.type("\x04")
        assert on.ended() == (0, "\n0 judgements kept\n")
    assert run("review", "--json", "--limit", "1000").data == queue


@pytest.mark.slow
def test_quitting_leaves_and_so_does_the_last_question(run: Run) -> None:
    last = str(run("review", "--json", "--limit", "1").data["doubts"] - 1)
    for skip, answer in (("0", "q\n"), (last, "next\n")):
        with terminal("review", "--skip", skip, "--actor", "clerk") as on:
            on.until(ASKED)
            on.type(answer)
            code, told = on.ended()
            assert (code, "0 judgements kept" in told) == (0, True)
