"""The page of a report: sections become HTML, in which every text is escaped."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import DictLoader, Environment, StrictUndefined

from geosec.maps.policy import hash_scripts
from geosec.report.content import Frame
from geosec.shared import build_once

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Template

    from geosec.report.content import Section
    from geosec.report.saying import Teller


def render_report(
    sections: Sequence[Section], tell: Teller, headings: dict[str, str], paper: str = ""
) -> str:
    """Render a report as one HTML file that asks nobody for anything.

    `headings` are ``title``, ``subtitle``, ``question``, ``reading``, ``credit``, ``stamp`` and
    ``version``; `paper` is the size of its pages where it is printed at once.
    """
    css = _read_web("report.css").replace("\n", "")
    css += f"@page{{size:{paper}}}" if paper else ""
    page: str = _load_template().render(
        sections=sections,
        words=tell.words,
        language=tell.language,
        css=css,
        policy=_write_policy(sections, css),
        **headings,
    )
    return page


def _write_policy(sections: Sequence[Section], css: str) -> str:
    """Write the Content-Security-Policy of a report: its style, and the scripts of its map.

    The page of the map stands in a frame, which obeys the policy of the page round it; its own
    allows no more than its scripts. It sets styles as it draws, and no text of a report is one.
    """
    frames = [block for each in sections for block in each.blocks if isinstance(block, Frame)]
    scripts = list(dict.fromkeys(each for frame in frames for each in hash_scripts(frame.page)))
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode("ascii")
    rules = {
        "default-src": ["'none'"],
        "script-src": scripts or ["'none'"],
        "style-src": ["'unsafe-inline'"] if frames else [f"'sha256-{digest}'"],
        "img-src": ["data:"],
        "font-src": ["data:"] if frames else ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    said = "; ".join(" ".join([name, *each]) for name, each in rules.items())
    return f'<meta http-equiv="Content-Security-Policy" content="{escape(said, quote=False)}">'


@build_once
def _load_template() -> Template:
    texts = DictLoader({"report.html": _read_web("report.html")})
    environment = Environment(
        loader=texts, autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    return environment.get_template("report.html")


def _read_web(name: str) -> str:
    return (files("geosec.report") / "web" / name).read_text(encoding="utf-8")
