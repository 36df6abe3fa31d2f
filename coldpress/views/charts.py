"""A chart's numbers -> the rows of a table, each number with the place of its bar in percent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

NO_SPACE = ("%", "°")
"""Units written right behind their number."""


def chart_view(args: Mapping[str, Any]) -> dict[str, Any]:
    """All columns share one scale, which begins at zero; bars of negative numbers lie before it."""
    values = [float(number) for row in args["rows"] for number in row["numbers"]]
    least, most = min(0.0, *values), max(0.0, *values)
    span = (most - least) or 1.0
    return {
        "title": args["title"],
        "unit": args["unit"],
        "people": args["people"],
        "columns": args["columns"],
        "zero": percent(-least / span) if least < 0 else "",
        "rows": [
            {
                "label": row["label"],
                "cells": [cell(number, args["unit"], least, span) for number in row["numbers"]],
            }
            for row in args["rows"]
        ],
    }


def cell(number: str, unit: str, least: float, span: float) -> dict[str, str]:
    value = float(number)
    return {
        "text": f"{number.replace('-', '−')}{'' if unit in NO_SPACE else chr(160)}{unit}",
        "start": percent((min(value, 0.0) - least) / span),
        "width": percent(abs(value) / span),
    }


def percent(part: float) -> str:
    return f"{100 * part:.1f}".removesuffix(".0") + "%"
