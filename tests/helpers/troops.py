"""A timeline of two events whose claims and words came from an early and a late source."""

TROOPS = """\
timeline_format: 1
title: Troops
sources: {early: {title: Early, published: 2024-10-10}, late: {title: Late, published: 2024-11-10}}
events:
- id: troops
  title: Troops
  when: 2024-10
  claims:
  - {about: troops, value: 10000, source: early}
  - {about: troops, value: 12000, source: late}
- {id: pact, title: Pact, when: 2024-06, excerpts: [{text: signed, source: late}]}
"""

# The same, its claims by two speakers, and an excerpt that came with the later one.
DISPUTED = TROOPS.replace("value: 10000", "by: [NATO], value: 10000").replace(
    "value: 12000, source: late}",
    "by: [Ukraine], value: 12000, source: late}\n  excerpts: [{text: by then, source: late}]",
)
