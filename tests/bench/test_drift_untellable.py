"""What is excused when it was not flagged: only what nobody could have told."""

from collections.abc import Sequence

import pytest

from bench.drift_untellable import FEWER, SLIP, untellable
from tests.sources.reading import AS_OF, manifest


def _csv(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in ("NO,NAME,CHARGE", *lines)).encode()


@pytest.mark.parametrize(
    ("lines", "listed", "changes"),
    [
        (("1,A,STEALIXG", "2,B,STEALING"), SLIP, SLIP),
        (("1,A,STEALING", "2,B,STEALI NG"), SLIP, SLIP),
        (("1,A,STEALIXXXXXNG", "2,B,STEALING"), "", ""),
        (("1,A,STE{LING", "2,B,STEALING"), "", ""),
        (("1,A,STE\u00c4LING", "2,B,STEALING"), "", ""),
        (("2,B,STEALING",), "", FEWER),
        ((), "", FEWER),
        (("2,B,STEALIXG",), "", ""),
        (("1,A,STEALING", "2,B"), "", ""),
    ],
)
def test_what_nobody_could_tell_is_a_slip_of_the_hand_or_fewer_changes(
    lines: Sequence[str], listed: str, changes: str
) -> None:
    sound = _csv("1,A,STEALING", "2,B,STEALING")
    for release, why in (("drop_off", listed), ("delta_file", changes)):
        source = manifest(fields={"CHARGE": {"to": "charge.description"}}, release_signal=release)
        assert untellable(source, sound, _csv(*lines), AS_OF) == why
