/** A response whose whole body is known, so that our own server can send it in one piece. */
export class TextResponse extends Response {
  constructor(
    readonly content: string,
    init: ResponseInit,
  ) {
    super(content, init);
  }
}

/** Like `Response.json`. */
export function jsonResponse(body: unknown, { status = 200, headers = {} }: JsonInit = {}): TextResponse {
  return new TextResponse(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json", ...headers },
  });
}

interface JsonInit {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}
