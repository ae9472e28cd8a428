import { changesAfter } from "@/lib/uptime/packed-zones";
import { zoneTable, type OffsetChange, type ZoneTable } from "@/lib/uptime/zone-table";

/** Size of a block's header: six counts of 32 bits after magic, version and 15 unused bytes. */
interface Header {
  readonly version: number;
  readonly isutCount: number;
  readonly isstdCount: number;
  readonly leapCount: number;
  readonly timeCount: number;
  readonly typeCount: number;
  readonly charCount: number;
  readonly end: number;
}

const headerBytes = 44;

function readHeader(bytes: DataView, at: number): Header {
  if (bytes.byteLength < at + headerBytes || bytes.getUint32(at) !== 0x545a6966)
    throw new Error("it is not a TZif file");
  const [isutCount, isstdCount, leapCount, timeCount, typeCount, charCount] = [0, 1, 2, 3, 4, 5].map((index) =>
    bytes.getUint32(at + 20 + 4 * index),
  ) as [number, number, number, number, number, number];
  const version = bytes.getUint8(at + 4) === 0 ? 1 : bytes.getUint8(at + 4) - 0x30;
  return { version, isutCount, isstdCount, leapCount, timeCount, typeCount, charCount, end: at + headerBytes };
}

function blockLength(header: Header, timeBytes: 4 | 8): number {
  const { isutCount, isstdCount, leapCount, timeCount, typeCount, charCount } = header;
  return timeCount * (timeBytes + 1) + typeCount * 6 + charCount + leapCount * (timeBytes + 4) + isstdCount + isutCount;
}

/**
 * Reads a zone compiled by zic (RFC 9636). Version 1 ends in 2037; later versions continue with the rule in their last
 * line.
 * @throws {Error} when the file is damaged, or counts leap seconds
 */
export function readTzif(file: Uint8Array): ZoneTable {
  const bytes = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const first = readHeader(bytes, 0);
  if (first.version === 1) return readBlock(bytes, first, 4, "");
  const second = readHeader(bytes, first.end + blockLength(first, 4));
  const footerAt = second.end + blockLength(second, 8);
  const footer = /^\n([^\n]*)\n/.exec(Buffer.from(file.subarray(footerAt)).toString("latin1"))?.[1];
  if (footer === undefined) throw new Error("its last line is truncated");
  return readBlock(bytes, second, 8, footer);
}

function readBlock(bytes: DataView, header: Header, timeBytes: 4 | 8, footer: string): ZoneTable {
  const { timeCount, typeCount, charCount, leapCount, end: start } = header;
  if (bytes.byteLength < start + blockLength(header, timeBytes)) throw new Error("it is truncated");
  if (leapCount > 0) throw new Error("it counts leap seconds");
  const typesAt = start + timeCount * timeBytes;
  const observedAt = typesAt + timeCount;
  const namesAt = observedAt + typeCount * 6;
  const nameAt = (index: number): string => {
    let name = "";
    for (let at = namesAt + index; at < namesAt + charCount && bytes.getUint8(at) !== 0; at++) {
      name += String.fromCharCode(bytes.getUint8(at));
    }
    return name;
  };
  const observed = Array.from({ length: typeCount }, (_, index) => ({
    offsetMs: bytes.getInt32(observedAt + index * 6) * 1_000,
    abbreviation: nameAt(bytes.getUint8(observedAt + index * 6 + 5)),
  }));
  const changes = Array.from({ length: timeCount }, (_, index): OffsetChange => {
    const at = start + index * timeBytes;
    const seconds = timeBytes === 8 ? Number(bytes.getBigInt64(at)) : bytes.getInt32(at);
    const type = observed[bytes.getUint8(typesAt + index)];
    if (type === undefined) throw new Error("it refers to a missing type");
    return { at: seconds * 1_000, ...type };
  });
  if (observed[0] === undefined) throw new Error("it has no offset");
  return zoneTable(observed[0], [...changes, ...(footer === "" ? [] : changesAfter(changes, footer))]);
}
