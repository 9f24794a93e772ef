"""Pictures of every screen: `python -m tests.pictures` starts a dashboard with the demonstration data and looks at it.

Writes pictures/<page>-<width>-<light|dark>-<zh|en>.png, and the same with -whole where the page is longer than the
window. Ends with 1 if a request left 127.0.0.1 or a page stood wider than its window.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browsing import CHROMIUM, FLAGS, ROOT, served, settle, shut_in

SIZES = ((1366, 768), (1920, 1080))
MODES = ("light", "dark")
LANGUAGES = ("zh", "en")
PAGES = {
    "overview": "", "map": "map", "map-area": "map?area=310109016022", "map-open": "map?by=open", "trends": "trends",
    "trends-areas": "trends?compare=310109016022&compare=310109016011&compare=310109016017",
    "area": "area?area=310109016022", "unit": "unit", "ledger": "ledger", "intake": "intake",
    "relapse": "relapse", "integrity": "integrity",
    "special": "special?special=ebike_shops",
    "followup": "followup",
    "patrols": "patrols",
    "decisions": "decisions", "chiefs": "chiefs",
    **{f"meeting-{number}": f"meeting?at={number}" for number in range(1, 10)},
}
EMPTY_PAGES = {"first-start": "", "first-intake": "intake"}


def look(page: Page, address: str, name: str, folder: Path) -> bool:
    """Takes the pictures of one screen; returns whether it is no wider than its window."""
    page.goto(address)
    settle(page)
    page.screenshot(path=folder / f"{name}.png")
    tall, wide = page.evaluate("() => { const main = document.querySelector('.stMain');"
                               " return [main.scrollHeight, main.scrollWidth - main.clientWidth]; }")
    size = page.viewport_size
    if tall > size["height"]:
        page.set_viewport_size({"width": size["width"], "height": tall})
        settle(page)
        page.screenshot(path=folder / f"{name}-whole.png")
        page.set_viewport_size(size)
    return wide <= 0


def main() -> int:
    """Takes all pictures; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "pictures")
    parser.add_argument("--only", nargs="*", help="names of screens, all by default")
    chosen = parser.parse_args()
    chosen.out.mkdir(exist_ok=True)
    left, wide = [], []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        filled, empty = (f"sqlite:///{Path(folder, name).as_posix()}.sqlite" for name in ("filled", "empty"))
        subprocess.run([sys.executable, "-m", "readiness", "--database", filled, "import", "data/demo"], cwd=ROOT,
                       check=True, stdout=subprocess.DEVNULL)
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for database, screens in ((filled, PAGES), (empty, EMPTY_PAGES)):
            wanted = {name: path for name, path in screens.items() if not chosen.only or name in chosen.only}
            with served(database) as address:
                for (width, height), mode, language in product(SIZES, MODES, LANGUAGES):
                    page, kind = shut_in(browser, width, height, mode, left), f"{width}-{mode}-{language}"
                    page.goto(address)
                    settle(page)
                    wide += [f"{name}-{kind}" for name, path in wanted.items() if not look(
                        page, f"{address}/{path}{'&' if '?' in path else '?'}lang={language}", f"{name}-{kind}",
                        chosen.out)]
                    page.context.close()
        browser.close()
    print(f"{len(list(chosen.out.glob('*.png')))} pictures in {chosen.out}")
    for url in left:
        print(f"left 127.0.0.1: {url}")
    for name in wide:
        print(f"wider than its window: {name}")
    return 1 if left or wide else 0


if __name__ == "__main__":
    sys.exit(main())
