"""Tables for a reader: what was placed, how precisely, how near the railway."""
