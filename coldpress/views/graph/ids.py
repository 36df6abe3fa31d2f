"""Addresses of nodes: the same on every build and every page, for others to refer to."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from coldpress.model import Site


class Ids(Struct, frozen=True):
    site: Site
    view: dict[str, Any]

    @property
    def page(self) -> str:
        """Of a page, its own address."""
        url: str = self.view["page"]["canonical"]
        return url

    @property
    def article(self) -> str:
        return f"{self.page}#article"

    @property
    def crumbs(self) -> str:
        return f"{self.page}#crumbs"

    @property
    def terms(self) -> str:
        return f"{self.page}#terms"

    @property
    def website(self) -> str:
        """One in each language."""
        return f"{self.whole(self.view['site']['home'])}#website"

    @property
    def business(self) -> str:
        """One in all languages."""
        return f"{self.site.config.base_url}/#business"

    def whole(self, url: str) -> str:
        """/safety/ -> https://harbour.example/safety/"""
        config = self.site.config
        return config.base_url.removesuffix(config.base_path) + url


def named(id: str) -> dict[str, str]:
    """A node that is described elsewhere in the graph."""
    return {"@id": id}
