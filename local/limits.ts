/** Something that the emulator lacks, and what tests it instead. */
export interface Limit {
  readonly what: string;
  readonly testedBy: string;
}

/**
 * What a green run says nothing about. The props among these stay on in the
 * deployed app: the emulator accepts them and does nothing.
 */
export const LIMITS: readonly Limit[] = [
  { what: 'functions from container images: deployed from zip instead', testedBy: 'test/handler-code.test.ts' },
  { what: 'Lambda on ARM64 with Node 24: run on this machine with its Node', testedBy: 'test/handler-function.test.ts' },
  { what: 'the generated secret: replaced, for the emulator puts punctuation into it', testedBy: 'test/webhook-provider.test.ts' },
  { what: 'retries and dead-letter queue of the rules', testedBy: 'test/event-routing.test.ts' },
  { what: "the stream mappings' retries, batching windows and failure destinations", testedBy: 'test/event-relay.test.ts, test/transaction-archival.test.ts' },
  { what: 'rights: the emulator lets every role do everything', testedBy: 'test/webhook-processing-system.test.ts' },
  { what: 'encryption, TLS-only policies, lifecycle and point-in-time recovery', testedBy: 'test/audit-archive.test.ts, test/transaction-store.test.ts' },
  { what: 'throttling, access log and tracing of the API', testedBy: 'test/ingress-api.test.ts' },
  { what: "the workflow's log, time-outs and dead letters", testedBy: 'test/transaction-workflow.test.ts' },
  { what: 'alarms and the dashboard: created, never rung', testedBy: 'test/monitoring.test.ts' },
  { what: 'email and SMS to subscribers', testedBy: 'test/transaction-alerts.test.ts' },
];
