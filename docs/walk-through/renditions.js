// Stands for a table with a unique index: what is there already is refused.
const rows = new Map();

export function insertRendition(key, width) {
  if (rows.has(key)) throw new Error(`UNIQUE constraint failed: renditions.key = "${key}"`);
  rows.set(key, width);
}

export function hasRendition(key) {
  return rows.has(key);
}
