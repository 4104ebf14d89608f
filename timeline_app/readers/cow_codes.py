"""What the codes of the Correlates of War project mean, by the codebooks of its wars (4.0) and disputes (5.0)."""

from __future__ import annotations

from types import MappingProxyType

WARS = MappingProxyType(
    {
        "1": "inter-state war",
        "2": "colonial war",
        "3": "imperial war",
        "4": "civil war for central control",
        "5": "civil war over local issues",
        "6": "regional internal war",
        "7": "intercommunal war",
        "8": "non-state war in non-state territory",
        "9": "non-state war across borders",
    }
)
OUTCOMES = MappingProxyType(
    {
        "1": "winner",
        "2": "loser",
        "3": "compromise",
        "4": "became another war",
        "5": "ongoing",
        "6": "stalemate",
        "7": "went on below the level of war",
        "8": "changed sides",
    }
)
# Where a row names both sides, the first codes say which of them won.
SIDES_WON = MappingProxyType({"1": "side A won", "2": "side B won"})
_HEMISPHERE, _EUROPE, _AFRICA, _EAST, _ASIA, _OCEANIA = (
    "Western Hemisphere",
    "Europe",
    "Africa",
    "Middle East",
    "Asia",
    "Oceania",
)
PLACES = MappingProxyType(
    {
        code: ", ".join(parts)
        for code, parts in {
            "1": (_HEMISPHERE,),
            "2": (_EUROPE,),
            "4": (_AFRICA,),
            "6": (_EAST,),
            "7": (_ASIA,),
            "9": (_OCEANIA,),
            "11": (_EUROPE, _EAST),
            "12": (_EUROPE, _ASIA),
            "13": (_HEMISPHERE, _ASIA),
            "14": (_EUROPE, _AFRICA, _EAST),
            "15": (_EUROPE, _AFRICA, _EAST, _ASIA),
            "16": (_AFRICA, _EAST, _ASIA, _OCEANIA),
            "17": (_ASIA, _OCEANIA),
            "18": (_AFRICA, _EAST),
            "19": (_EUROPE, _AFRICA, _EAST, _ASIA, _OCEANIA),
        }.items()
    }
)
ACTIONS = MappingProxyType(
    {
        "1": "threat to use force",
        "2": "threat to blockade",
        "3": "threat to occupy territory",
        "4": "threat to declare war",
        "5": "threat to use chemical, biological or nuclear weapons",
        "6": "threat to join a war",
        "7": "show of force",
        "8": "alert",
        "9": "nuclear alert",
        "10": "mobilisation",
        "11": "fortification of a border",
        "12": "border violation",
        "13": "blockade",
        "14": "occupation of territory",
        "15": "seizure",
        "16": "attack",
        "17": "clash",
        "18": "declaration of war",
        "19": "use of chemical, biological or nuclear weapons",
        "20": "beginning of an interstate war",
        "21": "joining of an interstate war",
    }
)
HOSTILITY = MappingProxyType(
    {
        "1": "no militarised action",
        "2": "threat of force",
        "3": "display of force",
        "4": "use of force",
        "5": "war",
    }
)
# The levels of deaths of a dispute, as the fewest and the most people.
DEATHS_OF_LEVEL = MappingProxyType(
    {
        "0": ("0", "0"),
        "1": ("1", "25"),
        "2": ("26", "100"),
        "3": ("101", "250"),
        "4": ("251", "500"),
        "5": ("501", "999"),
        "6": ("1000", ""),
    }
)
