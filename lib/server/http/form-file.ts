import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Busboy, type BusboyFileStream, type BusboyInstance } from "@fastify/busboy";
import { AppError } from "@/lib/server/errors";

/** In addition to the file, a form has boundaries and the headers of one part. */
const maxOverheadBytes = 16 * 1024;

/** What the parser is given at once. */
const sliceBytes = 16 * 1024;

/** A file that is being received. */
export interface IncomingFile {
  /** Its name, as its sender gave it. */
  readonly fileName: string | null;
  /** Throws at the end when there was more than the one file, or less. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

type Refusal =
  "missing_boundary" | "no_file_part" | "bad_part_name" | "too_many_parts" | "part_header_too_large" | "cut_off";

function refusal(code: Refusal, reason: string, cause?: unknown): AppError {
  const faults = [{ code, reason }];
  return new AppError("bad_multipart", reason, cause === undefined ? { faults } : { faults, cause });
}

const onlyOne = "Send exactly one part, the file, and nothing else.";

/**
 * The one file of a multipart form, as it arrives.
 * @param body the bytes of the form
 * @throws AppError bad_multipart, with details in `errors`; and what `body` throws
 */
export async function openFormFile(body: AsyncIterable<Uint8Array>, contentType: string): Promise<IncomingFile> {
  const form = makeForm(contentType);
  const stop = new AbortController();
  const sent = { bytes: 0 };
  let fault: AppError | null = null;
  let opened: BusboyFileStream | null = null;
  const refuse = (error: AppError): void => {
    fault ??= error;
    stop.abort();
  };
  const found = new Promise<IncomingFile>((resolve) => {
    form.on("file", (name: string | undefined, file, fileName: string | undefined) => {
      // The form reports this as well. A part that is not read has no reader to report it to.
      file.on("error", () => undefined);
      opened = file;
      if (name === undefined || !/^[A-Za-z][\w.[\]-]{0,63}$/.test(name)) {
        refuse(refusal("bad_part_name", "Name the part with the file `file`."));
      } else resolve({ fileName: fileName ?? null, bytes: readPart(file, () => done, sent, stop) });
    });
  });
  form.on("partsLimit", () => {
    refuse(refusal("too_many_parts", `The form has more than one part. ${onlyOne}`));
  });
  const done = pipeline(Readable.from(slices(body, sent)), form, { signal: stop.signal }).then(
    () => {
      if (opened === null) throw refusal("no_file_part", `The form has no file. ${onlyOne}`);
    },
    (error: unknown) => {
      const told = error instanceof AppError ? error : refusal("cut_off", "The form is damaged or truncated.", error);
      const failure = fault ?? told;
      opened?.destroy(failure);
      throw failure;
    },
  );
  const none = done.then((): never => {
    throw new Error("A form ended before its file was opened.");
  });
  none.catch(() => undefined);
  return Promise.race([found, none]);
}

function makeForm(contentType: string): BusboyInstance {
  try {
    return new Busboy({
      headers: { "content-type": contentType },
      limits: { parts: 1, fieldSize: 1_024, headerSize: maxOverheadBytes, headerPairs: 20 },
      isPartAFile: (_name, type, fileName) => fileName !== undefined || (type !== undefined && type !== "text/plain"),
    });
  } catch (error) {
    throw refusal("missing_boundary", "The Content-Type has no boundary.", error);
  }
}

/**
 * Counts the bytes of a form, and cuts them into slices: the parser makes a stream of each part, also of those that are
 * refused, and can be stopped between slices only.
 */
async function* slices(body: AsyncIterable<Uint8Array>, sent: { bytes: number }): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    sent.bytes += chunk.byteLength;
    for (let at = 0; at < chunk.byteLength; at += sliceBytes) yield chunk.subarray(at, at + sliceBytes);
  }
}

async function* readPart(
  file: BusboyFileStream,
  done: () => Promise<void>,
  sent: { readonly bytes: number },
  stop: AbortController,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const chunk of file as AsyncIterable<Uint8Array>) {
      bytes += chunk.byteLength;
      yield chunk;
    }
    await done();
  } catch (error) {
    // The reason why the form ended says more than that its part ended early.
    await done();
    throw error;
  } finally {
    stop.abort();
  }
  if (sent.bytes - bytes > maxOverheadBytes) {
    throw refusal(
      "part_header_too_large",
      `The form has ${sent.bytes - bytes} bytes in addition to the file. ${onlyOne}`,
    );
  }
}
