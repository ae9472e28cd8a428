/** The headers of a request, in whichever form they come. */
export type RequestHeaders = Pick<Headers, "get">;

/**
 * What a handler reads of a request. The framework passes a `Request`. Our own server passes an object with these
 * members alone, because making a `Request` costs as much as answering a simple one.
 */
export interface ApiRequest extends Pick<Request, "method" | "url" | "body" | "signal" | "arrayBuffer"> {
  readonly headers: RequestHeaders;
}
