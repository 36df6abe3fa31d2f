"""Hosts -> tables in Markdown: what each can do, and what is lost on one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from coldpress.hosts.model import Host, HostFiles

HEAD = ("host", "redirects", "folders with *", "headers", "caching", "404", "compressed", "losses")


def overview(hosts: Sequence[tuple[Host, HostFiles]]) -> str:
    """One line a host."""
    rows = [
        (
            host.name,
            host.redirects,
            host.splats,
            host.headers,
            host.caching,
            host.lost_page,
            "ours" if host.precompressed else "its own",
            str(len(made.losses)),
        )
        for host, made in hosts
    ]
    return table(HEAD, rows)


def report(host: Host, made: HostFiles) -> str:
    """All about one host: files, losses, limits."""
    parts = [f"# {host.title}"]
    files = [f"output/{path}" for path in made.files] + [
        f"{path} (--write)" for path in made.beside
    ]
    parts.append("Files: " + (", ".join(files) or "none"))
    if made.losses:
        rows = [(loss.what, loss.fallback, loss.loss) for loss in made.losses]
        parts += ["## What it cannot do", table(("missing", "instead", "lost all the same"), rows)]
    else:
        parts.append("It can do all of it: nothing is lost.")
    if made.limits:
        rows = [(one.what, f"{one.used:,}", f"{one.most:,}") for one in made.limits]
        parts += ["## Limits", table(("limit", "used", "at most"), rows)]
    return "\n\n".join(parts)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Markdown whose columns line up, for a terminal."""
    cells = [tuple(head), *(tuple(cell.replace("|", "\\|") for cell in row) for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    return "\n".join(_lines(cells, widths))


def _lines(cells: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    for number, row in enumerate(cells):
        padded = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield f"| {' | '.join(padded)} |"
        if number == 0:
            yield f"| {' | '.join('-' * width for width in widths)} |"
