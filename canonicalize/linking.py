"""Surface forms linked to canonical entities, with the reasons in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from canonicalize.name_index import NameIndex, NameOwner
from canonicalize.surface_forms import core_words, joined, slug, surface_key, surface_words, tidied
from canonicalize.typing_errors import closest_writing
from records import PROVISIONAL, Entity, EntityType, Link, LinkStatus
