"""What is done to a circuit while it rides, and how often it was felt."""

import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from bench.crew import Crew, Rider
from bench.faulty_proxy import FaultyProxy
from bench.ride_steps import Board
from bench.small_disk import SmallDisk
from bench.struck_server import StruckServer

UNFELT = 30.0
"""Seconds after which a disturbance that nobody felt ends."""
NO_ROOM = "full disk"
_ANYBODY = 0.15
"""Of the kills, how many hit a worker whatever it is at."""


@dataclass
class Field:
    """What can be disturbed. `disks` by what lies on them: nothing where no small disks can be made."""

    crew: Crew
    board: Board
    server: StruckServer
    to_store: FaultyProxy
    to_sources: FaultyProxy
    disks: dict[str, SmallDisk]
    lease: float
    chance: random.Random
    stopped: Rider | None = None


@dataclass(frozen=True)
class Kind:
    """One kind of disturbance: `begin` tells whether it could be done, `end` undoes it after so many seconds. It was
    felt if riders said one of `signs` meanwhile; one that `persists` goes on until it is, and each until it is
    `enough`."""

    name: str
    begin: Callable[[Field], bool]
    end: Callable[[Field], None] = lambda _: None
    lasts: tuple[float, float] = (1.0, 2.0)
    signs: tuple[str, ...] = ()
    persists: bool = False
    enough: Callable[[Field], bool] = lambda _: True


def _done(act: Callable[[Field], object]) -> Callable[[Field], bool]:
    def begin(field: Field) -> bool:
        act(field)
        return True

    return begin


def _stop_one(field: Field) -> bool:
    field.stopped = field.crew.stop(field.chance, field.board.holds)
    return field.stopped is not None


def _taken_over(field: Field) -> bool:
    """Whether others ride by now what the stopped one held."""
    return field.stopped is None or field.board.holds(field.stopped.name) == 0


def _let_go_on(field: Field) -> None:
    if field.stopped is not None and field.stopped in field.crew.riders:
        field.crew.go_on(field.stopped)
    field.stopped = None


def _revive(field: Field) -> None:
    field.server.start_if_dead()


def _fill_log(field: Field) -> None:
    field.disks["log"].fill()
    field.server.switch_log(12)


def _make_room(name: str) -> Callable[[Field], None]:
    def end(field: Field) -> None:
        field.disks[name].make_room()
        field.server.start_if_dead()

    return end


_STORE = ("log: ", "ended: ")
_WEB = ("trouble: timed-out", "trouble: broken-off", "trouble: unreachable", "trouble: busy")
KINDS = (
    Kind("worker stopped past its lease", _stop_one, _let_go_on, (1.5, 3.0), ("lost",), enough=_taken_over),
    Kind("database restarted, fast", _done(lambda f: f.server.restart("fast")), signs=_STORE),
    Kind("database restarted, immediate", _done(lambda f: f.server.restart("immediate")), signs=_STORE),
    Kind("database connection's process killed", lambda f: f.server.kill_backend(f.chance), signs=_STORE),
    Kind(
        "database killed, and started again",
        lambda f: f.server.kill_postmaster(),
        _revive,
        (0.5, 4.0),
        signs=_STORE,
    ),
    Kind("store: cut in a question", _done(lambda f: f.to_store.cut_question()), signs=_STORE),
    Kind(
        "store: cut in an answer",
        _done(lambda f: f.to_store.cut_answer(f.chance.randrange(1, 5_000))),
        signs=_STORE,
        persists=True,
    ),
    Kind(
        "store: answers lost, then cut",
        _done(lambda f: f.to_store.lose_answers()),
        lambda f: f.to_store.clear(),
        (0.1, 1.0),
        signs=_STORE,
    ),
    Kind("store: refused", _done(lambda f: f.to_store.refuse()), lambda f: f.to_store.clear(), (0.5, 4.0), _STORE),
    Kind("store: stands still", _done(lambda f: f.to_store.stall()), lambda f: f.to_store.clear(), (1.0, 4.0)),
    Kind("store: slow", _done(lambda f: f.to_store.slow(200_000)), lambda f: f.to_store.clear(), (1.0, 4.0)),
    Kind("sources: cut in a question", _done(lambda f: f.to_sources.cut_question()), signs=_WEB, persists=True),
    Kind(
        "sources: cut in an answer",
        _done(lambda f: f.to_sources.cut_answer(f.chance.randrange(1, 5_000))),
        signs=_WEB,
        persists=True,
    ),
    Kind(
        "sources: refused",
        _done(lambda f: f.to_sources.refuse()),
        lambda f: f.to_sources.clear(),
        (0.5, 3.0),
        _WEB,
        persists=True,
    ),
    Kind(
        "sources: stand still",
        _done(lambda f: f.to_sources.stall()),
        lambda f: f.to_sources.clear(),
        (1.0, 2.0),
        _WEB,
        persists=True,
    ),
    Kind("sources: slow", _done(lambda f: f.to_sources.slow(20_000)), lambda f: f.to_sources.clear(), (1.0, 4.0)),
)
ON_DISKS = (
    Kind(
        f"{NO_ROOM} of the database's tables",
        _done(lambda f: f.disks["tables"].fill()),
        _make_room("tables"),
        (1.0, 2.0),
        ("DiskFull",),
        persists=True,
    ),
    Kind(f"{NO_ROOM} of the database's log", _done(_fill_log), _make_room("log"), (2.0, 4.0), _STORE, persists=True),
    Kind(
        f"{NO_ROOM} of raw deliveries",
        _done(lambda f: f.disks["blobs"].fill()),
        _make_room("blobs"),
        (1.0, 2.0),
        ("trouble: EYRE-211",),
        persists=True,
    ),
)


