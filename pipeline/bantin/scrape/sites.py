"""From what the user names to a `Site`: the name of a profile, or an address, which takes its host's profile along."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from bantin.errors import DataFileError, InputError
from bantin.profiles import Profile, load_profiles, profile_of
from bantin.scrape.discovery import Discovery, detected, from_profile
from bantin.scrape.harvest import Site

_ANY_HOST = "example.vn"
"""Stands for a site's own host where the table of a family is checked."""


def site(name: str) -> Site:
    """The site of a profile's name or of an address.

    An address on a host that has a profile is walked as the profile says: wholly where it is the home page, else that
    page as a listing of its own. Raises InputError for a name without profile and DataFileError for a wrong table.
    """
    if "://" not in name:
        return Site(name, discovery_of(_named(name)))
    profile = profile_of(name)
    if profile is None:
        return Site(name, detected(name))
    whole = discovery_of(profile)
    if urlsplit(name).path in ("", "/") and not urlsplit(name).query:
        return Site(name, whole)
    return Site(name, replace(whole, start=(name,), feeds=(), sitemaps=(), pages="", detect=True))


def discovery_of(profile: Profile) -> Discovery:
    """How the site of a profile is walked. Raises DataFileError (file, key, fix)."""
    article = profile.article.pattern if profile.article else ""
    return from_profile(profile.scrape, profile.file, profile.hosts or (_ANY_HOST,), article)


def check_tables() -> list[str]:
    """Problems of the `[scrape]` tables of every profile, families too."""
    problems = []
    for profile in load_profiles():
        try:
            discovery_of(profile)
        except DataFileError as e:
            problems.append(str(e))
    return problems


def _named(name: str) -> Profile:
    profiles = {profile.name: profile for profile in load_profiles()}
    if name not in profiles:
        known = ", ".join(sorted(n for n, profile in profiles.items() if profile.hosts))
        raise InputError(f"{name}: no site profile of this name; an address begins with https://, profiles are {known}")
    if not profiles[name].hosts:
        raise InputError(f"{name}: a family of sites, not a site; name one of its sites by its address")
    return profiles[name]
