"""A timeline of events before and after Iran joined BRICS and Finland NATO, as the actors of the program know it."""

GROUPS_IN_TIME = """\
timeline_format: 1
title: Groups in time
events:
- {id: iran-2023, title: Iran in 2023, when: 2023-12-31, actors: [Iran, Russia]}
- {id: iran-2024, title: Iran in 2024, when: 2024-01-01, actors: [Iran, Russia]}
- {id: iran-vague, title: Iran in either, when: "[2023-12-31,2024-01-01]", actors: [Iran]}
- {id: brazil-2023, title: Brazil in 2023, when: 2023-03-01, actors: [Brazil]}
- {id: finland-2022, title: Finland in 2022, when: 2022-06-01, actors: [Finland, Sweden]}
- {id: finland-2023, title: Finland in 2023, when: 2023-04-04, actors: [Finland, Sweden]}
- {id: finland-vague, title: Finland in either, when: 2023, actors: [Finland]}
- {id: states-2022, title: United States in 2022, when: 2022-07-01, actors: [United States]}
- {id: nato-2022, title: NATO in 2022, when: 2022-06-29, actors: [NATO, Sweden]}
- {id: brics-2023, title: BRICS in 2023, when: 2023-08-22, actors: [BRICS]}
"""

# What each group takes part in with its members, and whether that is certain.
TAKEN = {
    "NATO": {
        "nato-2022": "certain",
        "states-2022": "certain",
        "finland-vague": "possible",
        "finland-2023": "certain",
    },
    "BRICS": {
        "brazil-2023": "certain",
        "brics-2023": "certain",
        # Russia is a member all the time.
        "iran-2023": "certain",
        "iran-vague": "possible",
        "iran-2024": "certain",
    },
}
