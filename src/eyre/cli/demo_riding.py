"""The demonstration: the invented state comes up, every source is looked at once, and then its time runs."""

import hashlib
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace

from eyre.api.address import Address, bind, url_of
from eyre.bootstrap.circuit import PURPOSE, Circuit, Rides, Told, open_circuit
from eyre.bootstrap.clock import now
from eyre.bootstrap.invented_country import Country, invented_country, is_of_the_country
from eyre.bootstrap.open_house import House
from eyre.circuit.ride_source import Ridden, RideEnd
from eyre.cli.circuit_listening import Listens, answering
from eyre.cli.demo_told import Counts, Teller, Tick
from eyre.model.record import RecordClass
from eyre.resolve.model import Model, default_model
from eyre.service.circuit_status import CircuitStatus, circuit_status
from eyre.service.commit_look import Taken
from eyre.service.demo import DemoStory, Seen, count_seen, import_sources, refuse_other_sources, tell_story
from eyre.service.import_delivery import Imported
from eyre.service.joined_person import JoinedPerson, joined_person
from eyre.service.newest_events import NewEvent, newest_events
from eyre.service.open_view import open_view
from eyre.service.rekey import ensure_keys
from eyre.service.resolve_records import Resolved
from eyre.service.source_status import source_statuses
from eyre.sim.serve.push import Listener
from eyre.sources.catalogue import invented_sources, town_sources
from eyre.sources.manifest import Manifest

_REFRESH = 0.5  # seconds
_MOST_EVENTS = 200
"""Entries of the log that are taken up at once; if more came since the last time, the oldest are passed over."""
_MOST_ASKED = 6
"""Records of whom it is asked at once who they are: each takes a hundredth of a second, and rides need the rest."""
_NEW_RECORDS = ("booked", "case_filed", "supervision_began")
_FIRST_SPEED = 1.0
"""While every source is looked at for the first time, which takes as long as it takes, time goes as in the world."""


@dataclass(frozen=True)
class Plan:
    """How long the state is watched (seconds), how fast its time goes, and whether it has the faults of real places."""

    seconds: float
    speed: float
    faults: bool


@dataclass(frozen=True)
class Demonstrated:
    """What was read beforehand, how many persons the first look made, what was counted, how the circuit stood in the
    end and how many hours had gone by there; by which doors how many sources came; who was joined; and the story of
    one person."""

    imported: tuple[Imported, ...]
    first: Seen
    counts: Counts
    status: CircuitStatus
    hours: float
    doors: Mapping[str, int]
    joined: tuple[JoinedPerson, ...]
    story: DemoStory


@dataclass
class _Counting:
    """Counts what rides and deliveries bring; told of them on several threads."""

    counts: Counts = field(default_factory=Counts)
    ridden: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note_ride(self, ride: Ridden) -> None:
        with self.lock:
            self.ridden.add(ride.source)
            self.counts.rides += 1
            self.counts.trouble += ride.end is RideEnd.TROUBLE
            for taken in ride.taken:
                self._add(taken)

    def note_sent(self, taken: Taken) -> Taken:
        with self.lock:
            self.counts.sent += 1
            self._add(taken)
        return taken

    def note_persons(self, batch: Resolved) -> None:
        with self.lock:
            self.counts.records += batch.records
            self.counts.persons += batch.persons
            self.counts.known += batch.known

    def so_far(self) -> Counts:
        with self.lock:
            return replace(self.counts)

    def _add(self, taken: Taken) -> None:
        self.counts.rows += taken.rows
        self.counts.noted += taken.noted
        self.counts.withdrawn += taken.withdrawn


def demonstrate(house: House, plan: Plan, teller: Teller, compiled: Callable[[], object]) -> Demonstrated:
    """Runs the whole of it; `compiled` returns when what puts persons together is compiled. Ctrl-C ends the watching
    early. Raises `InputError` EYRE-402 where the store holds others than invented sources."""
    model, store = default_model(), house.store
    shipped = invented_sources()
    ours = {folder.manifest.id for folder in (*shipped, *town_sources())}
    refuse_other_sources(store, lambda source: source in ours or is_of_the_country(source))
    imported = import_sources(store, model, shipped, now(), lambda title: teller.begin(f"Reading {title}"))
    ensure_keys(store, model)
    counting = _Counting()
    teller.begin("Drawing an invented state and starting its servers")
    with _state(house, model, plan, counting) as (country, circuit):
        began = country.clock()
        _look_first(house, country, counting, teller)
        country.introduce()
        teller.begin("Compiling what compares records (once, after installation)")
        compiled()
        teller.begin("Comparing records and putting persons together")
        first = count_seen(store, model)
        teller.looked(country.manifests, first, circuit_status(store, now=country.clock()))
        circuit.changed.forget()
        circuit.changed.start()
        country.clock.go(plan.speed)
        joined = _Watching(house, model, country, counting).watch(plan.seconds, teller)
        ended = country.clock()
    teller.begin("Explaining one person")
    status = circuit_status(store, now=ended)
    hours = round((ended - began).total_seconds() / 3600, 1)
    story = tell_story(store, model, _telling(country, joined))
    people = tuple(each.person for each in joined)
    return Demonstrated(imported, first, counting.so_far(), status, hours, _doors(country), people, story)


