"""Site -> recipes of every output that is not a page. One kind per file, listed here in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from coldpress.model import Recipe, Site
from coldpress.outputs.ahead import ahead
from coldpress.outputs.assets import assets
from coldpress.outputs.catalogue import catalogue
from coldpress.outputs.contacts import contacts
from coldpress.outputs.datasets import datasets
from coldpress.outputs.feeds import feeds
from coldpress.outputs.llms import llms
from coldpress.outputs.manifest import manifest
from coldpress.outputs.media import media
from coldpress.outputs.redirects import redirects
from coldpress.outputs.robots import robots
from coldpress.outputs.search import search
from coldpress.outputs.sitemap import sitemap
from coldpress.outputs.twins import twins

OUTPUTS: tuple[Callable[[Site], Iterator[Recipe]], ...] = (
    redirects,
    sitemap,
    feeds,
    robots,
    contacts,
    twins,
    llms,
    datasets,
    assets,
    manifest,
    ahead,
    media,
    search,
    catalogue,
)
