"""How sure we are where: footprints, draws from them, and the one loop of verbs that draw.

A place is a `Footprint`, a column of them `TableFootprints`. A verb folds its table to the distinct
ones (`folding`), answers what no draw could change, and has the rest drawn (`open_rows`); how a
disc, a polygon or a line is filled evenly stands in `draws`, how far a layer may be off and what
that changes in `layer_error`. `sampling` gives every incident draws of its own.
"""
