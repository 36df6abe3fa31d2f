"""Style sheets -> the colour of the header in both schemes, for what browsers draw themselves."""

from __future__ import annotations

import re

from coldpress.model import Site

DEEP = re.compile(r"--deep:\s*light-dark\(([^,()]+),([^,()]+)\)")


def theme(site: Site) -> dict[str, str]:
    """The last --deep of the style sheets."""
    found = [one for sheet in site.assets.sheets for one in DEEP.findall(sheet.css)]
    light, dark = found[-1] if found else ("", "")
    return {"light": light.strip(), "dark": dark.strip()}