@dataclass
class Disturbing:
    """Deals `kills` and the other disturbances, spread over the ride; called in the breaks of a step. By the end of it
    a share of `dealt` of them may have been dealt."""

    on: Field
    kills: int
    others: list[Kind]
    dealt: float = 0.0
    done: Counter[str] = field(default_factory=Counter)
    felt: Counter[str] = field(default_factory=Counter)
    killed: Counter[str] = field(default_factory=Counter)
    revived: int = 0
    _next_kill: float = 0.0
    _anybody: bool = False
    _now: Kind | None = None
    _last: Kind | None = None
    _ends: float = 0.0
    _began: float = 0.0
    _before: int = 0
    _of: int = 0

    def __post_init__(self) -> None:
        self.on.chance.shuffle(self.others)
        self._of = len(self.others)

    @property
    def over(self) -> bool:
        """Whether everything was dealt."""
        return self.killed.total() >= self.kills and not self.others and self._now is None

    def __call__(self, left: int | None) -> bool:
        """Goes on with `left` rides to be made (nothing: the database is away). Tells whether the step may end."""
        self.on.crew.look_after()
        at = time.monotonic()
        if self._now is not None:
            self._perhaps_end(self._now, at)
        elif left is None:
            self.revived += self.on.server.start_if_dead()
        elif left and self.others and self._turn():
            self._begin(at)
        if left != 0 and at >= self._next_kill and self.killed.total() < min(self.dealt, 1.0) * self.kills:
            self._kill(at)
        return self._now is None or self._now.persists

    def account(self) -> None:
        """Counts the last disturbance, which may have been felt after it was over."""
        if self._last is not None:
            self.done[self._last.name] += 1
            if self._last.signs:
                self.felt[self._last.name] += self._signs(self._last) > self._before
        self._last = None

    def _kill(self, at: float) -> None:
        """Most kills are to hit one that rides, somewhere in its ride; the others whoever it is."""
        alive, riding = self.on.crew.alive(), self.on.board.riding()
        if not self._anybody and riding is not None:
            alive = [each for each in alive if each.name in riding]
        if not alive:
            return  # at the next look, then
        time.sleep(self.on.chance.uniform(0.0, 0.05))
        what = self.on.crew.kill(self.on.chance.choice(alive), self.on.board.holds)
        self.killed.update([what] if what else [])
        self._next_kill = at + self.on.chance.uniform(0.0, 0.8)
        self._anybody = self.on.chance.random() < _ANYBODY

    def _turn(self) -> bool:
        """Whether another kind is due, so that they are spread among the kills."""
        share = self.killed.total() / self.kills if self.kills else 1.0
        return (self._of - len(self.others)) / self._of <= min(share, self.dealt)

    def _begin(self, at: float) -> None:
        self.account()
        kind = self.others[-1]
        self._before = self._signs(kind)
        if not kind.begin(self.on):
            return  # nobody is there to be struck: at the next look, then
        self.others.pop()
        self._now, self._began = kind, at
        self._ends = time.monotonic() + self.on.chance.uniform(*kind.lasts)

    def _perhaps_end(self, kind: Kind, at: float) -> None:
        unfelt = kind.persists and self._signs(kind) == self._before
        if at < self._ends or ((unfelt or not kind.enough(self.on)) and at - self._began < UNFELT):
            return
        kind.end(self.on)
        self._now, self._last = None, kind

    def _signs(self, kind: Kind) -> int:
        said = self.on.crew.said
        return sum(count for what, count in said.items() if any(sign in what for sign in kind.signs))
