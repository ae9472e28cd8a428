const headBytes = 64 * 1024;

/** The first line of a file, inflated where it is gzip; null where it cannot be read as text. */
export async function readHeader(file: Blob): Promise<string | null> {
  try {
    const head = file.slice(0, headBytes);
    const bytes = new Uint8Array(await head.arrayBuffer());
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const text = isGzip ? await inflatedStart(head) : new TextDecoder().decode(bytes);
    return text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/, 1)[0] ?? null;
  } catch {
    return null;
  }
}

/** The first piece that comes out; the rest of the file is not there, so the stream is not read to its end. */
async function inflatedStart(head: Blob): Promise<string> {
  const reader = head.stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  const { value } = await reader.read();
  await reader.cancel().catch(() => undefined);
  return new TextDecoder().decode(value);
}
