"""The core modules, every branch and every word of theirs, in milliseconds: what mutation testing
runs against each change it makes to them (see [tool.mutmut] in pyproject.toml)."""
