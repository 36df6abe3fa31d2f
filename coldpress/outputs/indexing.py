"""A folder of pages -> Pagefind's index of them, in another."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pagefind.index import PagefindIndex


def index(pages: Path, made: Path) -> None:
    """In a thread of its own: whoever calls may have an event loop running (the preview has)."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, index_folder(pages, made)).result()


async def index_folder(pages: Path, made: Path) -> None:
    async with PagefindIndex(config={"output_path": str(made)}) as index:
        await index.add_directory(str(pages))
