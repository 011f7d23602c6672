const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Whether two numbers of JSON, however long, have the same value: `1.10` and `11e-1`, but not what a double rounds to it. */
export function isSameNumber(one: string, other: string): boolean {
  const value = plainForm(one);
  return value !== null && value === plainForm(other);
}

/** Sign, digits without zeros around them, and the power of ten of the last one. Null for what is no number. */
function plainForm(text: string): string | null {
  const [, sign, whole, fraction = "", exponent = "0"] = NUMBER.exec(text) ?? [];
  if (whole === undefined) return null;
  const digits = whole + fraction;
  let [from, to] = [0, digits.length];
  while (from < to && digits[from] === "0") from++;
  while (to > from && digits[to - 1] === "0") to--;
  if (from === to) return "0";
  return `${sign}${digits.slice(from, to)}e${BigInt(exponent) + BigInt(digits.length - to - fraction.length)}`;
}
