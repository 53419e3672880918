"""Writes `golden/expected.json` after a wanted change, for review: `python tools/expect_sources.py FOLDER…`."""

import sys
from pathlib import Path

from eyre.sources.check_source import EXPECTED, sample_outcome
from eyre.sources.load_manifest import load_manifest

for folder in map(Path, sys.argv[1:]):
    _, text = sample_outcome(load_manifest(folder), folder)
    (folder / EXPECTED).write_text(text, encoding="utf-8")
