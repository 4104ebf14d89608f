"""The made-up world of the synthetic events: its actors, places, outlets and words, the same in every run."""

from __future__ import annotations

from itertools import product
from typing import Final

ACTOR_COUNT, PLACE_COUNT, OUTLET_COUNT = 500, 1_500, 200

_BEGINNINGS: Final = ("Vel", "Kar", "Tor", "Mes", "Dra", "Bel", "Os", "Nar", "Lum", "Zer", "Fen", "Hal", "Quo", "Ruv")
_MIDDLES: Final = ("a", "o", "ina", "emu", "ori", "uva", "esh", "anto")
_ENDS: Final = (
    "mora",
    "dan",
    "vik",
    "resh",
    "lund",
    "tania",
    "gor",
    "sall",
    "wen",
    "bria",
    "zhan",
    "port",
    "mere",
    "qir",
)
_BODIES: Final = ("Army", "Liberation Front", "Government", "Defence Forces", "Union", "Brigade", "Movement", "Council")
_OUTLETS: Final = ("Post", "Herald", "News Agency", "Radio", "Observer", "Daily")

# Every type with its share of the events.
TYPES: Final = {
    "battle": 30,
    "attack": 24,
    "casualties": 12,
    "statement": 9,
    "deployment": 7,
    "seizure": 5,
    "agreement": 4,
    "supply": 3,
    "sanction": 2,
    "summit": 2,
    "election": 1,
    "inauguration": 1,
}
IMPORTANCE_SHARES: Final = (10, 38, 36, 13, 3)

_COMMON: Final = (
    "the of and in to a near on by that with at from for was were said had after who been reported according "
    "local during troops forces police soldiers fighters civilians residents officials witnesses village town "
    "city border road bridge base camp hospital school market checkpoint district province government army rebels "
    "militia commander spokesman minister president council agency radio statement report attack clash fighting "
    "shelling ambush raid explosion exchange fire killed wounded injured captured displaced fled arrested "
    "released seized destroyed burned looted night morning week month year evening dawn two three five seven "
    "dozen hundreds thousands several many least most northern southern eastern western central armed unknown "
    "heavy light second first new peace talks ceasefire agreement truce negotiations election protest convoy "
    "supplies food aid weapons vehicles mortar rockets artillery helicopter airfield harbour river valley "
    "mountains forest sector front line position control withdrew advanced entered opened accused denied claimed "
    "confirmed warned demanded promised refused signed returned continued began ended"
)


def invented_names(count: int) -> tuple[str, ...]:
    """Return names of places that there are not, each different, the first ones most unlike each other."""
    names = ["".join(parts) for parts in product(_BEGINNINGS, _MIDDLES, _ENDS)]
    step = 601  # has no divisor in common with the number of names, so that every name comes once
    return tuple(names[number * step % len(names)] for number in range(count))


PLACES: Final = invented_names(PLACE_COUNT)
ACTORS: Final = tuple(f"{place} {_BODIES[rank % len(_BODIES)]}" for rank, place in enumerate(PLACES[:ACTOR_COUNT]))
OUTLETS: Final = tuple(f"{place} {_OUTLETS[rank % len(_OUTLETS)]}" for rank, place in enumerate(PLACES[-OUTLET_COUNT:]))
WORDS: Final = (*_COMMON.split(), *PLACES[:400])
