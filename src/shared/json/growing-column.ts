/** Unsigned numbers of 32 bits, as many as come. A column of a million of them is four megabytes and no garbage. */
export class GrowingColumn {
  length = 0;
  #values: Uint32Array<ArrayBuffer>;

  constructor(capacity: number) {
    this.#values = new Uint32Array(capacity);
  }

  push(value: number): void {
    if (this.length === this.#values.length) {
      const wider = new Uint32Array(this.#values.length * 2);
      wider.set(this.#values);
      this.#values = wider;
    }
    this.#values[this.length] = value;
    this.length += 1;
  }

  /** The last value, taken off; 0 where there is none. */
  pop(): number {
    if (this.length === 0) return 0;
    this.length -= 1;
    return this.#values[this.length] ?? 0;
  }

  at(index: number): number {
    return this.#values[index] ?? 0;
  }

  set(index: number, value: number): void {
    this.#values[index] = value;
  }

  /** A copy of its own size. */
  toArray(): Uint32Array<ArrayBuffer> {
    return this.#values.slice(0, this.length);
  }
}