@contextmanager
def _state(house: House, model: Model, plan: Plan, counting: _Counting) -> Iterator[tuple[Country, Circuit]]:
    """The state, its time standing still, and a circuit that rides it and listens to what it sends."""
    token = secrets.token_urlsafe()
    with closing(bind(Address("127.0.0.1", 0), tokens_given=True)) as at:
        listener = Listener(f"{url_of(at)}/sources/{{slug}}/messages", token)
        with invented_country(house.store, listener, faults=plan.faults) as country:
            digest = hashlib.sha256(token.encode()).digest()
            listens = Listens(at, dict.fromkeys(country.pushing, (digest,)))
            rides = Rides(country.manifests, country.clock, country.sftp_keys, country.files_clock)
            told = Told(counting.note_ride, counting.note_persons)
            with open_circuit(house.store, model, rides, told, resolving=False) as circuit:

                def receive(manifest: Manifest, body: bytes) -> Taken:
                    return counting.note_sent(circuit.receive(manifest, body))

                with answering(listens, house, replace(circuit, receive=receive)), _riding(circuit):
                    yield country, circuit


@contextmanager
def _riding(circuit: Circuit) -> Iterator[None]:
    riding = threading.Thread(target=circuit.worker.run, name="riding")
    riding.start()
    try:
        yield
    finally:
        circuit.worker.stop.set()
        riding.join()


def _look_first(house: House, country: Country, counting: _Counting, teller: Teller) -> None:
    """Waits until every source that is due has been ridden once."""
    now = country.clock()
    due = {
        each.source
        for each in source_statuses(house.store, now=now)
        if each.next_due is not None and each.next_due <= now
    }
    country.clock.go(_FIRST_SPEED)
    while left := len(due - counting.ridden):
        teller.begin(f"Looking at every source for the first time: {len(due) - left} of {len(due)}")
        time.sleep(_REFRESH)


@dataclass(frozen=True)
class _Joined:
    """A record by its number, and who it turned out to be."""

    number: int
    person: JoinedPerson


@dataclass
class _Watching:
    """What happens, taken up again and again; `last` is the number of the last entry of the log that was."""

    house: House
    model: Model
    country: Country
    counting: _Counting
    last: int = 0
    waiting: dict[int, None] = field(default_factory=dict)
    joined: list[_Joined] = field(default_factory=list)

    def watch(self, seconds: float, teller: Teller) -> list[_Joined]:
        """Tells what happens for so long, or until Ctrl-C; gives who was joined meanwhile."""
        before = newest_events(self.house.store, after=0, most=1)
        self.last = before[-1].number if before else 0
        until = time.monotonic() + seconds
        try:
            while (left := until - time.monotonic()) > 0:
                teller.tick(self._tick(left))
                time.sleep(min(_REFRESH, max(until - time.monotonic(), 0)))
        except KeyboardInterrupt:
            teller.begin("Ending the rides under way")
        return self.joined

    def _tick(self, left: float) -> Tick:
        at = self.country.clock()
        fresh = newest_events(self.house.store, after=self.last, most=_MOST_EVENTS)
        self.last = fresh[-1].number if fresh else self.last
        status = circuit_status(self.house.store, now=at)
        return Tick(at, left, status, self.counting.so_far(), fresh, self._who_they_are(fresh))

    def _who_they_are(self, fresh: list[NewEvent]) -> list[JoinedPerson]:
        """The new records of `fresh` that are of persons whom other sources know, and the records that waited."""
        self.waiting |= {event.record: None for event in fresh if event.noted and event.kind in _NEW_RECORDS}
        asked = [self.waiting.popitem()[0] for _ in range(min(_MOST_ASKED, len(self.waiting)))]
        found = []
        if asked:
            with open_view(self.house.store, PURPOSE) as session:
                for record in asked:
                    person = joined_person(session, self.model, record)
                    if person is not None:
                        found.append(_Joined(record, person))
        self.joined += found
        return [each.person for each in found]


def _telling(country: Country, joined: list[_Joined]) -> set[int]:
    """The records whose persons are worth a story: of those who came while time ran the ones that were held elsewhere
    before; else all."""

    def holds(source: str) -> bool:
        manifest = country.manifests.get(source)
        return manifest is not None and manifest.kind in (RecordClass.CUSTODY, RecordClass.CORRECTIONS)

    held = {each.number for each in joined if holds(each.person.source) and holds(each.person.other_source)}
    here = {each.number for each in joined if holds(each.person.source)}
    return held or here or {each.number for each in joined}


def _doors(country: Country) -> dict[str, int]:
    schemes: list[str] = [each.fetch.scheme for each in country.manifests.values() if each.fetch is not None]
    names = {"http": "HTTP", "sftp": "SFTP", "file": "folder", "push": "push"}
    return {name: schemes.count(scheme) for scheme, name in names.items()}
