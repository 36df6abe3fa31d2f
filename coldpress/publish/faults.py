"""An error of the operating system -> OperationError: what happened and what to do about it."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from coldpress.problems import OperationError
from coldpress.publish.paths import shown

UNTOUCHED = "your live site was not changed"

_FULL = "free some space on the disk, then build again"
_RIGHTS = "check who owns the folder and that you may write in it, then build again"

_EXPLAINED = {
    errno.ENOSPC: ("the disk is full", _FULL),
    errno.EDQUOT: ("your share of the disk is full", _FULL),
    errno.EFBIG: ("a file is larger than this disk or account allows", _FULL),
    errno.EACCES: ("you are not allowed to write here", _RIGHTS),
    errno.EPERM: ("the system does not permit this", _RIGHTS),
    errno.EROFS: ("the disk can only be read", "choose a folder you can write to with --output"),
    errno.EMFILE: (
        "too many files are open",
        "close other programs or raise the limit (ulimit -n 1024), then build again",
    ),
    errno.ENFILE: ("too many files are open on this computer", "close programs and build again"),
    errno.ENAMETOOLONG: (
        "a file name is too long for this disk",
        "shorten the slug, or build in a folder with a shorter path",
    ),
    errno.ENOENT: (
        "a file is gone that was there a moment ago",
        "let other programs finish what they do in this folder, then build again",
    ),
    errno.ENOMEM: ("the computer is short of memory", "close programs and build again"),
    errno.EIO: ("the disk reports a fault", "check the disk, then build again"),
}


@contextmanager
def explained(outcome: str = UNTOUCHED) -> Iterator[None]:
    """Turn an OSError inside into an OperationError that ends in `outcome`."""
    try:
        yield
    except BrokenPipeError:  # whoever reads what we print has gone: no fault of any file
        raise
    except OSError as fault:
        raise in_words(fault, outcome) from fault


def in_words(fault: OSError, outcome: str = "") -> OperationError:
    what, hint = _EXPLAINED.get(
        fault.errno or 0,
        (fault.strerror or type(fault).__name__, "remove the cause, then try again"),
    )
    where = f": {shown(str(fault.filename))}" if fault.filename else ""
    return OperationError("; ".join(filter(None, (what + where, outcome))), hint)
