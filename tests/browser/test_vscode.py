"""A map in a notebook of VS Code, whose webview this page imitates: its policy, frames and sizes.

VS Code writes an output by `innerHTML` into a frame of its own, which may run scripts and hand out
files and may not open windows. With ``notebook.experimental.enableCsp`` the policy below holds in
it, and so in the frame of the map.
"""

from __future__ import annotations

import json

import folium
import pytest

import geosec

pytestmark = pytest.mark.browser

_HOST = "https://*.vscode-cdn.net"
_POLICY = (
    f"default-src 'none'; script-src {_HOST} 'unsafe-inline' 'unsafe-eval'; "
    f"style-src {_HOST} 'unsafe-inline'; img-src {_HOST} https: http: data:; "
    f"font-src {_HOST} https:; connect-src https:; child-src https: data:;"
)
_MAY = "allow-same-origin allow-pointer-lock allow-scripts allow-downloads allow-forms"
_OUTPUT = """
<html lang="en"><head><meta charset="UTF-8"><base href="https://file.vscode-cdn.net/here/">
{policy}<style>th, td {{ text-align: right }} body {{ background: #1f1f1f }}</style></head>
<body style="overflow: hidden"><div id="container"></div><script type="module">
  const output = document.createElement("div");
  output.innerHTML = {html};
  document.querySelector("#container").append(output);
  for (const script of output.getElementsByTagName("script")) {{
    const again = document.createElement("script");
    again.text = script.innerText;
    output.append(again);
  }}
</script></body></html>
"""
_WEBVIEW = """<title>notebook</title>
<iframe sandbox="{may}" width="1100" height="{height}"></iframe>
<script>
  const page = document.querySelector("iframe").contentDocument;
  page.open(); page.write({page}); page.close();
</script>"""


@pytest.fixture(scope="module")
def table():
    made = geosec.geocode(["near Mach", "Kech district", "nowhere at all"])
    return made.assign(event_type=["Battles", "Riots", "Riots"], source_url="https://example.org/a")


def _write(value):
    return json.dumps(value).replace("</", "<\\/")


def open_output(watched, map_, tmp_path, *, policy=True, height=5000):
    """Show a map as VS Code shows an output; gives the frame of the map."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">' if policy else ""
    page = _OUTPUT.format(policy=meta, html=_write(map_._repr_html_()))
    path = tmp_path / "webview.html"
    path.write_text(_WEBVIEW.format(may=_MAY, height=height, page=_write(page)), encoding="utf-8")
    watched.goto(path.as_uri())
    watched.wait_for_function("frames[0].frames.length")
    frame = watched.frames[2]
    frame.wait_for_selector("html[data-geosec=ready]", state="attached")
    return frame


@pytest.mark.parametrize("policy", [True, False])
def test_the_page_works_in_the_webview(watched, table, tmp_path, policy):
    frame = open_output(watched, geosec.incident_map(table), tmp_path, policy=policy)
    assert watched.frames[1].locator("iframe").bounding_box()["height"] == 600
    frame.get_by_label("Riots").first.check()
    frame.wait_for_selector("text=1 of 2 incidents")
    with watched.expect_download() as handed:
        frame.get_by_role("button", name="CSV").click()
    assert "Kech" in handed.value.path().read_text(encoding="utf-8")
    assert [each for each in watched.asked[1:] if not each.startswith(("data:", "blob:"))] == []
    assert [said for said in watched.complaints if "escape its sandboxing" not in said] == []
    watched.screenshot(path=str(tmp_path / "webview.png"))


def test_layers_of_ones_own_are_drawn_there(watched, table, tmp_path):
    map_ = geosec.incident_map(table)
    folium.Marker([30, 67], popup="my own", icon=folium.Icon(icon="star", prefix="fa")).add_to(map_)
    frame = open_output(watched, map_, tmp_path)
    frame.locator(".awesome-marker-icon-blue").click()
    frame.wait_for_selector("text=my own")


def test_a_share_of_a_window_as_high_as_the_notebook_is_bounded(watched, table, tmp_path):
    open_output(watched, geosec.incident_map(table, height="70vh"), tmp_path)
    assert watched.frames[1].locator("iframe").bounding_box()["height"] == 1200
