/**
 * The mark of the app for the browser's tab, with a dot on it where something failed. Its colours are its own: the tab is
 * not the page's, and knows nothing of its theme.
 */
export function drawFavicon(document: Document, hasDot: boolean): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (link !== null) link.href = `data:image/svg+xml,${encodeURIComponent(hasDot ? MARK + DOT + END : MARK + END)}`;
}

const MARK =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="rgb(42 91 215)"/><circle cx="16" cy="16" r="6" fill="none" stroke="white" stroke-width="4"/>';
const DOT = '<circle cx="24" cy="8" r="8" fill="rgb(194 47 56)" stroke="white" stroke-width="2"/>';
const END = "</svg>";
