"""The columns of real exports, as their sources give them."""

from __future__ import annotations


def _list(text: str) -> list[str]:
    return text.split()


ACLED = _list(
    """
    event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1
    assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region
    country admin1 admin2 admin3 location latitude longitude geo_precision source source_scale
    notes fatalities tags timestamp
    """
)
ACLED_BEFORE_2023 = _list(
    """
    data_id iso event_id_cnty event_id_no_cnty event_date year time_precision event_type
    sub_event_type actor1 assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction region
    country admin1 admin2 admin3 location latitude longitude geo_precision source source_scale
    notes fatalities timestamp iso3
    """
)
UCDP = _list(
    """
    id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id
    conflict_name dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a
    side_b_dset_id side_b_new_id side_b number_of_sources source_article source_office
    source_date source_headline source_original where_prec where_coordinates where_description
    adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity
    date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high
    low gwnoa gwnob
    """
)
GTD = _list(
    """
    eventid iyear imonth iday approxdate extended resolution country country_txt region
    region_txt provstate city latitude longitude specificity vicinity location summary crit1
    crit2 crit3 doubtterr alternative alternative_txt multiple success suicide attacktype1
    attacktype1_txt targtype1 targtype1_txt targsubtype1 targsubtype1_txt corp1 target1 natlty1
    natlty1_txt gname gsubname motive guncertain1 individual nperps claimed weaptype1
    weaptype1_txt nkill nkillus nkillter nwound nwoundus nwoundte property ishostkid addnotes
    scite1 scite2 scite3 dbsource INT_LOG INT_IDEO INT_MISC INT_ANY related
    """
)
