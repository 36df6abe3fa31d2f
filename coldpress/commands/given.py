"""what was asked for on the command line -> Options."""

from __future__ import annotations

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coldpress.model import Options


def options_of(given: argparse.Namespace, *, preview: bool = False) -> Options:
    from coldpress.model import Options

    return Options(
        source=source_of(given),
        output=output_of(given),
        now=now(given),
        base_url=given.base_url,
        drafts=given.drafts or preview,
        release=given.release,
        allow_shrink=given.allow_shrink,
        jobs=given.jobs or os.cpu_count() or 1,
    )


def source_of(given: argparse.Namespace) -> Path:
    """Looked for once: a site that is live is not to be told afterwards that there is no folder."""
    known: Path | None = getattr(given, "found", None)
    if known is not None:
        return known
    source: Path = given.source.resolve()
    if not source.is_dir():
        from coldpress.problems import UsageError

        raise UsageError(f"there is no folder {given.source}", "name one with --source DIR")
    given.found = source
    return source


def output_of(given: argparse.Namespace) -> Path:
    chosen: Path = given.output or given.source / "output"
    return Path(os.path.abspath(chosen))  # noqa: PTH100  resolve() would follow a symlink


def now(given: argparse.Namespace) -> datetime:
    """--now, else SOURCE_DATE_EPOCH, else the clock, read once."""
    if given.now is not None:
        at: datetime = given.now
        return at if at.tzinfo else local(at, given)
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)


def local(at: datetime, given: argparse.Namespace) -> datetime:
    """A time without a zone, as the site's clocks show it. BuildError: they never do, or twice."""
    from coldpress.config import load_config
    from coldpress.load.times import in_utc
    from coldpress.problems import BuildError, Place, Problem
    from coldpress.schedule import zone_of
    from coldpress.schema import Moment

    zone = zone_of(load_config(source_of(given), given.base_url))
    read = in_utc(Moment(at, None), zone, Place("--now"))
    if isinstance(read, Problem):
        raise BuildError([read])
    return read
