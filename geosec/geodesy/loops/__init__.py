"""Loops compiled by numba; `geosec.geodesy.compiled` loads them when they are first needed."""
