"""News reports read: the places and the events they tell of."""
