"""Words to footprints."""
