"""Somebody decides that two records are, or are not, of one person."""

from dataclasses import dataclass
from datetime import datetime

from eyre.clock import in_utc
from eyre.errors import InputError
from eyre.model.judgement import Judgement, Verdict
from eyre.service.person_around import must_be_visible
from eyre.service.why_two import must_be_two
from eyre.store.judgements import put_judgement
from eyre.store.open_store import Store
from eyre.store.reader import ReaderSession


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, by whom, for what reason, and when (UTC)."""

    verdict: Verdict
    actor: str
    reason: str
    decided_at: datetime


def judge(store: Store, session: ReaderSession, pair: tuple[int, int], decision: Decision) -> Judgement:
    """Keeps a decision on two records; resolution reads it from now on. Given again, it changes nothing.

    Nobody judges what they may not see: raises `NotFoundError` unless `session` shows both records. Raises `InputError`
    when it is not said who decided, or why.
    """
    must_be_two(*pair)
    for name, text in (("actor", decision.actor), ("reason", decision.reason)):
        if not text.strip():
            raise InputError(f"the judgement has no `{name}`", remedy=f"say it with `--{name}`")
    must_be_visible(session, pair)
    low, high = sorted(pair)
    judgement = Judgement(
        low, high, decision.verdict, decision.actor.strip(), decision.reason.strip(), in_utc(decision.decided_at)
    )
    with store.writer.connection() as writer:
        put_judgement(writer, judgement)
    return judgement
