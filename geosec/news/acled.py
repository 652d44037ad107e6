"""The names of ACLED's event types, as its codebook has them."""

from __future__ import annotations

EXPLOSION, BATTLE, CIVILIANS = (
    "Explosions/Remote violence",
    "Battles",
    "Violence against civilians",
)
VIOLENT = (EXPLOSION, BATTLE, CIVILIANS)
CALM, PROTEST, RIOT = "Strategic developments", "Protests", "Riots"
ACCIDENT = "Accident"
"""What nobody meant, which ACLED does not code: derailments, collisions, floods, fires."""
EVENT_TYPES = (*VIOLENT, CALM, PROTEST, RIOT)
