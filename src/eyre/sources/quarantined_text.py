"""What is kept of a row that could not be taken, so that a person can see what was wrong with it."""

import json

from eyre.sources.manifest import Manifest
from eyre.sources.raw_row import RawRow, Values
from eyre.sources.sensitive import immigration_hold, race_field

MAX_CHARACTERS = 65_536  # enough for the wordiest honest row; a hostile one is kept only in the delivery itself
DROPPED = "[dropped: immigration hold]"
WITHHELD = "[withheld: fields that are never taken cannot be told apart in it]"
_NAMES = ("name", "alias", "maiden")


def quarantined_text(manifest: Manifest, row: RawRow) -> str:
    """JSON of `values`, `lists` and `text`, cut at `MAX_CHARACTERS`, of a row whose sensitive fields are gone already.

    Holds neither immigration holds (looked for in everything but names) nor race. Text that could not be parted into
    fields is withheld where the source is known to tell what is never taken.
    """
    names = {name for name, rule in manifest.fields.items() if rule.to.partition(".")[0] in _NAMES}
    body: dict[str, object] = {
        "values": _scrub(row.values, names),
        "lists": {name: [_scrub(item, names) for item in items] for name, items in row.lists.items()},
    }
    if row.text:
        body["text"] = WITHHELD if manifest.sensitive else DROPPED if immigration_hold(row.text) else row.text
    return json.dumps(body, ensure_ascii=False)[:MAX_CHARACTERS]


def _scrub(values: Values, names: set[str]) -> Values:
    return {
        name: DROPPED if name not in names and immigration_hold(text) else text
        for name, text in values.items()
        if not race_field(name)
    }
