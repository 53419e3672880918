"""Scores the variants of `bench.drift` by what the store holds after their rides."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import datetime
from importlib.resources import files

from bench.drift_plan import Plan, Variant
from eyre.custody.judge_looks import plausibly_gone
from eyre.sim.faults.fault import MESSAGES, OUTAGES, FaultKind
from eyre.sim.feeds.feed import Wire
from eyre.sim.feeds.manifest_of import manifest_text
from eyre.sim.serve.manifest_at import manifest_at
from eyre.store.open_store import Store

_WORDS = re.compile(r"[^\W_]{3,}")
_BY_DAY = (Wire.HTML_TABLE, Wire.FIXED_WIDTH, Wire.COURT_CSV, Wire.EXCEL)
AHEAD = 6 * 60_000_000
"""Microseconds: a clock that is less ahead may be one that goes well."""
_SHOWN = 25
GONE = "gone"
"""A row that is not there any more: it disappeared, and was released when that was confirmed, sooner or later."""
_KIND = f"case when e.kind in ('released', 'disappeared') and e.basis <> 'explicit' then '{GONE}' else e.kind end"


Done = tuple[bool, str, Sequence[str]]
"""Whether a body was changed, how, and the names of which an issue should tell one."""


@dataclass
class Kind:
    """Counts of one kind of fault. `seen` could be told by anybody from what was served, and `unseen` could not, for
    the reasons in `why_unseen`; `flagged` are of the seen, `also` of the unseen. Events were `invented` (of the unseen:
    `invented_untold`) or `lost`. `alike` read like sound ones, and are none of the `variants`."""

    variants: int = 0
    seen: int = 0
    flagged: int = 0
    named: int = 0
    to_name: int = 0
    unseen: int = 0
    also: int = 0
    invented: int = 0
    invented_untold: int = 0
    lost: int = 0
    alike: int = 0
    recovered: int = 0
    leaks: int = 0
    why_unseen: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    def told(self, what: str) -> None:
        """Keeps an example of what went wrong."""
        if len(self.examples) < _SHOWN:
            self.examples.append(what)


@dataclass
class Healthy:
    """Of rides that nothing struck: how many, and how many issues they opened; and of the sound sources how many were
    harmed by the others."""

    rides: int = 0
    alarms: int = 0
    sound: int = 0
    harmed: int = 0
    examples: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Issued:
    """An issue of a source."""

    code: str
    field: str
    text: str
    opened: datetime
    seen: datetime
    closed: datetime | None


@dataclass(frozen=True)
class Looked:
    """A look: its rows, how many of those of the last complete one are gone, and whether it is complete."""

    rows: int
    gone: int | None
    complete: bool
    content: bytes = field(default=b"", compare=False)
    at: datetime = field(default=datetime.min, compare=False)


@dataclass(frozen=True)
class Held:
    """What a store holds of some sources: issues; the kinds of events that were noted and that are believed, by the
    source's own key; and the rows of the looks by instant."""

    issues: Mapping[str, Sequence[Issued]]
    noted: Mapping[str, set[tuple[str, str]]]
    believed: Mapping[str, set[tuple[str, ...]]]
    looks: Mapping[str, Mapping[datetime, Looked]]
    names: frozenset[str]
    """Words of the names that the sources told."""


