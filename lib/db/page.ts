/** Where a page of a list is: behind the row of the key `after`, or ahead of the row of the key `before`, which goes first. */
export type Place = { after: string | null; before: string | null };

/** A list that is read by keys: `read` returns the rows nearest to a key, backwards in the reverse of the list's order. */
export type List<Key, Row> = {
  pageSize: number;
  readKey: (value: string | null) => Key | null;
  keyOf: (row: Row) => string;
  read: (part: { key: Key | null; isBackwards: boolean; limit: number }) => Promise<Row[]>;
};

/** `previous` is a key for `before`, and `next` one for `after`; null: there is no such page. */
export type Page<Row> = { rows: Row[]; previous: string | null; next: string | null; isFirst: boolean };

/** One page of a list. A key that cannot be read leads to the first page. */
export async function readPage<Key, Row>(list: List<Key, Row>, { after, before }: Place): Promise<Page<Row>> {
  const limit = list.pageSize + 1;
  const end = list.readKey(before);
  const earlier = end === null ? [] : await list.read({ key: end, isBackwards: true, limit });
  if (earlier.length === limit) return backwards(list, earlier);
  // What is ahead of the key is the first page or a part of it, which is shown in full.
  const key = end === null ? list.readKey(after) : null;
  const rows = await list.read({ key, isBackwards: false, limit });
  const shown = rows.slice(0, list.pageSize);
  const [first, last] = [shown[0], shown.at(-1)];
  return {
    rows: shown,
    previous: key !== null && first !== undefined ? list.keyOf(first) : null,
    next: rows.length === limit && last !== undefined ? list.keyOf(last) : null,
    isFirst: key === null,
  };
}

/** A page that has another one ahead of it. The row of the key follows it, so that there is a next page. */
function backwards<Key, Row>({ pageSize, keyOf }: List<Key, Row>, earlier: Row[]): Page<Row> {
  const rows = earlier.slice(0, pageSize).reverse();
  const [first, last] = [rows[0], rows.at(-1)];
  return {
    rows,
    previous: first === undefined ? null : keyOf(first),
    next: last === undefined ? null : keyOf(last),
    isFirst: false,
  };
}
