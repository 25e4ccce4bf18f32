/** A feature that the emulator does not support, and the tests that cover it. */
export interface Limit {
  readonly what: string;
  readonly testFile: string;
  /** The group of tests in that file. */
  readonly group: string;
}

const SYSTEM = 'test/webhook-processing-system.test.ts';

/**
 * Features that a successful run does not test. The images are replaced.
 * Resources that the emulator rejects are left out (`left-out.ts`). It accepts
 * the other features and does nothing.
 */
export const LIMITS: readonly Limit[] = [
  { what: 'functions from container images: deployed from zip instead', testFile: SYSTEM, group: 'the functions' },
  { what: 'Lambda on ARM64 with Node 24: runs on this machine with its Node', testFile: SYSTEM, group: 'the functions' },
  { what: 'rights: every role is allowed to do everything', testFile: 'test/rights/functions.rights.ts', group: 'with rules in the environment' },
  { what: 'TLS policy, throttling, access log and tracing of the API', testFile: 'test/private/constructs/ingress-api.test.ts', group: 'the API' },
  { what: 'the sampling rules of X-Ray: left out', testFile: 'test/private/constructs/trace-sampling.test.ts', group: 'the sampling rule' },
  { what: 'encryption and point-in-time recovery of the table', testFile: SYSTEM, group: 'the store' },
  { what: "the stream mappings' retries, batching windows and failure destinations", testFile: SYSTEM, group: 'the store' },
  { what: 'encryption, TLS-only policy and lifecycle of the buckets', testFile: SYSTEM, group: 'the archive' },
  { what: 'email and SMS to subscribers', testFile: SYSTEM, group: 'the alerts' },
  { what: 'alarms: created, but without data. The dashboard and the alarms with metric math: left out', testFile: SYSTEM, group: 'monitoring' },
  { what: "the rules' retries and dead-letter queue", testFile: 'test/private/constructs/event-routing.test.ts', group: 'the rules' },
  { what: "the workflow's log, retries, time-outs and dead letters", testFile: 'test/private/constructs/transaction-workflow.test.ts', group: 'an execution' },
  { what: "the alerts' message attributes for subscription filters", testFile: 'test/private/constructs/transaction-workflow.test.ts', group: 'an execution' },
];
