"""The small files that commands read beside workbooks: lists, plans, frames, certificates, sealed summaries. None may end in a traceback."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tests.fuzz import raw
from tests.fuzz.bases import ROOT
from tests.fuzz.mutants import mutant
from toolkit.files import sample_log, workspace
from toolkit.files.intake import open_book
from toolkit.files.sealed import read_sealed
from toolkit.model.sheet import Book
from toolkit.steps.figures import digest_of
from toolkit.steps.sample_read import certificate_facts
from toolkit.tasks import sample
from toolkit.tasks.outcome import Outcome

_SAMPLES = ROOT / "samples"
_OUT = _SAMPLES / "out" / "2025-09"
_TOKEN = re.compile(rb'"[^"]*"|-?\d+|true|false|null|[\[\]{}:,=\t\n]')
_TOKENS = (b'"', b"{", b"[", b"null", b"1e999", b"-1", b"[" * 3000, b"9" * 5000, b'""', b"\xff", b"true", b"NaN", b"Infinity", b"\\ud800", b"0", b'""""',
           b"#", b"=",
           b"inf", b"1979-05-27", b"{}", b"[]", b"\0", b"\r", b"\xef\xbb\xbf", "²".encode())


def _log(path: Path) -> None:
    rounds = sample_log.read(path.parent)
    if rounds:
        sample_log.add(path.parent, rounds, rounds[-1])


def _sealed(path: Path) -> None:
    found = read_sealed(path)
    if isinstance(found, tuple):
        digest_of(found[0])


#: Name of the file -> what reads it.
READERS: Mapping[str, Callable[[Path], object]] = {
    "units.csv": workspace.read_units, "received.csv": lambda path: workspace.read_received([path.parent]),
    "institutions.csv": lambda path: workspace.read_institutions(path.parent),
    "history.csv": lambda path: workspace.read_history(path.parent, "990101000000"), "sample-log.csv": _log, "plan.toml": workspace.read_plan,
    "frame.txt": lambda path: sample.read_frame(Outcome("sample draw"), path), "certificate.json": sample.verify, "sample.xlsx": sample.verify,
    "summary.json": _sealed,
    "summary.xlsx": _sealed}


def originals() -> dict[str, bytes]:
    """The files as they are when all is well."""
    book, found = open_book(_OUT / "sample.xlsx"), read_sealed(_OUT / "summary.xlsx")
    assert isinstance(book, Book) and isinstance(found, tuple)
    made = {"certificate.json": certificate_facts(book), "summary.json": {"indicators": found[0], "digest": found[1]}}
    places = {"received.csv": _SAMPLES / "inbox" / "2025-09" / "received.csv", **{name: _OUT / name for name in ("frame.txt", "sample.xlsx", "summary.xlsx")}}
    return {name: json.dumps(made[name], ensure_ascii=False).encode() if name in made else places.get(name, _SAMPLES / name).read_bytes() for name in READERS}


def spoilt(name: str, data: bytes, seeds: range) -> Iterator[tuple[int, bytes]]:
    """The file under each seed."""
    for seed in seeds:
        if name.endswith(".csv"):
            yield seed, mutant(data, seed, "csv")
        elif name.endswith(".xlsx"):
            yield seed, mutant(data, seed, "zip")
        else:
            yield seed, _retyped(random.Random(f"{name} {seed}"), data)


def _retyped(draw: random.Random, data: bytes) -> bytes:
    """A word, number or sign left out, typed otherwise, or taken from elsewhere."""
    places = list(_TOKEN.finditer(data))
    if not places or draw.random() < 0.25:
        return raw.any_bytes(draw, data)
    place = draw.choice(places)
    return data[:place.start()] + draw.choice((b"", draw.choice(_TOKENS), draw.choice(places)[0])) + data[place.end():]