def held(store: Store, sources: Sequence[str]) -> Held:
    """Reads it."""
    issues, looks = defaultdict[str, list[Issued]](list), defaultdict[str, dict[datetime, Looked]](dict)
    noted, believed = defaultdict[str, set[tuple[str, str]]](set), defaultdict[str, set[tuple[str, ...]]](set)
    with store.writer.connection() as writer:
        for source, *told in writer.execute(
            "select source, code, field, concat_ws(' ', field, place, reason, remedy), opened_at, seen_at, closed_at "
            "from eyre.source_issue where source = any (%s)",
            [list(sources)],
        ):
            issues[source].append(Issued(*told))
        for source, key, kind in writer.execute(
            f"select distinct e.source, r.source_key, {_KIND} from eyre.event_log l "  # noqa: S608 - names
            "join eyre.event e on e.id = l.event join eyre.record r on r.id = e.record "
            "where l.noted and e.source = any (%s)",
            [list(sources)],
        ):
            noted[source].add((key, kind))
        for source, *told in writer.execute(
            f"select e.source, r.source_key, {_KIND}, e.earliest::text, e.latest::text, e.basis, e.detail "  # noqa: S608
            "from eyre.event e join eyre.record r on r.id = e.record where not withdrawn and e.source = any (%s)",
            [list(sources)],
        ):
            believed[source].add(tuple(told))
        for source, instants, *told in writer.execute(
            "select source, instants, rows, gone, complete, content_hash from eyre.look where source = any (%s)",
            [list(sources)],
        ):
            looks[source] |= {at: replace(Looked(*told), at=at) for at in instants}
        told_names = writer.execute(
            "select distinct p.parts -> '1' ->> 'names' from eyre.record_said p join eyre.record r on r.id = p.record "
            "where r.source = any (%s)",
            [list(sources)],
        )
        names = frozenset(word.casefold() for (text,) in told_names if text for word in _values(text))
    return Held(issues, noted, believed, looks, names - _vocabulary())


def _values(text: str) -> Iterable[str]:
    """The words of the values of a JSON text of names."""
    for value in re.findall(r': "([^"]*)"', text):
        yield from _WORDS.findall(value)


def _vocabulary() -> frozenset[str]:
    """Words that Eyre itself uses in what it says: a name that is one of these is no leak."""
    rooms = [files("eyre") / room for room in ("sources", "service", "custody", "circuit", "errors.py", "model")]
    texts = [path.read_text() for room in rooms for path in (room.rglob("*.py") if room.is_dir() else [room])]  # type: ignore[attr-defined]
    return frozenset(word.casefold() for text in texts for word in _WORDS.findall(text))


def leaked(names: frozenset[str], text: str) -> list[str]:
    """Words of names that stand in a text."""
    return [word for word in _WORDS.findall(text) if word.casefold() in names]


def score(plan: Plan, now: Held, done: Mapping[str, Done], kinds: dict[str, Kind]) -> None:
    """Adds a batch's struck sources to the counts. `done` is what was done to the bodies of some: whether that changed
    them, how, and the names that an issue should tell."""
    for variant in plan.variants:
        if variant.kind is not None and variant.kind not in MESSAGES:
            _score_one(plan, variant, now, done.get(variant.feed.slug), kinds.setdefault(variant.kind.value, Kind()))


def _score_one(plan: Plan, variant: Variant, now: Held, done: Done | None, kind: Kind) -> None:
    source, at = variant.feed.slug, plan.batch.rides[2]
    what = variant.what or (done[1] if done else "")
    if variant.kind in (FaultKind.DRIFT, FaultKind.ENCODING) and done is not None and not done[0]:
        kind.alike += 1  # the page reads as before, word for word: nothing is wrong with it
        return
    kind.variants += 1
    issues = [each for each in now.issues[source] if each.opened <= at <= each.seen]
    if variant.kind not in OUTAGES:  # that it did not answer says nothing of what it would have served
        issues = [each for each in issues if each.code != "not-fetched"]
    kind.codes.update(each.code for each in issues)
    about = f"{source} {variant.feed.wire.value} {variant.feed.release.value} ({what})"
    why = _unseen(plan, variant, now)
    if why:
        kind.unseen += 1
        kind.why_unseen[why] += 1
        kind.also += bool(issues)
    else:
        kind.seen += 1
        kind.flagged += bool(issues)
        if not issues:
            kind.told(f"not flagged: {about}")
    _score_names(issues, () if done is None or why else done[2], kind, about)
    for each in issues:
        if words := leaked(now.names, each.text):
            kind.leaks += 1
            kind.told(f"leak: {about}: {words[:3]}")
    _score_events(variant, now, kind, (about, bool(why)))
    _score_recovery(plan, variant, now, kind, about)


