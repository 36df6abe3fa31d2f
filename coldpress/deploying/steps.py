"""A target of site.yaml + files -> the place it names holds them.

look        what is there, by the record we left, or by listing
plan        what is new, changed, removed
begin       the record says what is about to change: a deployment cut off is completed by the next
send        assets, files, pages, lists; nothing is removed before all of it is there
remove      what is gone, and old assets that nobody asks for any more
record      what is there now
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from coldpress.deploying import record
from coldpress.deploying.folder import FolderCarrier
from coldpress.deploying.git import GitCarrier
from coldpress.deploying.model import RECORD, Carrier, Entry, Plan, There
from coldpress.deploying.planning import batches, begun, plan_of
from coldpress.deploying.rclone import RcloneCarrier
from coldpress.deploying.rsync import RsyncCarrier
from coldpress.deploying.vendor import VendorCarrier, command_of
from coldpress.model import Config
from coldpress.problems import OperationError, UsageError, nearest, one_of, sentences
from coldpress.schema import Target

Told = Callable[[str, int, int], None]


class Deployment(Struct, frozen=True):
    """All that is needed to do it, with nothing done yet."""

    carrier: Carrier
    headers: Mapping[str, Mapping[str, str]]
    there: There
    plan: Plan

    @property
    def is_done(self) -> bool:
        same = self.plan.after == replace(self.there, has_record=False)
        return self.plan.is_empty and self.there.has_record and same


def target_named(config: Config, name: str) -> Target:
    known = config.facts.deploy.targets
    if name in known:
        return known[name]
    hint = (
        sentences(nearest(name, known), one_of(known))
        if known
        else ("site.yaml names none: docs/deploying.md says how to write one under deploy.targets")
    )
    raise UsageError(f"there is no target {name!r} in site.yaml", hint)


def carrier_of(name: str, target: Target, config: Config, source: Path, own: Path) -> Carrier:
    """`source`: the site's folder, from which paths in site.yaml are seen. `own`: ours."""
    if target.kind == "command":
        if target.tool is None:
            raise OperationError(
                f"the target {name!r} names no tool", "add: tool: wrangler (docs/deploying.md)"
            )
        words = command_of(target.tool, config.facts.deploy.host, target.to, target.options)
        return VendorCarrier(words, own)
    if target.to is None:
        raise OperationError(f"the target {name!r} does not say where to", "add: to: ...")
    if target.kind == "folder":
        return FolderCarrier(Path(source / target.to).expanduser())
    if target.kind == "rsync":
        return RsyncCarrier(target.to, target.options)
    if target.kind == "rclone":
        return RcloneCarrier(target.to, target.options)
    return GitCarrier(target.to, target.branch, source, own / "git")


def prepared(
    carrier: Carrier,
    wanted: Mapping[str, Entry],
    headers: Mapping[str, Mapping[str, str]],
    builds: int,
    *,
    every: bool = False,
) -> Deployment:
    """`headers`: of each file, for places that keep some."""
    own = headers if carrier.keeps_headers else {}
    marked = {path: replace(one, headers=_mark(own.get(path))) for path, one in wanted.items()}
    there = look(carrier)
    return Deployment(carrier, own, there, plan_of(marked, there, builds, every=every))


def look(carrier: Carrier) -> There:
    content = carrier.record()
    if content is not None:
        return record.read(content)
    return There({}, foreign=carrier.listing() - {RECORD})


def carry_out(deployment: Deployment, tree: Path, told: Told) -> None:
    """Raises OperationError when it could not be done to the end: the next one completes it."""
    carrier, plan = deployment.carrier, deployment.plan
    if not carrier.at_once and not plan.is_empty:
        carrier.note(record.written(begun(plan, deployment.there)))
    done, all_of = 0, len(plan.uploads)
    for batch in batches(plan, deployment.headers):
        told(f"uploading {batch.step}", done, all_of)
        carrier.send(tree, batch)
        done += len(batch.paths)
    if plan.removed:
        told("removing", 0, len(plan.removed))
        carrier.remove(plan.removed)
    if deployment.there.unsure:
        carrier.clear(sorted(deployment.there.unsure))
    carrier.note(record.written(plan.after))
    told("finishing", 0, 1)
    carrier.finish(tree)


def _mark(headers: Mapping[str, str] | None) -> str:
    if not headers:
        return ""
    return hashlib.sha256(json.dumps(sorted(headers.items())).encode()).hexdigest()[:12]
