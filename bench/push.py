"""How soon an event that a source sends is there for those who may see it: `python -m bench.push`.

A circuit listens, as `eyre circuit run --listen` does, on a PostgreSQL server of its own that writes to disk. Jails
send bookings and releases, a message a request, first one jail and then several at once. After each answer a reader
opens a session under a purpose and asks for the record's events. What one bare commit takes is measured before and
after, on the same server. Prints a table and writes `bench/results/push.json`.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import quote

import httpx2
import numpy as np
import psycopg
import yaml
from psycopg.conninfo import conninfo_to_dict
from rich.console import Console
from rich.table import Table

from bench.own_server import own_server, scratch_folder
from eyre.ids import record_id
from eyre.service.open_view import open_view
from eyre.sources.catalogue import shipped_source
from eyre.store.open_store import Store, StoreSettings, open_for_a_while
from eyre.store.reader_events import visible_events
from eyre.store.server.database import make_database

RESULTS = Path(__file__).parent / "results/push.json"
MODEL_JAIL = "oz_port_wren_jail"
PURPOSE = "custody_operations"
TOKEN = "a token for the benchmark"  # noqa: S105 # it opens nothing else
LAST_NAMES = "ABBOTT BARLOW CASTILLO DRUMMOND ELLIS FORTUNE GALLO HENDRY IVERSEN JACOBI KNOX LARUE MERCER NOVAK".split()
FIRST_NAMES = "ALEX BLAKE CASEY DREW ELLIOT FRANKIE GRAY HAYDEN INDIGO JORDAN KELLY LOGAN MORGAN NICO".split()
WARM_UP = 20
_COMMITS = 300
_HELD_AT_ONCE = 2_000
_MOST_LOOKS = 1_000
_MOST_SECONDS = 30


@dataclass(frozen=True)
class Sent:
    """Seconds from the first byte sent to the answer, to the event being seen by a reader, and, from the answer, until
    the person was put together; whether the first look showed the event."""

    answered: float
    seen: float
    at: float
    changed: int
    at_first_look: bool


@dataclass(frozen=True)
class Figures:
    """Milliseconds of so many senders at once; `commits` is the median answer in bare commits."""

    senders: int
    pushes: int
    answered_p50: float
    answered_p99: float
    seen_p50: float
    seen_p90: float
    seen_p99: float
    seen_most: float
    together_p99: float
    a_second: float
    commits: float


def main() -> None:
    """Prints a table and writes the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pushes", type=int, default=500, help="for each number of senders")
    parser.add_argument("--held", type=int, default=20_000, help="bookings that are there before")
    parser.add_argument("--senders", default="1,4")
    chosen = parser.parse_args()
    turns = list(map(int, chosen.senders.split(",")))
    console = Console(width=None if sys.stdout.isatty() else 120)
    load = os.getloadavg()[0]
    with scratch_folder() as folder, own_server(folder) as server:
        owner_url = make_database(server)
        with (
            open_for_a_while(StoreSettings(owner_url)) as store,
            _circuit(folder, owner_url, max(turns)) as circuit,
        ):
            console.print(f"{chosen.held:,} bookings are sent before")
            _hold(circuit, chosen.held)
            _all_resolved(circuit)
            before = bare_commits(owner_url)
            sent = {many: _send(circuit, store, many, chosen.pushes) for many in turns}
            commit = float(np.median(before + bare_commits(owner_url)))
    figures = [_figures(many, each, seconds, commit) for many, (each, seconds) in sent.items()]
    console.print(_table(figures))
    first = sum(each.at_first_look for some, _ in sent.values() for each in some)
    console.print(
        f"{first:,} of {sum(each.pushes for each in figures):,} events were seen by the first look after the answer; a "
        f"bare commit took {commit * 1000:.2f} ms (median of {2 * _COMMITS}); the machine has {os.cpu_count()} cores, "
        f"its load was {load:.1f} at the start and {os.getloadavg()[0]:.1f} at the end."
    )
    RESULTS.parent.mkdir(exist_ok=True)
    told = {"held": chosen.held, "bare_commit_ms": round(commit * 1000, 3), "load": round(load, 2)}
    RESULTS.write_text(json.dumps(told | {"figures": [asdict(each) for each in figures]}, indent=2) + "\n", "utf-8")


def bare_commits(owner_url: str) -> list[float]:
    """Seconds that each of some transactions took that insert one row and nothing else."""
    taken = []
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute("create table if not exists public.bare (number bigint primary key)")
        owner.execute("truncate public.bare")
        for number in range(_COMMITS):
            began = time.perf_counter()
            owner.execute("insert into public.bare values (%s)", [number], prepare=True)
            taken.append(time.perf_counter() - began)
    return taken


