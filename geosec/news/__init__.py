"""News reports read: the places and the events they tell of.

A report goes through the room in this order: `layout` (headline, dateline), `sentences`, `mentions`
(places named), `tellings` (what each part of a sentence says: `scenes`, `event_types`,
`casualties`), `story` (tellings of the same joined into `happenings`, on `dates`) and `tables`;
`reports` is the door. What English reports say stands in ``words/en.toml``; `vocabulary` reads it.
"""