def _score_names(issues: Sequence[Issued], names: Sequence[str], kind: Kind, about: str) -> None:
    if not names or not issues:
        return
    kind.to_name += 1
    text = " ".join(each.text for each in issues)
    if any(name in text for name in names):
        kind.named += 1
    else:
        kind.told(f"not named: {about}: {text[:200]}")


def _score_recovery(plan: Plan, variant: Variant, now: Held, kind: Kind, about: str) -> None:
    """By the ride after the fault what was open is closed, and the list is believed. What a wrong clock or number wrote
    stays written."""
    source, after = variant.feed.slug, plan.batch.rides[3]
    stays = variant.wrongs is not None or variant.pushed
    still = [] if stays else [each.code for each in now.issues[source] if not each.closed or each.closed > after]
    still = [] if not still or all(each.opened > after for each in now.issues[source] if not each.closed) else still
    look = _look(now, source, plan.batch.rides[-1])
    if still or (look is not None and not look.complete):
        kind.told(f"not recovered: {about}: {still}")
    else:
        kind.recovered += 1


def _look(now: Held, source: str, until: datetime, after: datetime | None = None) -> Looked | None:
    """The last look of `source` that is not later than `until`, and later than `after`."""
    at = max((at for at in now.looks[source] if at <= until and (after is None or at > after)), default=None)
    return None if at is None else now.looks[source][at]


def _unseen(plan: Plan, variant: Variant, now: Held) -> str:
    """Why nobody could tell the fault from what was served; empty if it could be told."""
    kind, (before, at) = variant.kind, plan.batch.rides[1:3]
    here, there = _look(now, variant.feed.slug, at, before), _look(now, variant.like, at)
    if kind in (FaultKind.TRUNCATED, FaultKind.CAPPED, FaultKind.SHRUNK, FaultKind.SHIFTED):
        earlier = _look(now, variant.feed.slug, before)
        if here is None or there is None or earlier is None:
            return ""
        if here.content == there.content:
            return "no row is lacking"
        return "" if _declares(variant) else _lacking(variant, (earlier, here, there))
    if kind is FaultKind.STALE:
        if here is None:
            return "the server says that nothing changed (304)"
        if here == there and now.noted[variant.feed.slug] == now.noted[variant.like]:
            return "the copy says what is true"
        if (earlier := _look(now, variant.feed.slug, before)) is not None and earlier.content == here.content:
            return "the copy is the page of the ride before: nothing seems to have happened"
        seen = {look.content for each, look in now.looks[variant.feed.slug].items() if each <= before}
        return "" if here.content in seen else "a copy that was never seen before"
    if kind in (FaultKind.SKEWED, FaultKind.UNSPRUNG):
        if variant.feed.wire in _BY_DAY:
            return "only days are told"
        return "" if variant.told_ahead > AHEAD else "what is told had come by then"
    return {
        FaultKind.SEALED: "a row that is gone may have left",
        FaultKind.CORRECTED: "a correction is no fault of the delivery",
    }.get(kind or FaultKind.RESET, "")


def _lacking(variant: Variant, looks: tuple[Looked, Looked, Looked]) -> str:
    """Why rows that are lacking could not be told from rows that left."""
    before, here, there = looks
    if here.rows >= there.rows and variant.kind is not FaultKind.SHIFTED:
        return "no row is lacking"
    if not variant.feed.rule.absence_speaks:
        return "nothing is concluded from absence here, and no end is marked"
    if variant.kind is FaultKind.SHIFTED and float(variant.what) < 0:
        return ""
    if (here.gone or 0) <= (there.gone or 0):
        return "no row that was listed before is lacking"
    if variant.kind in (FaultKind.CAPPED, FaultKind.TRUNCATED):
        return ""
    custody = manifest_at(variant.feed, "http://127.0.0.1/").custody
    may = plausibly_gone(before.rows, here.at - before.at + custody.lag, custody.most_shrink)
    return "no more rows are lacking than may have left" if (here.gone or 0) <= may else ""


