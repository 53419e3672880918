"""Sources that send, in `bench.drift`: their documents spoiled like pages, and single messages sent twice or late."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache

import numpy as np

from bench.drift_plan import Plan, Variant, reads_alike
from bench.drift_score import Done, Kind, held
from eyre.circuit.breaker import Breaker
from eyre.circuit.robots import Robots
from eyre.circuit.tools import Tools
from eyre.errors import SourceError
from eyre.resolve.model import default_model
from eyre.service.rekey import ensure_keys
from eyre.service.ride_board import put_on_schedule
from eyre.service.take_messages import Messages as Delivered
from eyre.service.take_messages import take_messages
from eyre.sim.faults.fault import MESSAGES, FaultKind
from eyre.sim.feeds.messages import Message, Messages
from eyre.sim.feeds.posting import instant, microseconds
from eyre.sim.feeds.press import Press
from eyre.sim.serve.manifest_at import manifest_at
from eyre.sources.manifest import Manifest
from eyre.sources.transports.fetch_http import make_client
from eyre.store.open_store import Store

_OPENS, _CLOSES = b"<bk:BookingMessage>", b"</bk:Messages>"
_MOST = 10  # messages of one variant


@dataclass(frozen=True)
class Pushing:
    """Sends what the sources of a plan that send would send."""

    tools: Tools
    plan: Plan
    manifests: Mapping[str, Manifest]

    def send(self, step: int, *, sound_only: bool, done: dict[str, Done]) -> None:
        """Everything that has happened since the ride before, as one document; the first time everybody. What was
        spoiled is sent again, sound, with the next one: a publisher that is told of it does so."""
        for variant in self.plan.variants:
            struck = variant.kind is not None
            if not variant.pushed or variant.kind in MESSAGES or (sound_only and struck):
                continue
            for body in self._bodies(variant, step, done):
                try:
                    send(self.tools, self.manifests[variant.feed.slug], body)
                except SourceError:
                    continue

    def _bodies(self, variant: Variant, step: int, done: dict[str, Done]) -> Sequence[bytes]:
        rides = self.plan.batch.rides
        press = self._press(variant.like)
        if step == 0:
            return [press.render(rides[0]).body]
        body = _document(press, rides[step - 1], rides[step])
        if step == 3 and variant.fault is not None:
            return [each for each in (_document(press, rides[1], rides[2]), body) if each]
        if not body:
            return []
        if step == 2 and variant.fault is not None:
            spoiled, what, names = variant.spoiled(body)
            done[variant.feed.slug] = (not reads_alike(variant, body, spoiled), what, names)
            return [spoiled]
        return [body]

    @cache  # noqa: B019 - it lives as long as a batch
    def _press(self, slug: str) -> Press:
        sound = next(each for each in self.plan.sound if each.feed.slug == slug)
        return Press(self.plan.worlds["stirred"], sound.feed)

    def __hash__(self) -> int:
        return id(self)


def send(tools: Tools, manifest: Manifest, body: bytes) -> None:
    """Takes a document in at this instant, as the door for what is sent does."""
    at = tools.clock()
    take_messages(tools.store, manifest, Delivered(body, at, at), tools.model)


def _document(press: Press, after: datetime, until: datetime) -> bytes:
    """All messages of that time in one document."""
    told = [each.body for each in _messages(press, after, until)]
    if not told:
        return b""
    inner = b"".join(body[body.index(_OPENS) : body.rindex(_CLOSES)] for body in told)
    return told[0][: told[0].index(_OPENS)] + inner + _CLOSES + b"\n"


def _messages(press: Press, after: datetime, until: datetime) -> list[Message]:
    messages = Messages(press)
    here = np.flatnonzero((messages.at > microseconds(after)) & (messages.at <= microseconds(until)))
    return [messages.message(int(messages.row[each]), int(messages.at[each])) for each in here.tolist()]


def ride_messages(store: Store, plan: Plan, struck: Sequence[Variant], kind: Kind) -> None:
    """Messages that come twice, or after later ones, must end in what they end in when each comes once, in order."""
    ensure_keys(store, default_model())
    clock = [plan.batch.rides[0]]
    made = {each.feed.slug: manifest_at(each.feed, "") for each in struck}
    likes = {
        each.like: manifest_at(replace(each.feed, publisher=replace(each.feed.publisher, slug=each.like)), "")
        for each in struck
    }
    put_on_schedule(store, [(each, plan.batch.gap, clock[0]) for each in (*made.values(), *likes.values())])
    with make_client(1) as client:
        tools = Tools(
            store, default_model(), {}, client, Breaker(), Robots(), lambda: clock[0], lambda: datetime.now(UTC)
        )
        said = {slug: _said(plan, slug) for slug in likes}
        for slug, manifest in likes.items():
            for message in said[slug]:
                clock[0] = instant(message.at)
                send(tools, manifest, message.body)
        for variant in struck:
            for at, message in _struck(variant, said[variant.like]):
                clock[0] = instant(at)
                send(tools, made[variant.feed.slug], message.body)
    now = held(store, [*made, *likes])
    for variant in struck:
        kind.variants += 1
        kind.unseen += 1
        kind.why_unseen["a message that comes again or late is no fault: it must end alike"] += 1
        kind.also += bool(now.issues[variant.feed.slug])
        mine, sound = now.believed[variant.feed.slug], now.believed[variant.like]
        twice = variant.kind is FaultKind.DUPLICATED and now.noted[variant.feed.slug] != now.noted[variant.like]
        kind.invented += bool(mine - sound) or twice
        kind.lost += bool(sound - mine)
        kind.recovered += mine == sound
        if mine != sound or twice:
            kind.told(f"ends otherwise: {variant.feed.slug}: {sorted(mine ^ sound)[:2]}")


def _said(plan: Plan, slug: str) -> list[Message]:
    sound = next(each for each in plan.sound if each.feed.slug == slug)
    press = Press(plan.worlds["stirred"], sound.feed)
    begins = plan.batch.rides[0] - (plan.batch.rides[0] - plan.worlds["stirred"].begins)
    told = _messages(press, begins, plan.batch.rides[-1])
    by_row: dict[int, list[Message]] = {}
    for message in told:
        by_row.setdefault(message.row, []).append(message)
    most = sorted(by_row.values(), key=len, reverse=True)  # those of whom most is told can be disordered most
    return sorted([each for some in most for each in some][:_MOST], key=lambda each: each.at)


def _struck(variant: Variant, said: Sequence[Message]) -> list[tuple[int, Message]]:
    """The messages with the instants at which they come: some twice, or some late."""
    chance = random.Random(variant.seed)
    sent = [(each.at, each) for each in said]
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(said))
        late = (said[at].at + chance.choice((1, 60, 7_200, 90_000)) * 1_000_000, said[at])
        if variant.kind is FaultKind.DISORDERED:
            sent[at] = late
        else:
            sent.append(late)
    return sorted(sent, key=lambda each: each[0])
