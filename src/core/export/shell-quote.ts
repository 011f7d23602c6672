/**
 * One word for bash, of a text with one byte per character: in single quotes, in which nothing means anything; with
 * octal escapes for what is not printable ASCII, so that its bytes come out as they are under any locale. It cannot hold
 * a NUL, nor can any argument of a program.
 */
export function quote(latin1: string): string {
  if (/^[\x20-\x7e]*$/.test(latin1)) return `'${latin1.replaceAll("'", "'\\''")}'`;
  const escaped = latin1.replace(/[^\x20-\x7e]|['\\!]/g, (character) => {
    return `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`;
  });
  return `$'${escaped}'`;
}
