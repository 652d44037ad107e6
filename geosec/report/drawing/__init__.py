"""The figures of a report, each drawn from a tidy table, as SVG whose texts stay texts."""
