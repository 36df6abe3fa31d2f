"""the site in a copy, before and after -> nothing, when the rename leaves no mistake that was not
there before and every link of every page leads where it led; else a BuildError."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from coldpress.addresses.standing import every_page
from coldpress.config import NAME
from coldpress.model import Options, Page, Site
from coldpress.pipeline import gather
from coldpress.problems import BuildError, OperationError, Problem, errors_in
from coldpress.renaming.plan import Rename
from coldpress.renaming.transaction import carry_out

LENT = ("templates", "assets", ".coldpress/fonts")
"""Only read: the copy has a link to them."""


def prove(options: Options, plan: Rename) -> None:
    """Raises BuildError with the mistakes the rename would leave."""
    before, errors_before = _read(replace(options, drafts=True))
    with TemporaryDirectory(prefix="coldpress-") as folder:
        root = _copy(options.source, Path(folder))
        carry_out(root, plan)
        after, errors_after = _read(replace(options, source=root, drafts=True))
    old_mistakes = Counter(_mistakes(errors_before, plan.moves))
    new = [
        problem
        for problem, key in zip(errors_after, _mistakes(errors_after, {}), strict=True)
        if key not in old_mistakes
    ]
    if new:
        back = {there: here for here, there in plan.moves.items()}
        raise BuildError(replace(one, path=back.get(one.path, one.path)) for one in new)
    if before is not None and after is not None:
        _same_links(before, after, plan)


def _read(options: Options) -> tuple[Site | None, tuple[Problem, ...]]:
    try:
        return gather(options)[0], ()
    except BuildError as failed:
        return None, errors_in(failed.problems)


def _mistakes(
    problems: tuple[Problem, ...], moves: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    """What makes a mistake the same after the move: not its line, which may be another."""
    return ((moves.get(one.path, one.path), one.rule, one.message) for one in problems)


def _copy(source: Path, root: Path) -> Path:
    shutil.copytree(source / "content", root / "content", symlinks=True)
    shutil.copyfile(source / NAME, root / NAME)
    (root / ".coldpress").mkdir()
    for name in LENT:
        if (source / name).is_dir():
            (root / name).symlink_to(source / name, target_is_directory=True)
    return root


def _same_links(before: Site, after: Site, plan: Rename) -> None:
    """A page that was read over and the same links in it, in every language: only what moved has
    another address."""
    base = before.config.base_path
    addresses = {base + old: base + new for old, new in plan.addresses.items()}
    then = {page.source.path: page for page in every_page(after)}
    for page in every_page(before):
        path = plan.moves.get(page.source.path, page.source.path)
        if _links(page, addresses, plan.moves) != _links(then[path], {}, {}):
            raise OperationError(
                f"a link in {page.source.path} would lead elsewhere than now; nothing was changed",
                "please report it, with that file",
            )


def _links(
    page: Page, addresses: Mapping[str, str], moves: Mapping[str, str]
) -> tuple[list[str], list[str]]:
    urls = []
    for link in page.converted.links:
        address, sign, part = link.url.partition("#")
        urls.append(addresses.get(address, address) + sign + part)
    return urls, [moves.get(path, path) for path in page.converted.media]
