"""The same with the guidance of coverage: inputs that reach new code are mutated on (atheris).

    pip install --require-hashes --requirement requirements-proof.txt
    python -m tests.fuzz.guided text -runs=10000 -seed=2026

What is tried: `text` (a content file: front matter and Markdown), `facts` (site.yaml), `records`
(content/data/findings.yaml), or `site` (any file, and a whole build of it: ten inputs a second).
More words go to libFuzzer. What it finds is kept in tests/fuzz/corpus, like all findings.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["coldpress"]):
    from coldpress.frontmatter import split
    from coldpress.load import MODELS
    from coldpress.markdown import convert
    from coldpress.problems import BuildError
    from coldpress.reading import decode
    from coldpress.schema import KINDS, SiteFacts
    from coldpress.yamltext import read
from tests import texts
from tests.fuzz.judging import Ground, keep, limited, placed
from tests.fuzz.mutating import DICTIONARY

SITE = "site.yaml"
FINDINGS = "content/data/findings.yaml"
TEXT = "content/guides/cold-or-heat.md"
GUIDE = next(kind.matter for kind in KINDS if kind.name == "guide")
Read = Callable[[bytes], None]
"""May raise BuildError, with places; and nothing else."""


def text(raw: bytes) -> None:
    parts = split(raw, TEXT, GUIDE)
    written = texts.source(parts.body, TEXT)
    for problem in convert(written, texts.KNOWN)[1]:
        placed(problem)


def facts(raw: bytes) -> None:
    read(decode(raw, SITE), SITE, SiteFacts)


def records(raw: bytes) -> None:
    read(decode(raw, FINDINGS), FINDINGS, MODELS["findings"])


READS: dict[str, tuple[str, Read]] = {
    "text": (TEXT, text),
    "facts": (SITE, facts),
    "records": (FINDINGS, records),
}


def tried(path: str, reading: Read, raw: bytes) -> None:
    try:
        reading(raw)
    except BuildError as failed:
        for problem in failed.problems:
            placed(problem, raw)


def one(name: str, ground: Ground, raw: bytes) -> None:
    """The first byte of `raw` says which file of the site it is."""
    files = ground.files()
    path = files[raw[0] % len(files)] if raw and name == "site" else READS.get(name, (SITE,))[0]
    raw = raw[1:] if name == "site" else raw
    try:
        if name == "site":
            ground.outcome(path, raw)
        else:
            with limited():
                tried(path, READS[name][1], raw)
    except BaseException:
        print(f"kept in {keep(path, raw)}", file=sys.stderr)  # noqa: T201
        raise


def seeds(name: str, ground: Ground, folder: Path) -> Path:
    """What a mutation starts from: the files of the site as they should be."""
    for number, path in enumerate(dict.fromkeys(ground.files())):
        if name == "site" or path == READS[name][0]:
            front = bytes([ground.files().index(path)]) if name == "site" else b""
            (folder / str(number)).write_bytes(front + (ground.source / path).read_bytes())
    return folder


def main(name: str, words: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        ground = Ground.at(Path(folder) / "site")
        (Path(folder) / "seeds").mkdir()
        known = seeds(name, ground, Path(folder) / "seeds")
        # Our own clock tells what hangs; libFuzzer's would take the same signal.
        own = [
            "-handle_alrm=0",
            f"-artifact_prefix={folder}/",
            "-max_len=20000",
            f"-dict={DICTIONARY}",
            str(known),
        ]
        atheris.Setup(["guided", *words, *own], lambda raw: one(name, ground, raw))
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
