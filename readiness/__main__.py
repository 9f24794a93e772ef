"""The command line: what the screens do, without them. Like the pages an edge: it reads files, clock and environment.

python -m readiness import | undo | score | issues | report; each with --database URL and --json.
"""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
from tqdm import tqdm

from loaders import load_workbooks
from readiness.decisions import decisions_on
from readiness.facts import place_facts
from readiness.model import ZONE, Batch, ReadinessError
from readiness.people import OFFICE, User
from readiness.reference import demo_decisions, load_reference
from readiness.standing import Standing, standing
from readiness.terminal import issues_text, outcomes_text, score_text
from readiness.trends import as_of_day
from reports.content import Report, report_of
from reports.evidence import evidence
from reports.kinds import BY_NAME
from store import (
    Engine,
    album,
    data_version,
    default_database_url,
    load_decisions,
    load_snapshot,
    open_store,
    save_upload,
    tell_demo,
    undo_upload,
)

EVIDENCE = "evidence"
SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".zip")
UNREAD = {"id": None, "status": "refused", "records": 0, "rejected": 0}
TALLY = ("score", "coverage", "low", "high", "open", "overdue")
LOSS = ("area_code", "site", "indicator", "loss")
ISSUE = ("id", "origin", "area_code", "site", "location", "description", "status", "found_on", "due_on",
         "overdue_days", "relapse_of")


def main(arguments: list[str] | None = None) -> int:
    """Runs one command. Returns 0 when it is done and 1 when it was refused; wrong usage exits with 2."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")
    options = parser().parse_args(arguments, argparse.Namespace(database=None, json=False))
    try:
        code = options.run(options)
        sys.stdout.flush()
    except ReadinessError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever read the output, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def parser() -> argparse.ArgumentParser:
    """The grammar of the command line; --database and --json may stand before or after the command."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--database", metavar="URL",
                        help="数据库地址；不写则用环境变量 READINESS_DATABASE_URL 或看板自己的文件")
    common.add_argument("--json", action="store_true", help="输出 JSON")
    grammar = argparse.ArgumentParser("python -m readiness", description="创文迎检准备度：导入表格，查看得分和问题",
                                      parents=[common])
    commands = grammar.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], words: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, parents=[common], help=words, description=words)
        made.set_defaults(run=run)
        return made

    files = command("import", import_files, "导入表格：文件、文件夹或压缩包")
    files.add_argument("paths", nargs="+", type=Path, metavar="FILE|FOLDER|ZIP")
    files.add_argument("--if-new", action="store_true", help="只向从未上传过的数据库导入；已有过上传则什么也不做")
    command("undo", undo, "撤销一次上传").add_argument("upload_id", metavar="UPLOAD_ID")
    taken = command("report", report, "汇报材料：幻灯片（deck）、简报（brief）、汇总表（summary）或证据包（evidence）")
    taken.add_argument("kind", choices=[*BY_NAME, EVIDENCE], metavar="deck|brief|summary|evidence")
    taken.add_argument("--out", type=Path, required=True, metavar="FILE", help="写到哪个文件")
    whose = taken.add_mutually_exclusive_group()
    whose.add_argument("--issue", metavar="ID", help="证据包：哪一条问题（issues 列出的编号）")
    whose.add_argument("--area", metavar="AREA", help="证据包：哪个居民区（名称或 12 位代码）")
    dated = command("score", score, "准备度得分"), command("issues", issues, "问题清单")
    for made in (*dated, taken):
        made.add_argument("--as-of", type=_day, metavar="DATE", help="截至哪一天（含），如 2026-10-26")
    for made in dated:
        made.add_argument("--known-at", type=_time, metavar="TIME",
                          help="只看这个时刻以前的上传，如 2026-10-26T18:00，不写时区为北京时间")
    return grammar


def import_files(options: argparse.Namespace) -> int:
    """Saves every workbook of the files, folders and zips in a transaction of its own; 1 if one of them was refused."""
    engine, reference = _store(options), load_reference()
    outcomes: list[dict[str, Any]] = []
    demo = False
    if options.if_new and data_version(engine):
        _show(options, {"uploads": outcomes}, lambda: "数据库里已经有过上传，没有再导入。")
        return 0
    files = [file for given in options.paths for file in _spreadsheets(given, outcomes)]
    with tqdm(total=len(files), unit="份", disable=None) as bar:
        for batch in load_workbooks(_contents(files, outcomes), reference):
            outcomes.append(_saved(engine, batch))
            demo = demo or batch.demo
            bar.update()
    if demo:
        tell_demo(engine, demo_decisions(reference), _user(), datetime.now(UTC))
    _show(options, {"uploads": outcomes}, lambda: outcomes_text(outcomes))
    refused = [outcome["error"] for outcome in outcomes if outcome["error"]]
    for error in refused:
        print(error, file=sys.stderr)
    return 1 if refused else 0


def report(options: argparse.Namespace) -> int:
    """Writes a deck, brief, summary or evidence pack of a day to a file."""
    if options.kind != EVIDENCE and (options.issue or options.area):
        raise ReadinessError(f"--issue 和 --area 只用于证据包（{EVIDENCE}），不用于 {options.kind}。")
    engine, reference = _store(options), load_reference()
    snapshot = load_snapshot(engine)
    as_of = options.as_of or as_of_day(snapshot, datetime.now(ZONE).date())
    told = report_of(place_facts(snapshot, reference), reference, as_of,
                     decisions_on(load_decisions(engine), as_of), album(engine), snapshot)
    content = _pack(told, options) if options.kind == EVIDENCE else BY_NAME[options.kind](told)
    try:
        options.out.write_bytes(content)
    except OSError as problem:
        raise ReadinessError(f"写不到“{options.out}”，请检查路径和权限。") from problem
    size = len(content)
    _show(options, {"report": options.kind, "file": str(options.out), "as_of": as_of.isoformat(), "bytes": size},
          lambda: f"已写到 {options.out}（{size / 1024:.0f} KB）：{told.stamp}")
    return 0


