"""What a snapshot that was read tells of itself."""

from collections.abc import Iterable
from dataclasses import replace

from eyre.custody.look import LookFacts
from eyre.service.read_look import ReadLook


def look_facts(now: ReadLook, *, repeats: bool) -> LookFacts:
    """Rows whose record cannot be told, or that stand on two pages of a list that shifted, make it unsound: any of
    those who seem to be gone may be there. `repeats`: it is an older page than the one before it."""
    summary, seen = now.reading.summary, now.seen
    if summary is None:
        raise ValueError("the snapshot was not read to its end")
    return LookFacts(
        at=now.at,
        rows=summary.data_rows,
        declared_total=summary.declared_total,
        ended_early=summary.ended_early,
        unsound=not summary.complete or seen.nameless > 0 or (now.pages > 1 and seen.repeated > 0),
        repeats=repeats,
    )


def repeating(looks: Iterable[tuple[bytes, LookFacts]]) -> list[LookFacts]:
    """What looks, in order, told of themselves: each repeats if its bytes, by their hash, are those of an earlier look
    than the one before it, or if that one repeats and has the same."""
    found: list[LookFacts] = []
    earlier: set[bytes] = set()
    last = b""
    for content, facts in looks:
        repeats = found[-1].repeats if content == last and found else content in earlier
        found.append(replace(facts, repeats=repeats))
        earlier.add(content)
        last = content
    return found
