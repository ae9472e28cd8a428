/** How long work is taken to go on without a sign of life, and how often there is one. */
export interface Lease {
  readonly leaseSeconds: number;
  readonly heartbeatSeconds: number;
}
