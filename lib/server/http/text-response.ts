/**
 * A response whose whole body is known, so that our own server can send it in one piece. Its body becomes a stream only
 * for those who read it as one, because that copies the text.
 */
export class TextResponse extends Response {
  #read: Response | undefined;

  /** @param init with a `content-type` */
  constructor(
    readonly content: string,
    init: ResponseInit,
  ) {
    super(null, init);
  }

  get #asStream(): Response {
    return (this.#read ??= new Response(this.content, { status: this.status, headers: this.headers }));
  }

  override get body(): Response["body"] {
    return this.#asStream.body;
  }

  override get bodyUsed(): boolean {
    return this.#read?.bodyUsed ?? false;
  }

  override text(): Promise<string> {
    return this.#asStream.text();
  }

  override json(): Promise<unknown> {
    return this.#asStream.json();
  }

  override arrayBuffer(): Promise<ArrayBuffer> {
    return this.#asStream.arrayBuffer();
  }

  override blob(): Promise<Blob> {
    return this.#asStream.blob();
  }

  override clone(): Response {
    return this.#asStream.clone();
  }
}

interface JsonInit {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Like `Response.json`. */
export function jsonResponse(body: unknown, { status = 200, headers = {} }: JsonInit = {}): TextResponse {
  return new TextResponse(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json", ...headers },
  });
}
