"""the site's folder -> its pages after the last save; while they cannot be made, the last good
ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct, field

from coldpress.model import Options
from coldpress.pipeline import compose
from coldpress.problems import BuildError, Problem

Tell = Callable[[tuple[Problem, ...]], object]


class Pages(Struct):
    """`tell`: what to do with the errors that keep the pages from being made."""

    options: Options
    tell: Tell
    outputs: Mapping[str, bytes] = field(default_factory=dict)

    def rebuild(self) -> None:
        try:
            built = compose(self.options)
        except BuildError as wrong:
            self.tell(wrong.problems)
            return
        prefix = f"{built.site.config.base_path.strip('/')}/".lstrip("/")
        self.outputs = {f"{prefix}{name}": one.content for name, one in built.made.items()}

    def now(self) -> Mapping[str, bytes]:
        return self.outputs
