/**
 * Numbers of variable length, seven bits to a byte, lowest first (LEB128, as in DWARF and Protocol Buffers). Integers up
 * to 2^53: above 2^31 by division, because JavaScript's bit operations know 32 bits.
 */
export class ByteWriter {
  private buffer: Buffer;
  private end = 0;

  constructor(room: number) {
    this.buffer = Buffer.allocUnsafe(room);
  }

  /** @param value an integer from 0 to 2^53 */
  unsigned(value: number): void {
    if (this.end + 8 > this.buffer.length) this.grow();
    while (value > 0x7fff_ffff) {
      this.buffer[this.end++] = (value % 128) | 128;
      value = Math.floor(value / 128);
    }
    while (value > 127) {
      this.buffer[this.end++] = (value & 127) | 128;
      value >>>= 7;
    }
    this.buffer[this.end++] = value;
  }

  /** @param value an integer of at most 52 bits and a sign, which goes last so that small numbers stay short */
  signed(value: number): void {
    this.unsigned(value < 0 ? -2 * value - 1 : 2 * value);
  }

  /** The first `count` integers, one after the other. */
  signedAll(values: ArrayLike<number>, count: number): void {
    while (this.end + 8 * count > this.buffer.length) this.grow();
    const { buffer } = this;
    let { end } = this;
    for (let index = 0; index < count; index++) {
      const whole = values[index]!;
      let rest = whole < 0 ? -2 * whole - 1 : 2 * whole;
      for (; rest > 0x7fff_ffff; rest = Math.floor(rest / 128)) buffer[end++] = (rest % 128) | 128;
      let bits = rest | 0;
      for (; bits > 127; bits >>>= 7) buffer[end++] = (bits & 127) | 128;
      buffer[end++] = bits;
    }
    this.end = end;
  }

  /** UTF-8, without its length. */
  text(text: string): void {
    // A character takes at most three bytes of UTF-8 per unit of JavaScript.
    while (this.end + 3 * text.length > this.buffer.length) this.grow();
    this.end += this.buffer.write(text, this.end, "utf8");
  }

  raw(bytes: Uint8Array): void {
    while (this.end + bytes.length > this.buffer.length) this.grow();
    this.buffer.set(bytes, this.end);
    this.end += bytes.length;
  }

  /** Begins anew, in the same memory. */
  empty(): void {
    this.end = 0;
  }

  /** What was written since the last `empty`: a view, good until then. */
  bytes(): Buffer {
    return this.buffer.subarray(0, this.end);
  }

  private grow(): void {
    const larger = Buffer.allocUnsafe(this.buffer.length * 2);
    larger.set(this.buffer.subarray(0, this.end));
    this.buffer = larger;
  }
}

export class ByteReader {
  private at = 0;

  private buffer: Uint8Array;

  constructor(buffer: Uint8Array) {
    this.buffer = buffer;
  }

  unsigned(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.buffer[this.at++];
      if (byte === undefined) throw new Error("stored bytes end too early");
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  }

  signed(): number {
    const value = this.unsigned();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  }

  text(length: number): string {
    this.at += length;
    return Buffer.from(this.buffer.subarray(this.at - length, this.at)).toString("utf8");
  }
}