@dataclass
class Circuit:
    """A running circuit: where it listens, when how many changed records had been put together, and how many changed
    for which it was told so."""

    url: str
    process: "subprocess.Popen[str]"
    resolved: list[tuple[float, int]] = field(default_factory=list)
    changed: int = 0
    counting: threading.Lock = field(default_factory=threading.Lock)

    @property
    def together(self) -> int:
        """How many changed records were put together so far."""
        return self.resolved[-1][1] if self.resolved else 0

    def listen(self) -> None:
        """Notes what it prints, until it ends."""
        assert self.process.stdout is not None  # noqa: S101 # it is a pipe
        many = 0
        for line in self.process.stdout:
            if batch := json.loads(line).get("resolved"):
                many += batch["records"]
                self.resolved.append((time.perf_counter(), many))


@contextmanager
def _circuit(folder: Path, owner_url: str, senders: int) -> Iterator[Circuit]:
    sources = folder / "sources"
    digest = hashlib.sha256(TOKEN.encode()).hexdigest()
    body = yaml.safe_load((shipped_source(MODEL_JAIL).path / "manifest.yaml").read_text(encoding="utf-8"))
    body.pop("sample")
    for number in range(senders):
        (sources / _jail(number)).mkdir(parents=True)
        told = yaml.safe_dump(body | {"id": _jail(number), "fetch": {"url": "push:"}})
        (sources / _jail(number) / "manifest.yaml").write_text(told, encoding="utf-8")
    tokens = folder / "tokens"
    tokens.write_text("".join(f"{_jail(number)} {digest}\n" for number in range(senders)), encoding="utf-8")
    command = [sys.executable, "-m", "eyre", "circuit", "run", str(sources), "--listen", "127.0.0.1:0", "--json"]
    settings = {"EYRE_DATABASE_URL": as_url(owner_url), "EYRE_PUSH_TOKENS": str(tokens)}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, **settings})
    try:
        assert process.stdout is not None  # noqa: S101 # it is a pipe
        circuit = Circuit(json.loads(process.stdout.readline())["listening"], process)
        threading.Thread(target=circuit.listen, daemon=True).start()
        yield circuit
    finally:
        process.terminate()
        process.wait()


def _hold(circuit: Circuit, many: int) -> None:
    with httpx2.Client() as client:
        for first in range(0, many, _HELD_AT_ONCE):
            numbers = range(first, min(first + _HELD_AT_ONCE, many))
            _post(client, circuit, 0, b"".join(_message(f"HELD-{number}", number, "add") for number in numbers))


