"""Site -> humans.txt, and /.well-known/security.txt where there is a contact to name in it.

https://humanstxt.org · https://www.rfc-editor.org/rfc/rfc9116
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from coldpress.model import Recipe, Site

SECURITY = ".well-known/security.txt"


def contacts(site: Site) -> Iterator[Recipe]:
    if not site.is_first:
        return
    facts = site.config.facts
    days = [page.source.matter.updated for page in site.pages if page.source.matter.updated]
    view = {
        "humans": {
            "name": facts.name,
            "locality": facts.organisation.locality or "",
            "email": facts.organisation.email.value if facts.organisation.email else "",
            "url": f"{site.config.base_url}/",
            "updated": max(days).isoformat() if days else "",
            "languages": list(facts.languages),
        }
    }
    yield Recipe(output="humans.txt", template="feeds/humans.txt", view=view)
    yield from security(site)


def security(site: Site) -> Iterator[Recipe]:
    """A file without a contact is none, and under a path nobody looks for it."""
    facts = site.config.facts.organisation
    phone = "".join(c for c in facts.phone.value if c.isdigit() or c == "+") if facts.phone else ""
    found = [f"mailto:{facts.email.value}"] if facts.email else []
    found += [f"tel:{phone}"] if phone else []
    if not found or site.config.base_path:
        return
    view = {
        "security": {
            "contacts": found,
            "expires": f"{a_year_on(site.today)}T00:00:00Z",
            "languages": ", ".join(site.config.facts.languages),
            "url": f"{site.config.base_url}/{SECURITY}",
        }
    }
    yield Recipe(output=SECURITY, template="feeds/security.txt", view=view)


def a_year_on(today: date) -> date:
    """From the first of the month: the file is another one once a month, not every day."""
    return date(today.year + 1, today.month, 1)
