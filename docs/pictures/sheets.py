"""Contact sheets: all widths of a page beside each other, a row for each language, so that a person can look at all."""

from collections.abc import Iterator
from html import escape
from itertools import count
from pathlib import Path

from PIL import Image, ImageDraw

LARGEST = 2_400
GAP = 8
LABEL = 22
# How much of a page a row shows, in pixels of the sheet.
TALLEST = 1_150
# And of a screen of the newsroom in a further language: it is laid out as in the first.
TALLEST_AGAIN = 560
# How a page is shown, how much smaller, and on how many columns where it is tall. The dark ones at two widths: nothing
# is laid out otherwise there. Together they are as wide as a sheet.
COLUMNS = (
    ("320-light", 0.6, 2), ("768-light", 0.36, 1), ("1280-light", 0.36, 1), ("1920-light", 0.18, 1),
    ("320-dark", 0.6, 1), ("1280-dark", 0.36, 1), ("print", 0.27, 1),
)  # fmt: skip
PARTS = ("public", "empty", "hard", "newsroom", "admin")
ORDER = ("en", "ru", "ar")
ALL = (*(f"{width}-{scheme}" for width in (320, 768, 1280, 1920) for scheme in ("light", "dark")), "print")
GROUND, INK = "#8a8a8a", "#000000"
Row = tuple[str, Image.Image]


def draw_all(folder: Path, notes: list[str] | None) -> int:
    """Draw the sheets of all pictures in the folder and the index; return how many there are."""
    target = folder / "sheets"
    target.mkdir(parents=True, exist_ok=True)
    for old in target.glob("*.png"):
        old.unlink()
    sheets: list[tuple[Path, list[str]]] = []
    for part in PARTS:
        sheets += _on_sheets(_rows(folder, part), target / part)
    _index(folder, sheets, notes)
    return len(sheets)


def _pages(folder: Path, part: str) -> list[str]:
    first = COLUMNS[0][0]
    return sorted({file.name.removesuffix(f"-{first}.png") for file in folder.glob(f"*/{part}-*-{first}.png")})


def _rows(folder: Path, part: str) -> Iterator[Row]:
    for page in _pages(folder, part):
        for language in ORDER:
            is_again = part in {"newsroom", "admin"} and language != ORDER[0]
            if row := _row(folder / language, page, TALLEST_AGAIN if is_again else TALLEST):
                yield f"{language}/{page}", row


def _row(folder: Path, page: str, tallest: int) -> Image.Image | None:
    """Return the pictures of a page in one language beside each other."""
    shown = [
        piece
        for column, scale, pieces in COLUMNS
        if (file := folder / f"{page}-{column}.png").exists()
        for piece in _pieces(file, scale, pieces, tallest)
    ]
    if not shown:
        return None
    width = sum(one.width + GAP for one in shown) - GAP
    row = Image.new("RGB", (width, max(one.height for one in shown)), GROUND)
    left = 0
    for one in shown:
        row.paste(one, (left, 0))
        left += one.width + GAP
    return row


def _pieces(file: Path, scale: float, pieces: int, tallest: int) -> Iterator[Image.Image]:
    """Return the picture made smaller, in pieces beside each other where it is tall."""
    with Image.open(file) as image:
        cut = image.convert("RGB").crop((0, 0, image.width, min(image.height, round(pieces * tallest / scale))))
    size = round(cut.width * scale), max(1, round(cut.height * scale))
    small = cut.resize(size, Image.Resampling.LANCZOS, reducing_gap=1.1)
    for top in range(0, min(small.height, pieces * tallest), tallest):
        yield small.crop((0, top, small.width, min(small.height, top + tallest)))


def _on_sheets(rows: Iterator[Row], start: Path) -> Iterator[tuple[Path, list[str]]]:
    """Put as many rows on a sheet as it has room for; return each with what is on it."""
    sheet: list[Row] = []
    number = count(1)
    for label, row in rows:
        if sheet and sum(LABEL + one.height for _, one in (*sheet, (label, row))) > LARGEST:
            yield _save(sheet, start, next(number))
            sheet = []
        sheet.append((label, row))
    if sheet:
        yield _save(sheet, start, next(number))


def _save(rows: list[Row], start: Path, number: int) -> tuple[Path, list[str]]:
    size = (max(row.width for _, row in rows), sum(LABEL + row.height for _, row in rows))
    image, top = Image.new("RGB", size, GROUND), 0
    write = ImageDraw.Draw(image)
    for label, row in rows:
        write.text((4, top + 1), label, INK, font_size=16)
        image.paste(row, (0, top + LABEL))
        top += LABEL + row.height
    labels = [label for label, _ in rows]
    first = labels[0].partition("/")[2].partition("-")[2]
    file = start.with_name(f"{start.name}-{number:02d}-{first}.png")
    image.save(file, compress_level=1)
    return file, labels


def _index(folder: Path, sheets: list[tuple[Path, list[str]]], notes: list[str] | None) -> None:
    """Write the page that shows all sheets, with what seemed wrong above them."""
    remarks = folder / "notes.txt"
    if notes is not None:
        remarks.write_text("".join(f"{line}\n" for line in notes))
    seen = remarks.read_text().splitlines() if remarks.exists() else []
    lines = ["<!doctype html><html lang=en><meta charset=utf-8><title>Pictures</title><h1>Pictures</h1>"]
    lines += ["<h2>What seemed wrong</h2><ul>", *(f"<li>{escape(line)}</li>" for line in seen), "</ul>"]
    for file, labels in sheets:
        lines.append(f"<h2>{file.stem}</h2>")
        for label in labels:
            language, _, page = label.partition("/")
            found = [folder / language / f"{page}-{column}.png" for column in ALL] + [folder / language / f"{page}.pdf"]
            links = [f'<a href="{language}/{one.name}">{one.name}</a>' for one in found if one.exists()]
            lines.append(f"<details><summary>{label}</summary>{' · '.join(links)}</details>")
        lines.append(f'<img loading=lazy width=1200 src="sheets/{file.name}" alt="{", ".join(labels)}">')
    (folder / "index.html").write_text("\n".join(lines) + "\n")
