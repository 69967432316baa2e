"""The parts of a question settled against what the documents hold: places, kinds of figure, one project or indicator."""

from __future__ import annotations

from assistant.catalog import Catalog
from assistant.counting import of_one_project, prefer_counts, prefer_rates, prefer_said
from assistant.indicators import of_one_indicator
from assistant.joint_names import told_apart
from assistant.paid_from import paid_from
from assistant.parts import Parts
from assistant.placing import in_place
from assistant.semantics import Semantics
from assistant.spreading import spread


def settled(parts: Parts, catalog: Catalog, semantics: Semantics) -> Parts:
    """Each step takes the parts as the one before left them."""
    placed = spread(in_place(paid_from(told_apart(parts, catalog, semantics)), catalog))
    counted = prefer_counts(placed, catalog, semantics)
    rated = prefer_rates(of_one_project(counted, catalog), catalog)
    return of_one_indicator(prefer_said(rated, catalog), catalog, catalog.stage_of(()))
