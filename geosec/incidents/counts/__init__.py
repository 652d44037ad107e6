"""Doors in for tables of counts: how many events in which unit and period, and no incident."""
