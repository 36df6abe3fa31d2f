"""{output path: bytes} -> output/, all of it or nothing: the only stage that writes output/.

A publish goes through five steps, each in its own module:

    paths, guard   is this ours to write, and does it look like a whole site?
    manifest       output/.coldpress.json: what we wrote last time, so that nothing else is touched
    stage          the new site as a tree beside output/, read back and forced to the disk
    swap           one atomic exchange of the two trees, or file by file with a journal
    generations    publish and rollback: the steps in order

What lies beside `output`, while at work or for later:

    .output.lock       who is building; the system frees it when the holder dies
    .output.stage      the next site in the making
    .output.undo       the old site, on its way to become .output.previous
    .output.journal    how far a swap has come, so that the next build can finish or undo it
    .output.previous   the generation before this one, for rollback
    .output.spare      the one before that: the next stage is made of it, file by file that differs

Callers hold `lock(output)` around `publish` and `rollback`.
"""

from coldpress.publish.faults import explained
from coldpress.publish.generations import publish, rollback
from coldpress.publish.locking import lock
from coldpress.publish.manifest import published_extra, published_files
from coldpress.publish.tree import Sign, signs_of

__all__ = [
    "Sign",
    "explained",
    "lock",
    "publish",
    "published_extra",
    "published_files",
    "rollback",
    "signs_of",
]
