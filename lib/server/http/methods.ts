/** The HTTP methods that this server knows. A route serves some of them. */
export const httpMethods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

export type HttpMethod = (typeof httpMethods)[number];

export function isHttpMethod(method: string): method is HttpMethod {
  return httpMethods.some((known) => known === method);
}
