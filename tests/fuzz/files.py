"""Damaged files: mutants of a whole timeline in each format, read by the program within bounds of time."""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import yaml

from timeline_app.core.actors import Gazetteer
from timeline_app.core.build import build_table
from timeline_app.core.errors import ReadError
from timeline_app.core.filter import Filter, evaluate
from timeline_app.paths import bundled_timeline
from timeline_app.readers import read
from timeline_app.writers.csv_table import render_csv
from timeline_app.writers.jsonl import render_jsonl
from timeline_app.writers.options import WriteOptions

LONGEST_S = 2.0
MOST_CHANGES = 6
LONGEST_CUT = 200
FEW = 8
BYTES = bytes(range(256))
DATA = Path(__file__).parents[1] / "readers" / "data"
GED_FILE = DATA / "ged.csv"
# Files written by hand for every quirk of their formats, by the ending of their names.
SAMPLES = (
    "sample.timeline",
    "sample.lines.timeline",
    "sample.ics",
    "sample.mw",
    "sample.ftm.json",
    "sample.timemap.json",
    "sample.event.md",
    "sample.timelinejs.json",
    "sample.timelinejs2.jsonp",
    "sample.timelinejs-sheet.csv",
    "sample.timeflow.time",
    "sample.simile.xml",
    "sample.simile.js",
    "sample.vis.json",
    "sample.vis.js",
    "sample.sparql.json",
    "sample.sparql.srx",
    "sample.sparql.csv",
    "sample.geojson",
    "sample.records.json",
    "sample.acled-reply.json",
)
# Tables likewise, of which problems have no column.
TABLE_SAMPLES = (
    "sample.ucdp-prio.csv",
    "sample.acled.csv",
    "sample.timesketch.csv",
    "sample.timesketch.jsonl",
    "sample.gdelt.CSV",
    "sample.gdelt-mentions.CSV",
    "sample.gdelt-reduced.txt",
    "sample.gtd.csv",
    "sample.cow.csv",
    "sample.ucdp-yearly.csv",
    "sample.scad.csv",
    "sample.icews.tab",
    "sample.polecat.txt",
    "sample.phoenix.csv",
    "sample.xlsx",
    "sample.script.ts",
    "sample.geojsonl",
)
SPLICES = tuple(
    text.encode("utf-8", "surrogatepass")
    for text in (
        *("\x00", "\ufeff", "\u202e", "\ud800", "\r", "\n\n", "\t", "'", '"', "[", "]", "{", "}", ": ", "- ", ", "),
        *("*a", "&a ", "<<: *a", "!!python/object ", "!!x ", "~", "null", "NaN", "-.inf", "|", ">", "%YAML 9\n", "---"),
        *("2024-02-30", "-99999999999-01", "Y-13800000000", "2024-13", "../..", "[2024-05,2024-01]", "2024/2020", "/"),
        *("timeline_format: 2", "events:", "id: full-scale-invasion", "9" * 400, "[" * 200, "- " * 200, "x" * 70_000),
        *(
            ",",
            ";",
            "|",
            ",,,,",
            '"a"b',
            '",',
            '\n"',
            "\n,\n",
            '";"',
            "{",
            '{"',
            "\\ud800",
            "PAR1",
            "#date+start",
            "=1",
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one mutant: "" where all is well, else what is wrong."""

    number: int
    fault: str
    was_read: bool
    took_s: float


@cache
def originals() -> dict[str, bytes]:
    """Return a whole timeline in every format that is read, by the ending of its file."""
    text = bundled_timeline().read_bytes()
    tree = yaml.load(text, Loader=yaml.BaseLoader)
    dataset = read(bundled_timeline())
    # In a table each record is like the others: with few of them more of what changes is how the table is made.
    table = build_table([replace(dataset, events=dataset.events[:FEW])], Gazetteer(()))
    lines = "".join(render_jsonl(table, Filter(), WriteOptions()))
    found = {
        "yaml": text,
        "json": json.dumps(tree, indent=1, ensure_ascii=False).encode("utf-8"),
        "csv": "".join(render_csv(table, Filter(), WriteOptions())).encode("utf-8"),
        "jsonl": lines.encode("utf-8"),
        "ged.csv": GED_FILE.read_bytes(),
    }
    found |= {name.partition(".")[2]: (DATA / name).read_bytes() for name in SAMPLES + TABLE_SAMPLES}
    parquet = parquet_of(lines)
    return found | ({"parquet": parquet} if parquet else {}) | arrow_of(lines)


def parquet_of(lines: str) -> bytes:
    """Return the events of JSON Lines as Parquet, nothing where DuckDB is not installed."""
    try:
        import duckdb  # an extra
    except ImportError:
        return b""
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        source, target = Path(folder) / "events.jsonl", Path(folder) / "events.parquet"
        source.write_text(lines, encoding="utf-8")
        connection.execute(f"COPY (SELECT * FROM read_json('{source}', format = 'nd')) TO '{target}' (FORMAT parquet)")
        return target.read_bytes()


def arrow_of(lines: str) -> dict[str, bytes]:
    """Return the events of JSON Lines in both formats of Arrow, nothing where pyarrow is not installed."""
    try:
        import pyarrow as pa  # an extra
    except ImportError:
        return {}
    table = pa.Table.from_pylist([json.loads(line) for line in lines.splitlines()])
    as_file, as_stream = pa.BufferOutputStream(), pa.BufferOutputStream()
    with pa.ipc.new_file(as_file, table.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
        writer.write_table(table)
    with pa.ipc.new_stream(as_stream, table.schema) as writer:
        writer.write_table(table)
    return {"arrow": as_file.getvalue().to_pybytes(), "arrows": as_stream.getvalue().to_pybytes()}


def mutant(original: bytes, chance: random.Random) -> bytes:
    """Return a file with some of its bytes changed, cut out, doubled, moved, or put in."""
    content = bytearray(original)
    for _ in range(chance.randint(1, MOST_CHANGES)):
        begin = chance.randrange(len(content) + 1)
        end = min(len(content), begin + chance.choice((1, 1, 2, 8, 40, LONGEST_CUT)))
        cut = bytes(content[begin:end])
        kind = chance.randrange(7)
        if kind == 0:
            content[begin:end] = bytes(chance.choices(BYTES, k=min(len(cut), 8)))
        elif kind == 1:
            del content[begin:end]
        elif kind == 2:
            content[begin:begin] = cut
        elif kind == 3:
            del content[begin:end]
            place = chance.randrange(len(content) + 1)
            content[place:place] = cut
        elif kind == 4 and chance.random() < 0.2:
            del content[begin:]
        elif kind == 5 and content:
            content[min(begin, len(content) - 1)] ^= 1 << chance.randrange(8)
        else:
            content[begin:begin] = chance.choice(SPLICES)
    return bytes(content)


def fuzz(format_name: str, seed: int, cases: int, folder: Path) -> Iterator[Outcome]:
    """Read so many mutants of a format; a mutant with a fault stays in the folder."""
    original = originals()[format_name]
    for number in range(cases):
        path = folder / f"{format_name}-{seed}-{number}.{format_name}"
        path.write_bytes(mutant(original, random.Random(f"{format_name} {seed} {number}")))
        begin = time.process_time()
        fault, was_read = fault_of(path)
        took_s = time.process_time() - begin
        if not fault and took_s > LONGEST_S:
            fault = f"took {took_s:.1f} s"
        if not fault:
            path.unlink()
        yield Outcome(number, fault, was_read, took_s)


def fault_of(path: Path) -> tuple[str, bool]:
    """Return what the program does wrong with a file, "" for nothing, and whether it could read it."""
    try:
        dataset = read(path)
        report = dataset.report
        table = build_table([dataset], Gazetteer(()))
        evaluate(Filter(since="2024", find=("troops",)), table)
    except ReadError as error:
        names_place = error.place.file == str(path)
        return ("" if names_place else f"a refusal without its file: {error}"), False
    except Exception as error:  # noqa: BLE001 — to find what nobody foresaw is what this is for
        return f"{type(error).__name__}: {error}", False
    if report.read != report.loaded + report.rejected or report.loaded != len(table):
        return f"{report.read} read are not {report.loaded} loaded and {report.rejected} rejected", True
    if any(problem.line < 1 and problem.record < 1 for problem in dataset.problems):
        return "a problem without its line or record", True
    return "", True


def say(line: str) -> None:
    """Tell at the terminal, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(words: Sequence[str] | None = None) -> int:
    """Fuzz from the command line and return 1 when anything went wrong."""
    parser = argparse.ArgumentParser(prog="script/fuzz", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=int, default=5_000, metavar="N", help="how many mutants of each format")
    parser.add_argument("--format", choices=sorted(originals()), help="only this one")
    parser.add_argument("--monkey", metavar="N", help="so many keys, clicks and wheels on the window instead")
    arguments = parser.parse_args(words)
    folder = Path(tempfile.mkdtemp(prefix="timeline-fuzz-"))
    faults = 0
    for name in [arguments.format] if arguments.format else sorted(originals()):
        outcomes = list(fuzz(name, arguments.seed, arguments.cases, folder))
        wrong = [outcome for outcome in outcomes if outcome.fault]
        for outcome in wrong[:50]:
            say(f"{name} {outcome.number}: {outcome.fault}")
        was_read = sum(outcome.was_read for outcome in outcomes)
        slowest_s = max((outcome.took_s for outcome in outcomes), default=0.0)
        say(f"{name}: {len(outcomes):,} mutants, {was_read:,} read, slowest {slowest_s:.2f} s, {len(wrong):,} faults")
        faults += len(wrong)
    if faults:
        say(f"the files are in {folder}")
    else:
        folder.rmdir()
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
