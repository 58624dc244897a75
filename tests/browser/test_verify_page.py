"""The page that draws again: in real Chromium it agrees with the toolkit on every vector, and finds every changed leaf."""

from __future__ import annotations

import base64
import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import dom, needs_chromium
from tests.steps.test_sample import FULL, VECTORS, certificate_of, lines_of, mutations
from toolkit.files.verify_page import write
from toolkit.steps.sample import canonical, frame_digest, parse_frame
from toolkit.steps.sample_verify import verify

pytestmark = needs_chromium


def after(script: str, folder: Path, certificate: str = "") -> str:
    """The document after a script of ours has run behind the page's own."""
    page = folder / "verify.html"
    page.write_bytes(write(certificate).replace(b"</body>", b"<script>" + script.encode() + b"</script></body>"))
    return dom(page)


def told(script: str, folder: Path, certificate: str = "") -> Any:
    """What a script leaves in `document.title` as JSON."""
    shown = re.search(r"<title>(.*?)</title>", after(script, folder, certificate), re.S)
    assert shown is not None
    return json.loads(html.unescape(shown[1]))


def verdict(document: str) -> tuple[str, list[str]]:
    """The state shown, and the places that differ."""
    shown = re.search(r'<div id="verdict" class="(\w+)">', document)
    assert shown is not None, re.findall(r'<div id="verdict".*', document)
    between = document.partition('<div id="differences">')[2].partition('<div id="facts">')[0]
    return shown[1], [html.unescape(place) for place in re.findall(r"<tr><td>(.*?)</td>", between)]


def bytes_in_script(data: bytes) -> str:
    return f'Uint8Array.from(atob("{base64.b64encode(data).decode()}"), sign => sign.charCodeAt(0))'


def test_page_and_toolkit_agree_on_all_vectors(tmp_path: Path) -> None:
    cases = [{"certificate": certificate_of(vector), "frame": vector["frame"], "K": vector["K"]} for vector in VECTORS]
    script = f"""const cases = {json.dumps(cases)};
    document.title = JSON.stringify(cases.map(({{certificate, frame}}) => {{
      const bytes = Uint8Array.from(bytesOf(frame)), whole = verify(certificate, bytes);
      return [whole.state, whole.again, keyOf(certificate.period, certificate.S), verify(certificate, null).state];
    }}));"""
    assert told(script, tmp_path) == [["done", case["certificate"], case["K"], "warning"] for case in cases]


@pytest.mark.parametrize("with_frame", [True, False])
def test_every_leaf_changed_is_found_and_named_alike(with_frame: bool, tmp_path: Path) -> None:
    changed = [mutated for _, mutated in mutations(certificate_of(FULL))]
    frame = bytes_in_script(FULL["frame"].encode()) if with_frame else "null"
    script = f"""const frame = {frame}, changed = {json.dumps(changed)};
    document.title = JSON.stringify(changed.map(one => {{
      const found = verify(one, frame);
      return [found.state, found.differs.map(place => place.path)];
    }}));"""
    lines = lines_of(FULL) if with_frame else None
    assert len(changed) > 80
    assert told(script, tmp_path) == [["error", [one.path for one in verify(mutated, lines)]] for mutated in changed]


def test_frames_are_read_alike(tmp_path: Path) -> None:
    good = FULL["frame"].encode()
    first, second = good.split(b"\n")[:2]
    frames = [good, b"", b"\xef\xbb\xbf" + good, good.replace(b"\n", b"\r\n"), good[:-1], good + first + b"\n",
              first + b"\n" + good, second + b"\n" + first + b"\n",
              good.replace(b"\t", b" "), good.upper(), good + b"\xff\n", b"\n"]
    script = f"""const frames = [{",".join(map(bytes_in_script, frames))}];
    document.title = JSON.stringify(frames.map(bytes => [Boolean(parseFrame(bytes).why), sha256(bytes)]));"""
    assert told(script, tmp_path) == [[not isinstance(parse_frame(frame), tuple), frame_digest(frame)] for frame in frames]


def test_sha256_at_every_length(tmp_path: Path) -> None:
    script = "document.title = JSON.stringify(Array.from({length: 200}, (_, size) => sha256(new Uint8Array(size).fill(size))));"
    assert told(script, tmp_path) == [frame_digest(bytes([size]) * size) for size in range(200)]


def test_pasted_by_hand(tmp_path: Path) -> None:
    text = canonical(certificate_of(FULL))
    press = f"at('frame').value = {json.dumps(FULL['frame'])}; at('check').click();"
    assert verdict(after(press, tmp_path, text)) == ("done", [])
    assert verdict(after("at('check').click();", tmp_path, text)) == ("warning", [])
    assert verdict(after("at('certificate').value = '{'; at('check').click();", tmp_path, text)) == ("error", [])
    other = FULL["frame"].replace("\ty\n", "\tn\n", 1)
    state, places = verdict(after(f"at('frame').value = {json.dumps(other)}; at('check').click();", tmp_path, text))
    assert (state, places[0], "digest" in places) == ("error", "M", True)


def test_opened_as_files(tmp_path: Path) -> None:
    """Files put into the inputs as a person's choice would."""
    made = canonical(certificate_of(FULL)).encode()
    for frame, state in ((FULL["frame"].encode(), "done"), (FULL["frame"].replace("\n", "\r\n").encode(), "error")):
        script = f"""function choose(id, bytes, name) {{
          const files = new DataTransfer();
          files.items.add(new File([bytes], name));
          at(id).files = files.files;
          at(id).dispatchEvent(new Event("change"));
        }}
        choose("certificate-file", {bytes_in_script(made)}, "certificate.json");
        choose("frame-file", {bytes_in_script(frame)}, "frame.txt");
        setTimeout(() => at("check").click(), 500);"""
        assert verdict(after(script, tmp_path)) == (state, [])


def test_the_page_fetches_nothing_and_no_text_ends_it_early(tmp_path: Path) -> None:
    page = write(canonical({**certificate_of(FULL), "made": "</script><script>document.title='1'</script>"})).decode()
    assert "default-src 'none'" in page and re.findall(r"(?:https?:|src=|@import|url\()", page) == []
    assert page.count("</script>") == 2 and "localStorage" not in page and "fetch(" not in page
    script = "document.title = JSON.stringify(JSON.parse(at('certificate').value).made);"
    made = canonical({**certificate_of(FULL), "made": "</script><b>&amp;"})
    assert told(script, tmp_path, made) == "</script><b>&amp;"
