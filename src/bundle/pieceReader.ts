const partBytes = 8e6; // of what is held before it goes to the browser's own store of blobs

/** Takes so many bytes after each other from a stream whose pieces are of any size. */
export class PieceReader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>;
  #rest = new Uint8Array(0);

  constructor(stream: ReadableStream<Uint8Array<ArrayBuffer>>) {
    this.#reader = stream.getReader();
  }

  /** @throws RangeError where the stream ends before */
  async take(bytes: number): Promise<Blob> {
    const parts: Blob[] = [];
    let pieces: Uint8Array<ArrayBuffer>[] = [];
    let held = 0;
    for (let wanted = bytes; wanted > 0;) {
      if (this.#rest.length === 0 && !(await this.#fill()))
        throw new RangeError(`ends ${wanted} bytes too early`);
      const piece = this.#rest.subarray(0, wanted);
      this.#rest = this.#rest.subarray(piece.length);
      wanted -= piece.length;
      pieces.push(piece);
      held += piece.length;
      if (held < partBytes) continue;
      parts.push(new Blob(pieces));
      [pieces, held] = [[], 0];
    }
    return new Blob([...parts, ...pieces]);
  }

  async isOver(): Promise<boolean> {
    return this.#rest.length === 0 && !(await this.#fill());
  }

  close(): void {
    void this.#reader.cancel().catch(() => undefined);
  }

  /** @returns whether there was more */
  async #fill(): Promise<boolean> {
    for (;;) {
      const { done, value } = await this.#reader.read();
      if (done) return false;
      this.#rest = value;
      if (value.length > 0) return true;
    }
  }
}
