"""What one build leaves for the next: rows that say, file by file and output by output, what was
read, what came of it, and what it depended on.

A row is only ever believed when the digests in it are those of today: a build that starts from
rows gives the same bytes as one that starts from nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from operator import is_
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from msgspec import Struct, field
from msgspec.structs import asdict, replace

from coldpress.memory.inputs import Inputs, Look
from coldpress.memory.inputs import Sign as InputSign
from coldpress.memory.log import Log
from coldpress.memory.readers import Readers, touched
from coldpress.memory.shelves import Sources
from coldpress.memory.since import Since
from coldpress.memory.store import LARGEST, Store
from coldpress.memory.watch import Answers, Known, Name
from coldpress.model import Gist, Media, Options, Translation
from coldpress.problems import Problem

A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
Sign = tuple[int, int, int, int]
"""As publish makes them."""


class TextRow(NamedTuple):
    """A content file, read."""

    sha: str
    """Of the file, of what site.yaml says about times and languages, and of our code."""
    head: str
    """Digest of its front matter: what other pages may show of it."""
    source: str
    """Where the Source lies in the store; nothing when the file could not be read."""
    id: str = ""
    draft: bool = False
    publish_at: datetime | None = None
    expires_at: datetime | None = None
    problems: tuple[Problem, ...] = ()
    translation: Translation | None = None
    """Of a completed translation."""


class PictureRow(NamedTuple):
    sha: str
    media: Media | None
    problems: tuple[Problem, ...]


class BodyRow(NamedTuple):
    """A text, converted."""

    sha: str
    """Of its file."""
    body: str
    """Where the Converted lies in the store."""
    names: tuple[Name, ...]
    """What it looked up: addresses, pictures, records."""
    print: str
    """Of the answers."""
    gist: Gist
    words: int
    problems: tuple[Problem, ...]


class OutputRow(NamedTuple):
    """An output, made and checked."""

    key: str
    sha256: str
    size: int
    source: str
    names: tuple[Name, ...]
    """What its view and its checks read of the site."""
    own: tuple[str, ...]
    """Digests of what it is made of by itself: its front matter and its text."""
    template: str = ""
    styles: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    checked: tuple[Name, ...] = ()
    """What its checks alone read of the site: they need not look at equal bytes again."""
    told: tuple[Problem, ...] = ()
    """Of what the page's source says."""
    read: tuple[Name, ...] = ()
    """What the checks of that read of the site: they need not look at an equal source again."""
    drawn: str = ""
    """Digest of its template and of our code."""


class CellRow(NamedTuple):
    """Anything else that was worked out from the site: its value lies in the store."""

    names: tuple[Name, ...]
    also: str
    """Digests of what it rests on beside the site."""
    print: str
    value: str


class Rows(Struct):
    code: str = ""
    """Digest of the generator that wrote them: another one believes only the digests of files."""
    outline: str = ""
    """Where the outline lies in the store that the texts were converted by."""
    files: dict[str, tuple[InputSign, str]] = field(default_factory=dict)
    texts: dict[str, TextRow] = field(default_factory=dict)
    completed: dict[str, TextRow] = field(default_factory=dict)
    """Of translations, with what they have from their originals."""
    pictures: dict[str, PictureRow] = field(default_factory=dict)
    bodies: dict[str, BodyRow] = field(default_factory=dict)
    outputs: dict[str, OutputRow] = field(default_factory=dict)
    cells: dict[str, CellRow] = field(default_factory=dict)
    published: dict[str, dict[str, Sign]] = field(default_factory=dict)
    """Output folder -> how its files looked after they were put there."""
    answers: Known = field(default_factory=dict)
    """What was found under every name that an output read."""
    answered: str = ""
    """The outline of then: it may be older than that of the texts, when a build stopped between.
    Nothing, when a text has come to cite or show something else."""
    broken: tuple[str, ...] = ()
    """Outputs on which a link led nowhere."""


