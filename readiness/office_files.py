"""Files that an office edits, read with line numbers: a bad edit becomes one sentence that names file and line."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from readiness.language import _
from readiness.model import ReadinessError

LINE = "line"
_TOML_PLACE = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True)
class OfficeFile:
    """One file's name as an office knows it ("data/areas.csv") and its text with "\\n" as the only line end."""

    name: str
    text: str

    def error(self, line: int | None, sentence: str) -> ReadinessError:
        """The refusal of an edit. line counts from 1; None when no single line is to blame."""
        place = self.name if line is None else _("{file} 第 {line} 行").format(file=self.name, line=line)
        return ReadinessError(_("{place}：{sentence}").format(place=place, sentence=sentence))

    def line_of(self, pattern: str, after: int | None = None, nth: int = 0) -> int | None:
        """The number of the nth line (from 0) that begins with a pattern, from line after on; None if there is none."""
        lines = enumerate(self.text.split("\n"), start=1)
        begins = re.compile(rf"\s*(?:{pattern})")
        found = [number for number, line in lines if number >= (after or 1) and begins.match(line)]
        return found[nth] if nth < len(found) else None


def read_file(folder: Path, path: str) -> OfficeFile:
    """The text of folder/path, saved as UTF-8 (with or without BOM), UTF-16 with BOM, or GB18030 as Excel does.

    Raises ReadinessError when the file is missing or is no text.
    """
    name = f"{folder.name}/{path}"
    try:
        content = (folder / path).read_bytes()
    except OSError as problem:
        raise OfficeFile(name, "").error(None, _("打不开这个文件，请把它放回原处，或检查读取权限。")) from problem
    for encoding in ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030"):
        try:
            return OfficeFile(name, content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n"))
        except UnicodeDecodeError:
            continue
    raise OfficeFile(name, "").error(None, _("文字编码无法识别，请另存为 UTF-8 编码的文本。"))


def csv_rows(file: OfficeFile, columns: tuple[str, ...]) -> pd.DataFrame:
    """The rows of a CSV file as text without outer spaces: the named columns and line (where the row begins, from 1).

    Blank rows are left out and columns that are not asked for are ignored. Raises ReadinessError for a column that is
    missing or doubled, a row with more cells than the heading, and a quotation mark that is never closed.
    """
    records = _records(file)
    heading = [cell.strip() for cell in records[0][1]] if records else []
    _check_heading(file, heading, columns)
    for line, cells in records[1:]:
        if any(cell.strip() for cell in cells[len(heading):]):
            raise file.error(line, _("有 {cells} 格，表头只有 {heading} 格，内容里的逗号请改成“{comma}”或“|”。").format(
                cells=len(cells), heading=len(heading), comma="，"))
    body = [(line, cells) for line, cells in records[1:] if any(cell.strip() for cell in cells)]
    padded = [[cell.strip() for cell in cells[:len(heading)]] + [""] * (len(heading) - len(cells))
              for line, cells in body]
    frame = pd.DataFrame(padded, columns=heading, dtype="str")[list(columns)]
    return frame.assign(**{LINE: pd.Series([line for line, cells in body], dtype="int64")})


def _records(file: OfficeFile) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(file.text, newline=""), strict=True)
    records, begins = [], 1
    try:
        for cells in reader:
            records.append((begins, cells))
            begins = reader.line_num + 1
    except csv.Error as problem:
        raise file.error(begins, _("引号不成对，请删去多余的半角双引号，或在这一格的末尾补上一个。")) from problem
    return records


def _check_heading(file: OfficeFile, heading: list[str], columns: tuple[str, ...]) -> None:
    missing = [column for column in columns if column not in heading]
    doubled = [column for column in columns if heading.count(column) > 1]
    if missing:
        raise file.error(1, _("表头缺少“{missing}”列，应有 {columns}。").format(
            missing=_("”“").join(missing), columns=",".join(columns)))
    if doubled:
        raise file.error(1, _("表头的“{column}”列出现了两次，请删去一列。").format(column=doubled[0]))


def refuse(file: OfficeFile, rows: pd.DataFrame, column: str, bad: pd.Series, wanted: str) -> None:
    """Raises ReadinessError for the first row that is bad: the column, the text seen there, and what is wanted."""
    if bad.any():
        row = rows[bad].iloc[0]
        sentence = _("{column} 列看到“{seen}”，{wanted}。") if row[column] else _("{column} 列是空的，{wanted}。")
        raise file.error(int(row[LINE]), sentence.format(column=column, seen=row[column], wanted=wanted))


def refuse_repeated(file: OfficeFile, rows: pd.DataFrame, column: str, within: tuple[str, ...] = ()) -> None:
    """Raises ReadinessError for the first text of a column that an earlier row (with the same within) already has."""
    again = rows[column].ne("") & rows.duplicated([*within, column])
    if again.any():
        row = rows[again].iloc[0]
        first = rows[(rows[[*within, column]] == row[[*within, column]]).all(axis=1)].iloc[0]
        raise file.error(int(row[LINE]), _("{column} 列看到“{seen}”，第 {line} 行已经用过，应换一个不同的。").format(
            column=column, seen=row[column], line=first[LINE]))


def refuse_shared(file: OfficeFile, words: pd.DataFrame, by: list[str], owner: str) -> None:
    """Raises ReadinessError for the first word (seen, in column) whose `by` an earlier row of another owner has."""
    firsts = words.groupby(by, sort=False)[[owner, LINE]].transform("first")
    taken = (words[owner] != firsts[owner]).to_numpy()
    if taken.any():
        word, line = words[taken].iloc[0], firsts.loc[taken, LINE].iloc[0]
        raise file.error(int(word[LINE]), _("{column} 列看到“{seen}”，第 {line} 行已经用过，应只留在一处。").format(
            column=word["column"], seen=word["seen"], line=line))


def parts(texts: pd.Series) -> pd.Series:
    """The words of each text that are parted by "|", as tuples without outer spaces and blanks."""
    return texts.map(lambda text: tuple(word.strip() for word in text.replace("｜", "|").split("|") if word.strip()))


def toml_table(file: OfficeFile) -> dict[str, Any]:
    """The content of a TOML file. Raises ReadinessError with the line of a mistake in its notation."""
    try:
        return tomllib.loads(file.text)
    except tomllib.TOMLDecodeError as problem:
        place = _TOML_PLACE.search(str(problem))
        lines = file.text.split("\n")
        line = int(place[1]) if place else len(file.text.rstrip().split("\n"))
        seen = lines[line - 1].strip()
        raise file.error(line, _(
            "看到“{seen}”，读不懂，应写成 名称 = 数值，等号、引号和小数点用半角符号，日期要真实存在。").format(
                seen=seen)) from problem