def _send(circuit: Circuit, store: Store, senders: int, pushes: int) -> tuple[list[Sent], float]:
    """What each of `senders` saw, which send side by side, and the seconds that all took, the warming up left out."""
    for number in range(senders):
        _sender(circuit, store, senders, (number, WARM_UP, "warm"))
    _all_resolved(circuit)
    ready = circuit.together
    began = time.perf_counter()
    with ThreadPoolExecutor(senders) as pool:
        each = [
            pool.submit(_sender, circuit, store, senders, (number, pushes // senders, "")) for number in range(senders)
        ]
        sent = sorted((push for some in each for push in some.result()), key=lambda push: push.at)
    seconds = time.perf_counter() - began
    _all_resolved(circuit)
    return _put_together(circuit, sent, ready), seconds


def _sender(circuit: Circuit, store: Store, senders: int, what: tuple[int, int, str]) -> list[Sent]:
    jail, many, kind = what
    sent = []
    with httpx2.Client() as client:
        for turn in range(many):
            released, number = (0, turn) if kind else divmod(turn, (many + 1) // 2)  # all are booked, then released
            booking = f"{kind}{senders}-{jail}-{number}"
            record = record_id(store.record_key, _jail(jail), booking)
            message = _message(booking, number, "update" if released else "add", released=bool(released))
            began = time.perf_counter()
            changed = _post(client, circuit, jail, message)["changed"]
            answered = time.perf_counter()
            looks = 0
            while _events(store, record) <= released:
                looks += 1
                if looks > _MOST_LOOKS:
                    raise RuntimeError("an event that was sent is not to be seen")
            seen = time.perf_counter()
            sent.append(Sent(answered - began, seen - began, answered, changed, looks == 0))
    return sent


def _events(store: Store, record: int) -> int:
    with open_view(store, PURPOSE) as session:
        return len(visible_events(session, [record]))


def _all_resolved(circuit: Circuit) -> None:
    """Waits until every record that changed was put together. One that changed twice within a fifth of a second is put
    together once; for it there is no waiting."""
    until = time.monotonic() + _MOST_SECONDS
    while circuit.together < circuit.changed and time.monotonic() < until:
        time.sleep(0.05)


def _put_together(circuit: Circuit, sent: list[Sent], ready: int) -> list[Sent]:
    """The same, with when the changed records of each push were put together instead of when it was answered: batches
    take records in the order in which they came."""
    told, many = [], ready
    for push in sent:
        many += push.changed
        at = next((at for at, total in circuit.resolved if total >= many), float("nan"))
        told.append(Sent(push.answered, push.seen, at - push.at, push.changed, push.at_first_look))
    return told


def _post(client: httpx2.Client, circuit: Circuit, jail: int, messages: bytes) -> dict[str, int]:
    body = b'<bk:Messages xmlns:bk="http://oz.example/booking/1.0" %s>%s</bk:Messages>' % (_NAMESPACES, messages)
    headers = {"authorization": f"Bearer {TOKEN}"}
    answer = client.post(f"{circuit.url}/sources/{_jail(jail)}/messages", content=body, headers=headers, timeout=300)
    told: dict[str, int] = answer.raise_for_status().json()
    if told["issues"]:
        raise RuntimeError(f"{told['issues']} issues")
    with circuit.counting:
        circuit.changed += told["changed"]
    return told


_NAMESPACES = (
    b'xmlns:j="https://docs.oasis-open.org/niemopen/ns/model/domains/justice/6.0/" '
    b'xmlns:nc="https://docs.oasis-open.org/niemopen/ns/model/niem-core/6.0/"'
)


def _message(booking: str, number: int, operation: str, *, released: bool = False) -> bytes:
    day, minute = 1 + number // 1_440 % 28, number % 1_440
    at = f"2026-04-{day:02}T{minute // 60:02}:{minute % 60:02}"
    end = f"<j:BookingRelease><nc:ActivityDate>{at}:50</nc:ActivityDate></j:BookingRelease>" if released else ""
    given, surname = FIRST_NAMES[number % 14], LAST_NAMES[number // 14 % 14] + LAST_NAMES[number // 196 % 14].lower()
    birth = f"{1950 + number % 55}-{1 + number // 7 % 12:02}-{1 + number // 3 % 28:02}"
    return (
        f"<bk:BookingMessage><bk:MessageOperationCode>{operation}</bk:MessageOperationCode>"
        f"<bk:MessageDateTime>{at}:{55 if released else 30}</bk:MessageDateTime>"
        f"<j:BookingAgencyRecordIdentification>{booking}</j:BookingAgencyRecordIdentification>"
        f"<nc:ActivityDate>{at}:00</nc:ActivityDate>{end}"
        f"<j:BookingSubject><nc:PersonName><nc:PersonGivenName>{given}</nc:PersonGivenName>"
        f"<nc:PersonSurName>{surname}</nc:PersonSurName></nc:PersonName>"
        f"<nc:PersonBirthDate>{birth}</nc:PersonBirthDate><nc:PersonSexCode>M</nc:PersonSexCode></j:BookingSubject>"
        "<j:Charge><j:ChargeSequenceID>1</j:ChargeSequenceID><j:ChargeDescriptionText>STEALING</j:ChargeDescriptionText>"
        "</j:Charge></bk:BookingMessage>"
    ).encode()


def _jail(number: int) -> str:
    return f"bench_jail_{number}"


def as_url(conninfo: str) -> str:
    """A connection string of keywords as a URL."""
    parts = conninfo_to_dict(conninfo)
    user, password, host = (quote(str(parts[name]), safe="") for name in ("user", "password", "host"))
    return f"postgresql://{user}:{password}@/{parts['dbname']}?host={host}&port={parts['port']}"


def _figures(senders: int, sent: list[Sent], seconds: float, commit: float) -> Figures:
    answered, seen = ([each.answered for each in sent], [each.seen for each in sent])
    return Figures(
        senders=senders,
        pushes=len(sent),
        answered_p50=_percentile(answered, 50),
        answered_p99=_percentile(answered, 99),
        seen_p50=_percentile(seen, 50),
        seen_p90=_percentile(seen, 90),
        seen_p99=_percentile(seen, 99),
        seen_most=_percentile(seen, 100),
        together_p99=_percentile([each.at for each in sent], 99),
        a_second=round(len(sent) / seconds, 1),
        commits=round(float(np.median(answered)) / commit, 1),
    )


def _percentile(seconds: list[float], share: int) -> float:
    return round(float(np.nanpercentile(seconds, share)) * 1000, 2)


def _table(figures: list[Figures]) -> Table:
    table = Table(title="From sending an event to its being seen under a purpose (milliseconds)")
    headings = "senders,pushes,answered p50,p99,seen p50,p90,p99,most,together p99,pushes/s,in bare commits"
    for heading in headings.split(","):
        table.add_column(heading, justify="right")
    for each in figures:
        many, pushes, *rest = asdict(each).values()
        table.add_row(str(many), f"{pushes:,}", *(f"{value:,.1f}" for value in rest))
    return table


if __name__ == "__main__":
    main()
