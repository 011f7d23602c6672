/** Whether keyboards here have Cmd in the place of Ctrl; the same test as tinykeys makes for `$mod`. */
export function isApple(): boolean {
  return /Mac|iPod|iPhone|iPad/.test(navigator.platform);
}
