import { MINUTE } from './metric-store';
import { RECONCILED_PROVIDERS } from './simulated-template';
import { Attr, NO_EVENT, RECONCILE_TASK, RecordType, type ReconciliationInput } from '../../src/private/contract';
import { KEYS, StubApi } from '../handlers/reconcile/support/stub-api';
import type { WireItem } from '../handlers/support/wire-item';

const HOUR = 60 * MINUTE;
/** The default of `every`. */
const EVERY = HOUR;
const SETTLED = 15 * MINUTE;
const [{ name: PROVIDER, reconciliation: { apiKeyArn: API_KEY_ARN } }] = RECONCILED_PROVIDERS;

/** The schedule of the reconciliation, and the API of its provider. */
export class SimulatedReconciliation {
  /** The value of the secret; undefined if it is not set. */
  public apiKey: string | undefined = KEYS.stripe;
  public ruleDisabled = false;
  private readonly api = new StubApi();
  private dueAt: number;

  /** The rule runs first when it is created (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rate-expressions.html). */
  constructor(createdAt: number) {
    this.dueAt = createdAt;
  }

  public isApiKey(arn: string): boolean {
    return arn === API_KEY_ARN;
  }

  /** The provider lists an event, whether its webhook arrives or not. */
  public list(provider: string, body: Buffer, at: number): void {
    if (provider === PROVIDER) {
      this.api.events.push({ at, event: JSON.parse(body.toString()) });
    }
  }

  /** The input of the function, if its schedule is due. */
  public due(now: number): ReconciliationInput | undefined {
    if (now < this.dueAt) {
      return undefined;
    }
    this.dueAt += EVERY;
    return this.ruleDisabled ? undefined : { task: RECONCILE_TASK, provider: PROVIDER };
  }

  /** Without a connection. */
  public readonly fetch: typeof fetch = async (url, { method, headers } = {}) => {
    const request = { url: new URL(String(url)), method: method!, headers: Object.fromEntries(new Headers(headers)), body: '' };
    const { status, answer } = this.api.answer(request);
    return new Response(JSON.stringify(answer), { status });
  };
}

/** The checkpoint as the last run before a time left it. */
export function checkpointBefore(now: number): WireItem {
  return {
    [Attr.TRANSACTION_ID]: { S: `${RecordType.RECONCILIATION}:${PROVIDER}` },
    [Attr.TIMESTAMP]: { S: NO_EVENT },
    [Attr.RECORD_TYPE]: { S: RecordType.RECONCILIATION },
    [Attr.RECONCILED_UNTIL]: { S: new Date(now - EVERY - SETTLED).toISOString() },
  };
}
