/** Of each text, in characters. Laying out and marking more takes the window longer than it may be held up. */
export const MAX_DRAWN_CHARS = 32 * 1024;
