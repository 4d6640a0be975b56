// Comma-separated values (RFC 4180), row by row. Most rows have no quotes, so those take the short way.

/** Yields every row as it stands; a row goes on over line breaks inside quotes. */
export function* csvRows(text: string): Generator<string, void> {
  let start = 0;
  while (start < text.length) {
    let end = text.indexOf("\n", start);
    if (end === -1) end = text.length;
    let row = text.slice(start, end);
    while (hasOpenQuote(row) && end < text.length) {
      const next = text.indexOf("\n", end + 1);
      end = next === -1 ? text.length : next;
      row = text.slice(start, end);
    }
    start = end + 1;
    const line = row.endsWith("\r") ? row.slice(0, -1) : row;
    if (line !== "") yield line;
  }
}

/** The cells of a row; quoted cells may hold commas, quotes and line breaks. */
export function csvCells(row: string): string[] {
  return row.includes('"') ? quotedCells(row) : row.split(",");
}

function hasOpenQuote(row: string): boolean {
  if (!row.includes('"')) return false;
  return (row.split('"').length - 1) % 2 === 1;
}

function quotedCells(line: string): string[] {
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  for (let index = 0; index < line.length; index++) {
    const character = line[index]!;
    if (quoted && character === '"' && line[index + 1] === '"') {
      cell += '"';
      index++;
    } else if (character === '"') quoted = !quoted;
    else if (character === "," && !quoted) {
      cells.push(cell);
      cell = "";
    } else cell += character;
  }
  cells.push(cell);
  return cells;
}
