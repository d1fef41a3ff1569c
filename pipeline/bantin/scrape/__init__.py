"""Polite, crash-safe fetching of news sites into WARC files. The only stage that touches the network.

`scrape` fetches what is new on a list of sites into an archive folder, which `bantin run` then reads.
"""

from __future__ import annotations

from bantin.scrape.discovery import Discovery, detected
from bantin.scrape.harvest import Site
from bantin.scrape.run import Outcome, Report, Settings, scrape
from bantin.scrape.sites import check_tables, site

__all__ = ["Discovery", "Outcome", "Report", "Settings", "Site", "check_tables", "detected", "scrape", "site"]
