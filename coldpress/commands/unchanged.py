"""a build just done -> what the next one needs to see that nothing has changed; and that look."""

from __future__ import annotations

import argparse
import hashlib
import sys
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from coldpress.commands.given import now, output_of, source_of
from coldpress.memory import quick
from coldpress.memory.libraries import versions

if TYPE_CHECKING:
    from coldpress.memory.inputs import Look
    from coldpress.memory.session import Session
    from coldpress.pipeline import Built

SECONDS = " in 0.0 s"


def said_if_unchanged(given: argparse.Namespace) -> tuple[str | None, Look | None]:
    """What to say, when there is nothing to do; nothing at all to who asked for quiet. And the look
    at all that is read, if one was taken."""
    if given.format != "text" or given.verify:
        return None, None
    found, look = quick.recall(place(given), now(given).timestamp())
    if found is None:
        return None, look
    return "" if given.quiet else found[sys.stdout.isatty()], look


def place(given: argparse.Namespace) -> Path:
    source = source_of(given)
    options = (str(output_of(given)), given.base_url, given.drafts, given.release)
    asked = (options, versions())
    return quick.file_of(source, hashlib.sha256(repr(asked).encode()).hexdigest()[:16])


def note_unchanged(given: argparse.Namespace, built: Built, session: Session) -> None:
    """Called after a build that has put its site in place."""
    from coldpress.publish.paths import neighbours

    file, output = place(given), str(output_of(given))
    signs, inputs = session.rows.published.get(output), session.inputs
    unfinished = neighbours(Path(output)).journal.exists()  # a swap, for the next build to tidy
    if signs is None or inputs is None or inputs.unsure or unfinished:
        quick.forget(file)
        return
    plain, coloured = (text_of(given, built, colour) for colour in (False, True))
    since, until = built.site.now, next_turn(built)
    quick.remember(
        file,
        quick.Quick(
            since=since.timestamp(),
            until=until.timestamp(),
            roots=inputs.roots,
            inputs=inputs.signs,
            output=output,
            outputs=signs,
            texts=(plain, coloured),
        ),
    )


def next_turn(built: Built) -> datetime:
    """The first moment at which something could be different by itself: a change that is planned,
    or the next day, where the business is."""
    from coldpress.schedule import zone_of

    zone = zone_of(built.site.config)
    tomorrow = datetime.combine(built.site.today + timedelta(days=1), time(), zone)
    coming = [change.at for change in built.changes if change.at > built.site.now]
    return min([tomorrow.astimezone(UTC), *coming])


def text_of(given: argparse.Namespace, built: Built, colour: bool) -> str:
    from coldpress import report as reporter
    from coldpress.model import Published
    from coldpress.summary import report_of

    nothing = Published((), (), (), len(built.rows))
    return reporter.render(
        built.advice,
        report_of(built, nothing, 0.0),
        format="text",
        source=source_of(given),
        colour=colour,
    )
