"""One command a module: `arguments(to)` says what it takes, `run(given)` does it, with the exit
code. A command imports what it needs when it runs: `--help` must not wait for the Markdown parser.
"""

from collections.abc import Mapping

COMMANDS: Mapping[str, str] = {
    "build": "make the site in output/",
    "serve": "live preview on http://127.0.0.1:8000, rebuilds on save",
    "check": "look for problems, write nothing",
    "edit": "the site in forms, in a browser on this machine",
    "new": 'start a content file: new KIND "Title"',
    "new-site": "a small complete site for another business: new-site DIR",
    "next": "what changes on the site by itself, and when",
    "rename": "move a page, keep its old address, mend the links to it",
    "import": "bring the pages and pictures of a WordPress site over",
    "rollback": "put the previous build back",
    "reviews": "which pages wait for a medical review; sign one",
    "translations": "which pages there are in which language; sign one that is up to date",
    "evidence": "every claim with its grade and studies, as a table",
    "hosts": "what each host can do for this site, and the files it wants",
    "deploy": "copy the site to the place where visitors find it",
    "deploy-check": "what a visitor gets at an address, against what was built",
    "explain": "what a rule means and how to mend it",
    "bom": "what the program is made of: versions, hashes and licences, as CycloneDX",
    "docs": "write the generated parts of docs/",
    "test": "run the test suite",
}
"""In the order in which `--help` lists them. `one-two` stands in one_two.py, and the module of a
name that Python keeps for itself (`import`) ends in an underscore."""
