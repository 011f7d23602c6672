import { type Answer, type ApiProblem, invalid, invalidAttribute, ok } from "./answer.ts";

const DEFAULT_PAGE_SIZE = 25;
const MAX_PAGE_SIZE = 100;

/**
 * A list in the order that `sortBy` and `sortOrder` ask for, then one page of it; 400 for what cannot be sorted by. Without
 * `sortBy` it stays as it is. Which order holds without `sortOrder` is not documented; it is ascending here.
 */
export function sortAndPaginate<T extends object>(
  items: readonly T[],
  sortable: readonly (keyof T & string)[],
  url: URL,
) {
  const sortBy = url.searchParams.get("sortBy");
  const order = url.searchParams.get("sortOrder") ?? "asc";
  const field = sortable.find((name) => name === sortBy);
  const [first, ...more] = [
    ...(sortBy !== null && field === undefined ? [outOfRange("sortBy", `one of ${sortable.join(", ")}`)] : []),
    ...(order !== "asc" && order !== "desc" ? [outOfRange("sortOrder", "asc or desc")] : []),
  ];
  if (first !== undefined) return invalid([first, ...more]);
  if (field === undefined) return paginate(items, url);
  const sign = order === "desc" ? -1 : 1;
  // Stable, so that what is equal keeps the order of the list.
  return paginate(
    items.toSorted((a, b) => sign * compare(String(a[field]), String(b[field]))),
    url,
  );
}

/** By code units: right for dates of one form, and good enough for titles. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** One page of a list, chosen by `currentPage` and `pageSize` (https://docs.api.video/reference/pagination); 400 for bad ones. */
export function paginate(items: readonly unknown[], url: URL): Answer {
  const currentPage = readCount(url, "currentPage", 1);
  const pageSize = readCount(url, "pageSize", DEFAULT_PAGE_SIZE);
  const [first, ...more] = [
    ...(currentPage === null ? [outOfRange("currentPage", "at least 1")] : []),
    ...(pageSize === null || pageSize > MAX_PAGE_SIZE ? [outOfRange("pageSize", `from 1 to ${MAX_PAGE_SIZE}`)] : []),
  ];
  if (first !== undefined) return invalid([first, ...more]);
  const page = currentPage ?? 1;
  const size = pageSize ?? DEFAULT_PAGE_SIZE;
  const data = items.slice((page - 1) * size, page * size);
  const pagesTotal = Math.max(1, Math.ceil(items.length / size));
  return ok({
    data,
    pagination: {
      currentPage: page,
      pageSize: size,
      pagesTotal,
      itemsTotal: items.length,
      currentPageItems: data.length,
      links: linksOf(url, page, pagesTotal),
    },
  });
}

function linksOf(url: URL, page: number, pagesTotal: number) {
  const link = (rel: string, target: number) => {
    const to = new URL(url);
    to.searchParams.set("currentPage", String(target));
    return { rel, uri: to.href };
  };
  return [
    link("self", page),
    link("first", 1),
    ...(page > 1 ? [link("previous", page - 1)] : []),
    ...(page < pagesTotal ? [link("next", page + 1)] : []),
    link("last", pagesTotal),
  ];
}

/** Null where it is given and no whole number from 1 on. */
function readCount(url: URL, name: string, fallback: number): number | null {
  const text = url.searchParams.get(name);
  if (text === null) return fallback;
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
}

function outOfRange(name: string, range: string): ApiProblem {
  return invalidAttribute(name, `This value must be ${range}.`);
}