def _pack(told: Report, options: argparse.Namespace) -> bytes:
    """The evidence of the issue or the area that is asked for, else of all."""
    issues, areas = told.now.issues, told.reference.areas
    if options.issue:
        found = issues[issues["issue"] == options.issue]
        if found.empty:
            raise ReadinessError(f"{told.as_of} 没有编号为“{options.issue}”的问题；编号由 issues --json 列出。")
        return evidence(told, found)
    if not options.area:
        return evidence(told, issues)
    named = areas[(areas[["code", "official_name", "short_name"]] == options.area).any(axis=1)]
    if named.empty:
        raise ReadinessError(f"没有名为“{options.area}”的居民区；可以用：{'、'.join(areas['short_name'])}。")
    return evidence(told, issues[issues["area_code"].isin(named["code"])])


def undo(options: argparse.Namespace) -> int:
    """Takes an upload out again."""
    undo_upload(_store(options), options.upload_id, _user(), datetime.now(UTC))
    _show(options, {"undone": options.upload_id}, lambda: f"已撤销 {options.upload_id}。")
    return 0


def score(options: argparse.Namespace) -> int:
    """The readiness score of the subdistrict and of its areas, and what each failing item costs."""
    found = _standing(options)
    subdistrict = pd.DataFrame([vars(found.subdistrict)])
    _show(options, {
        "as_of": found.as_of.isoformat(),
        "subdistrict": _records(subdistrict.assign(low=None, high=None), TALLY)[0],
        "areas": _records(found.areas.assign(low=None, high=None), ("area_code", *TALLY)),
        "losses": _records(found.losses, LOSS),
    }, lambda: score_text(found))
    return 0


def issues(options: argparse.Namespace) -> int:
    """The issues of both origins that have started by the day, verified ones too."""
    found = _standing(options)
    _show(options, _records(found.issues.rename(columns={"issue": "id"}), ISSUE), lambda: issues_text(found))
    return 0


def _store(options: argparse.Namespace) -> Engine:
    return open_store(options.database or default_database_url(os.environ))


def _standing(options: argparse.Namespace) -> Standing:
    snapshot, reference = load_snapshot(_store(options), options.known_at), load_reference()
    as_of = options.as_of or as_of_day(snapshot, datetime.now(ZONE).date())
    return standing(place_facts(snapshot, reference), reference, as_of)


def _spreadsheets(given: Path, outcomes: list[dict[str, Any]]) -> list[tuple[str, Path]]:
    """Name and path of a file, or of the spreadsheets anywhere in a folder, without hidden files and Excel's locks."""
    if not given.is_dir():
        return [(given.name, given)]
    inside = sorted(path.relative_to(given) for path in given.rglob("*") if path.suffix.lower() in SPREADSHEETS)
    files = [(f"{given.resolve().name}/{path.as_posix()}", given / path) for path in inside
             if not any(part.startswith((".", "~$")) for part in path.parts)]
    if not files:
        outcomes.append({**UNREAD, "file": str(given), "error": f"文件夹“{given}”里没有表格文件，请检查路径。"})
    return files


def _contents(files: Iterable[tuple[str, Path]], outcomes: list[dict[str, Any]]) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file; one that the system does not hand over is refused and passed by."""
    for name, path in files:
        try:
            content = path.read_bytes()
        except OSError:
            outcomes.append({**UNREAD, "file": name, "error": f"读不到文件“{path}”，请检查路径和权限。"})
        else:
            yield name, content


def _saved(engine: Engine, batch: Batch) -> dict[str, Any]:
    try:
        saved = save_upload(engine, batch, _user(), datetime.now(UTC))
    except ReadinessError as error:
        return {**UNREAD, "file": batch.file, "error": str(error)}
    return {"id": saved.upload_id, "file": batch.file, "status": saved.status, "records": saved.records,
            "rejected": saved.rejected, "error": None}


def _show(options: argparse.Namespace, value: Any, text: Callable[[], str]) -> None:
    print(json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1) if options.json else text())


def _records(frame: pd.DataFrame, columns: Iterable[str]) -> list[dict[str, Any]]:
    """The rows as JSON takes them: days as ISO text, unknown as null."""
    rows = frame[list(columns)]
    days = {name: rows[name].dt.strftime("%Y-%m-%d") for name in rows.select_dtypes("datetime")}
    rows = rows.assign(**days).astype(object)
    return rows.where(rows.notna(), None).to_dict("records")


def _user() -> User:
    """Whoever runs the command: the office, by the name under which the system knows them."""
    try:
        return User(getpass.getuser(), OFFICE)
    except (ImportError, KeyError, OSError):
        return User("命令行", OFFICE)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，请写成 2026-10-26") from error


def _time(text: str) -> datetime:
    try:
        time = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}”不是时刻，请写成 2026-10-26T18:00") from error
    return time if time.tzinfo else time.replace(tzinfo=ZONE)


if __name__ == "__main__":
    sys.exit(main())
