"""The figure of the Earth: WGS84 (EPSG:7030; NIMA TR8350.2, 2000), in metres."""

EQUATOR_M = 6_378_137.0  # semi-major axis
POLE_M = 6_356_752.314245  # semi-minor axis
FLATTENING = 1 / 298.257223563
E2 = FLATTENING * (2 - FLATTENING)  # square of the eccentricity
MEAN_RADIUS_M = 6_371_008.8  # R1 of the IUGG (Moritz 2000)
LEAST_RADIUS_M = 6_335_400.0  # of curvature: along the meridian at the equator
MOST_RADIUS_M = 6_399_600.0  # of curvature: at the poles
DEGREE_M = 111_320.0  # of latitude, mean over the ellipsoid (111.1 to 111.7 km)