class Session:
    """One build's memory; a preview keeps one for as long as it runs."""

    def __init__(self, options: Options, *, verify: bool = False, look: Look | None = None) -> None:
        """`verify`: believe no file's size and time, read them all. `look`: at what this build
        reads, if one was taken a moment ago."""
        self.store = Store(cache_of(options.source) / "store.sqlite")
        self.sources = Sources(self.store)
        self.log = Log(self.store, f"{shape()}:{variant(options)}")
        self.rows = self.saved = Rows(**self.log.read() or {})
        if verify:
            self.rows = replace(self.rows, files={}, published={})
        self.look = look
        self.inputs: Inputs | None = None
        """What was read of the disk in the last build."""
        self.saved_files: frozenset[str] | None = None
        """All that was written to the disk since, where that is known."""
        self.hurried = self.owing = False
        """Whether what no page shows may stay as it was, and whether something did."""
        self.code = ""
        """Digest of the program that runs, once it is known."""
        self.results: dict[str, tuple[tuple[Any, ...], Any]] = {}
        self.since = Since()
        """What was made of every entry of a table in the last build."""
        self.answers: Answers | None = None
        """Those of the last build, with the site they were found in."""
        self.readers: Readers | None = None
        """Of the outputs in the rows."""

    def begin_anew(self) -> None:
        """With nothing remembered, and in memory alone."""
        self.store.begin_anew()
        self.log.begin_anew()
        self.rows = self.saved = Rows()

    def made_by(self, code: str) -> None:
        """Forget what another version of the generator made of the files."""
        self.code = code
        if self.rows.code != code:
            self.rows = Rows(code, files=self.rows.files, published=self.rows.published)

    def answers_before(self) -> Answers | None:
        """Those in the rows, when this process has found them itself."""
        found = self.answers
        return found if found is not None and found.known is self.rows.answers else None

    def touched(self, changed: AbstractSet[Name], outputs: Mapping[str, OutputRow]) -> set[str]:
        """Outputs that have read one of the names. `outputs`: those in the rows."""
        return (self.readers.touched if self.readers else touched)(changed, outputs)

    def learn(self, made: Mapping[str, OutputRow], before: Mapping[str, OutputRow]) -> None:
        """`made`: what was made anew, and is to stand in the rows."""
        if self.readers:
            for output, row in made.items():
                known = before[output].names if output in before else ()
                self.readers.learn(output, row.names, known)

    def worked_out(self, name: str, of: tuple[Any, ...], work: Callable[[], C]) -> C:
        """That of the last build, when it was made of the very same objects."""
        known = self.results.get(name)
        if known is None or not all(map(is_, known[0], of)):
            known = self.results[name] = of, work()
        result: C = known[1]
        return result

    def at_leisure(self, work: Callable[[A, B], C], kit: A, item: B) -> C:
        """For work that takes longer than all the rest, and that nobody waits for."""
        return at_once(work, kit, item)

    def save(self) -> None:
        """What the next build may start from, to the disk."""
        if self.saved is not self.rows:
            self.log.write(asdict(self.saved), asdict(self.rows))
            self.saved = self.rows

    def tidy(self) -> None:
        """After a build: the store in one file, and not larger than it may be."""
        if self.store.path.is_file() and self.store.path.stat().st_size > LARGEST:
            self.store.sweep(self.used())
        self.store.close()

    def used(self) -> set[str]:
        """Keys in the store that the rows speak of."""
        rows = self.rows
        made = {f"{kind}:{row.key}" for row in rows.outputs.values() for kind in ("made", "facts")}
        # What a host gets beside them is in the store's memory: it was asked for in this build.
        return {
            *self.log.keys(),
            *made,
            *(row.source for row in rows.texts.values()),
            *(row.source for row in rows.completed.values()),
            *(row.body for row in rows.bodies.values()),
            *(row.value for row in rows.cells.values()),
        }


def at_once(work: Callable[[A, B], C], kit: A, item: B) -> C:
    return work(kit, item)


def cache_of(source: Path) -> Path:
    return source / ".coldpress"


def shape() -> str:
    """Of the rows themselves: those that another version of ours wrote are not even looked at."""
    kinds = (Rows, TextRow, PictureRow, BodyRow, OutputRow, CellRow, Gist, Problem)
    written = repr([(kind.__name__, kind.__annotations__) for kind in kinds])
    return hashlib.sha256(written.encode()).hexdigest()[:16]


def variant(options: Options) -> str:
    """Builds that ask for other things keep rows of their own."""
    asked = (options.base_url, options.drafts, options.release)
    return hashlib.sha256(repr(asked).encode()).hexdigest()[:16]
