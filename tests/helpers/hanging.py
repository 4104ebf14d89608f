"""A timeline whose dates hang on the dateline of a source, and on each other."""

HANGING = """\
timeline_format: 1
title: Hanging
sources:
  article: {title: Article, published: 2024-11-01}
  other: {title: Other, published: 2024-11-20}
events:
- {id: pact, title: Pact, when: 2024-06, phrase: in June, basis: inferred, excerpts: [{text: in June, source: article}]}
- {id: raid, title: Raid, when: 2024-10-31~, phrase: yesterday, anchor: article}
- {id: talks, title: Talks, when: 2024, phrase: in May, anchor: article}
- {id: far, title: Far, when: 2024-11, phrase: this month, anchor: other}
- {id: truce, title: Truce, when: {after: pact, before: vote}}
- {id: calm, title: Calm, when: {after: truce}}
- {id: vote, title: Vote, when: 2024-09-05, excerpts: [{text: the vote of 5 September, source: article}]}
"""
