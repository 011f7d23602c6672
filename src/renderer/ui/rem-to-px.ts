/** What a length in rem is in CSS pixels, for what is placed by hand. Browsers let users choose how large a rem is. */
export function remToPx(rem: number): number {
  return rem * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
}
