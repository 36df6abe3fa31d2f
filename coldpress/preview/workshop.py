"""Sources -> the state of the preview, built anew whenever something was saved.

A thread of its own: a slow build must not freeze the page someone is reading. Saves that come
while a build runs are not queued; the next build reads everything as it is then, so the latest
wins and none is lost.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from coldpress import pipeline
from coldpress.assets import build_assets
from coldpress.memory.heap import settle
from coldpress.memory.readers import Readers
from coldpress.memory.session import Rows, Session, at_once, cache_of
from coldpress.model import Assets, Options
from coldpress.preview.generation import Generation, generation_of
from coldpress.problems import BuildError, OperationError, Problem
from coldpress.workers import OvertakenError, aside

A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
PATIENCE = 0.15
"""Seconds before bad news is told: an editor that empties a file before it writes it makes a
broken state that lasts for milliseconds."""
MOST_SKIPPED = 5
"""Builds in a row that are not shown because something was saved in their middle."""
QUIET = 3.0
"""Seconds without a save after which what was put off is made up for, and what was learnt is
written down."""
TICK = 300.0
"""Seconds after which the site is looked at again without a save: offers begin and end by
themselves."""


class State(Struct, frozen=True):
    """What the preview shows now. Replaced whole."""

    number: int = 0
    """Counts every outcome."""
    shown: Generation | None = None
    """The last good build; None when there was none yet."""
    problems: tuple[Problem, ...] = ()
    """Why the sources cannot be shown as they are now."""
    failure: tuple[str, str] | None = None
    """What went wrong that is no mistake in a file, and what to do."""
    seconds: float = 0.0

    @property
    def broken(self) -> bool:
        return bool(self.problems or self.failure)


class Notebook(Session):
    """Rows in memory between saves: writing them down takes longer than building a page."""

    def __init__(self, options: Options, wanted: Callable[[], bool] = lambda: True) -> None:
        """`wanted`: whether what is made at leisure is; not when something was saved meanwhile."""
        super().__init__(options)
        self.wanted = wanted

    def at_leisure(self, work: Callable[[A, B], C], kit: A, item: B) -> C:
        """In a process of its own, so that a save does not wait for it. Raises OvertakenError."""
        return at_once(work, kit, item) if self.hurried else aside(work, kit, item, self.wanted)

    def save(self) -> None:
        """Not on the way from a save to the page."""

    def write_down(self) -> None:
        super().save()

    def prepare(self) -> None:
        """For edits to come."""
        self.readers = self.readers or Readers(self.rows.outputs)


def alike(one: State, other: State) -> bool:
    """Whether nobody could tell them apart: a file saved as it was is no news."""
    if (one.problems, one.failure) != (other.problems, other.failure):
        return False
    if one.shown is None or other.shown is None:
        return one.shown is other.shown and other.number > 0
    return one.shown.all_there_is_to_see == other.shown.all_there_is_to_see


class Workshop:
    def __init__(
        self,
        options: Options,
        tell: Callable[[State], None],
        clock: Callable[[], datetime] | None = None,
        dress: Callable[[Assets], None] = lambda _sheets: None,
        quiet: float = QUIET,
    ) -> None:
        """`tell`: called in the workshop's thread after every outcome; `dress`: with new styles
        before the pages are built with them. Without a `clock`, `options.now` is the time, and
        stays it."""
        self.options, self.tell, self.clock, self.dress = options, tell, clock, dress
        self.quiet = quiet
        self.state = State()
        self.wanted, self.closed = threading.Event(), threading.Event()
        self.session = Notebook(options, lambda: not self.wanted.is_set())
        self.written = True
        self.tried = 0
        self.paths: set[str] = set()
        """Files saved since the last build began."""
        self.lock = threading.Lock()

    def want(self, paths: frozenset[str]) -> None:
        """Something was saved."""
        with self.lock:
            self.paths |= paths
        self.wanted.set()

    def close(self) -> None:
        self.closed.set()
        self.wanted.set()

    def run(self) -> None:
        """Until it is closed."""
        self.wanted.set()
        skipped = 0
        while self.asked():
            hurried = self.wanted.is_set()
            self.wanted.clear()
            paths = self.news()
            self.restyle(paths)
            self.session.saved_files = paths if hurried and paths and "" not in paths else None
            state = self.attempt(hurried)
            overtaken = self.wanted.wait(PATIENCE) if state.broken else self.wanted.is_set()
            if overtaken and skipped < MOST_SKIPPED:
                skipped += 1
                continue
            skipped = 0
            if not alike(state, self.state):
                self.state = state
                self.tell(state)
        self.write_down()

    def asked(self) -> bool:
        """Waits until there is something to build; False when the preview ends."""
        while not self.wanted.wait(self.pause):
            if self.session.owing:
                break
            if not self.written:
                self.write_down()
                self.session.prepare()
                settle()
            elif self.clock:
                break
        return not self.closed.is_set()

    @property
    def pause(self) -> float:
        """Seconds to wait for a save. What makes edits quick is made ready before the first."""
        if self.written:
            return TICK
        return self.quiet if self.session.readers else 0

    def news(self) -> frozenset[str]:
        """What was saved since the last time."""
        with self.lock:
            paths, self.paths = self.paths, set()
        return frozenset(paths)

    def restyle(self, paths: frozenset[str]) -> None:
        """When styles were saved, the open pages need not wait for all the others."""
        shown = self.state.shown
        if shown and any(path.endswith(".css") for path in paths):
            with suppress(BuildError, OSError):  # the build will tell
                base = shown.site.config.base_path
                fonts = cache_of(self.options.source) / "fonts"
                self.dress(build_assets(self.options.source, base, fonts))

    def write_down(self) -> None:
        if not self.written:
            self.session.write_down()
            self.written = True

    def attempt(self, hurried: bool = False) -> State:
        """The state after one build. Raises nothing: whatever went wrong is part of it. `hurried`:
        somebody waits for a page, and search may learn of it afterwards."""
        self.session.hurried, self.session.owing = hurried, False
        self.tried += 1
        self.written = False
        started = time.perf_counter()
        before = self.state.shown
        now = self.clock().astimezone(UTC) if self.clock else self.options.now
        try:
            built = pipeline.compose(replace(self.options, now=now), session=self.session)
        except OvertakenError:
            self.session.owing = True
            return self.state
        except BuildError as failed:
            return State(self.tried, before, problems=failed.problems)
        except OperationError as failed:
            return State(self.tried, before, failure=(failed.message, failed.hint))
        except OSError as failed:
            # A file can vanish between the look at its folder and the reading of it.
            why = (failed.strerror or "unknown reason").lower()
            return State(self.tried, before, failure=(f"{failed.filename}: {why}", "save again"))
        except Exception as failed:
            return State(self.tried, before, failure=self.mended(failed))
        shown = generation_of(self.tried, built, self.session, now)
        return State(self.tried, shown, seconds=time.perf_counter() - started)

    def mended(self, failed: Exception) -> tuple[str, str]:
        """Our own fault. A preview that ends because of it costs more than one that forgets."""
        self.session.rows, self.session.inputs = Rows(), None
        name = type(failed).__name__
        return f"the preview stumbled ({name}: {failed})", "save again; if it stays, start it anew"
