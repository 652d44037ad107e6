"""Tables of counts in the columns that publishers give them, with numbers made up."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest

from geosec.reference.boundaries import load_boundaries

COD_AB = "2022-09-09"  # the day of the districts that HDX's P-codes are of
MONTHS = pd.period_range("2024-01", "2024-12", freq="M")


@pytest.fixture(scope="session")
def districts():
    return pd.DataFrame(load_boundaries("adm2", on=COD_AB).drop(columns="geometry"))


@pytest.fixture(scope="session")
def acled_hdx(districts):
    """Make a full table: each district in each month, as ACLED's sheets on HDX have it."""
    rows = list(itertools.product(districts.itertuples(), MONTHS))
    events, fatalities = np.random.default_rng(0).poisson(1.5, (2, len(rows)))
    return pd.DataFrame(
        {
            "Country": "Pakistan",
            "Admin1": [row.adm1_name for row, _ in rows],
            "Admin2": [row.adm2_name for row, _ in rows],
            "ISO3": "PAK",
            "Admin2 Pcode": [row.adm2_pcode for row, _ in rows],
            "Admin1 Pcode": [row.adm1_pcode for row, _ in rows],
            "Month": [month.strftime("%B") for _, month in rows],
            "Year": [month.year for _, month in rows],
            "Events": events,
            "Fatalities": fatalities,
        }
    )


HAPI_TAGS = {
    "location_code": "#country+code",
    "has_hrp": "#meta+has_hrp",
    "provider_admin1_name": "#adm1+name+provider",
    "provider_admin2_name": "#adm2+name+provider",
    "admin1_code": "#adm1+code",
    "admin1_name": "#adm1+name",
    "admin2_code": "#adm2+code",
    "admin2_name": "#adm2+name",
    "admin_level": "#adm+level",
    "event_type": "#event+type",
    "events": "#indicator+event+num",
    "fatalities": "#affected+killed",
    "reference_period_start": "#date+start",
    "reference_period_end": "#date+end",
    "resource_hdx_id": "#meta+resource_id",
}


@pytest.fixture
def hapi():
    """Write rows of HDX HAPI as text, below its names and its tags."""

    def write(*rows):
        lines = [",".join(HAPI_TAGS), ",".join(HAPI_TAGS.values())]
        return "\ufeff" + "\n".join([*lines, *rows]) + "\n"

    return write


@pytest.fixture
def weekly():
    """Write rows of ACLED's weekly counts as text, below their names."""

    def write(*rows):
        names = (
            "WEEK,REGION,COUNTRY,ADMIN1,EVENT_TYPE,SUB_EVENT_TYPE,EVENTS,FATALITIES,"
            "POPULATION_EXPOSURE,DISORDER_TYPE,ID,CENTROID_LATITUDE,CENTROID_LONGITUDE"
        )
        return "\n".join([names, *rows]) + "\n"

    return write