def _declares(variant: Variant) -> bool:
    """Whether the page declares a total that it does not list. One of a list that was capped declares what is left, and
    so do half of those that shrank."""
    feed, fault = variant.feed, variant.fault
    shrank_so = variant.kind is FaultKind.SHRUNK and fault is not None and fault.begins % 2 == 1
    of_all = shrank_so or variant.kind not in (FaultKind.CAPPED, FaultKind.SHRUNK)
    return feed.declares_total and of_all and feed.wire in (Wire.JAILTRACKER, Wire.ZUERCHER, Wire.FIXED_WIDTH)


def _score_events(variant: Variant, now: Held, kind: Kind, told: tuple[str, bool]) -> None:
    """Nothing was told that the sound source of the same rows was not told; in the end nothing is lacking."""
    about, untold = told
    mine, sound = now.noted[variant.feed.slug], now.noted[variant.like]
    held_mine, held_sound = now.believed[variant.feed.slug], now.believed[variant.like]
    believed = {(key, what) for key, what, *_ in held_mine}
    lacking = {(key, what) for key, what, *_ in held_sound} - believed
    extra = mine - sound
    if variant.wrongs is not None:  # a wrong clock, or a number given again, makes another key
        extra = _more(now.noted[variant.feed.slug], now.noted[variant.like])
        lacking = _more(now.believed[variant.like], now.believed[variant.feed.slug])
    if variant.kind is FaultKind.SEALED:
        gone = {key for key, what in extra if what in ("disappeared", GONE)}
        extra = {event for event in extra if event[1] != GONE or len(gone) > 1}
        lacking = set()
    if variant.kind is FaultKind.CORRECTED:
        extra, lacking = {event for event in extra if event[1] in ("booked", "released", GONE)}, set()
    if extra:
        kind.invented += not untold
        kind.invented_untold += untold
        kind.told(f"invented{' (cannot be told)' * untold}: {about}: {dict(Counter(what for _, what in extra))}")
    if lacking:
        kind.lost += 1
        kind.told(f"lost: {about}: {dict(Counter(what for _, what in lacking))}")


def _more(these: Set[tuple[str, ...]], those: Set[tuple[str, ...]]) -> set[tuple[str, str]]:
    """Kinds of events of which there are more here than there, whatever their keys."""
    here, there = (Counter(what for _, what, *_ in each) for each in (these, those))
    return {("", what) for what in here if here[what] > there[what]}


def score_healthy(plan: Plan, now: Held, alone: Held, healthy: Healthy) -> None:
    """Adds the sound sources, and the rides of the others that nothing struck."""
    struck = plan.batch.rides[2]
    for variant in plan.variants:
        source = variant.feed.slug
        healthy.rides += len(plan.batch.rides) - (variant.kind is not None)
        alarms = [each for each in now.issues[source] if variant.kind is None or each.opened < struck]
        healthy.alarms += len(alarms)
        for each in alarms:
            _keep(healthy, f"alarm: {source} {variant.feed.wire.value} {each.code} {each.field}: {each.text[:120]}")
        if variant.kind is None:
            healthy.sound += 1
            same = now.believed[source] == alone.believed[source] and now.noted[source] == alone.noted[source]
            healthy.harmed += not same
            if not same:
                _keep(healthy, f"harmed: {source}")


def _keep(healthy: Healthy, what: str) -> None:
    if len(healthy.examples) < _SHOWN:
        healthy.examples.append(what)


def manifest_words(plan: Plan) -> frozenset[str]:
    """Words of the manifests, which issues may tell."""
    texts = [manifest_text(each.feed) for each in plan.variants]
    return frozenset(word.casefold() for text in texts for word in _WORDS.findall(text))
