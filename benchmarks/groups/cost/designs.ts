import { OTHER_PRICES, SVIX_INCLUDED_MESSAGES } from './other-prices';
import { putThenPublishCost, quickStartCost } from './plain-designs';
import { billOf, usdOf } from '../../../cli/cost/monthly-bill';
import type { Deployment } from '../../../cli/cost/priced-deployment';
import { costOf } from '../../../cli/cost/prices';
import { measurementsOf, sharesOf } from '../../../cli/cost/webhook-mix';
import { SHARES } from '../../../cli/cost/workload';
import { withoutAll } from '../../../test/cost/alternatives';

/** A way to process webhooks. */
export interface Design {
  readonly name: string;
  readonly label: string;
  /** The cost of the webhooks of a month in USD, without what is the same in each month. */
  readonly costOfMonth: (webhooks: number) => number;
}

/** The shards of a new table. */
const SHARDS = 4;

/** This system first: the others are compared with it. */
export function designsFor(rest: Deployment, http: Deployment): readonly Design[] {
  const measured = measurementsOf(sharesOf(SHARES), rest);
  const ofSystem = (deployment: Deployment) => (webhooks: number): number => (
    usdOf(billOf(deployment, measurementsOf(sharesOf(SHARES), deployment), { webhooks, shards: SHARDS }), 'growing')
  );
  return [
    { name: 'rest', label: 'this system, REST API', costOfMonth: ofSystem(rest) },
    { name: 'http-api', label: 'this system, HTTP API', costOfMonth: ofSystem(http) },
    { name: 'usual-settings', label: 'this system with usual settings for traces, logs and batches', costOfMonth: ofSystem(withoutAll(rest)) },
    { name: 'request-to-event', label: 'this system, only from the request to the event', costOfMonth: (webhooks) => requestToEventCost(rest, webhooks) },
    { name: 'put-then-publish', label: 'PutItem, then PutEvents, with a log of the request', costOfMonth: (webhooks) => webhooks * putThenPublishCost(measured) },
    { name: 'quick-start', label: "AWS's quick start: function URL, then PutEvents, without a table", costOfMonth: (webhooks) => webhooks * quickStartCost(measured) },
    { name: 'svix', label: 'Svix, list price of a message', costOfMonth: (webhooks) => costOf(Math.max(0, webhooks - SVIX_INCLUDED_MESSAGES), OTHER_PRICES.svixMessage) },
  ];
}

/** The part that the plain designs have too: no money movements, which are indexed, assessed and alerted, and no archive. */
function requestToEventCost(deployment: Deployment, webhooks: number): number {
  const measured = measurementsOf({ high: 0, medium: 0, low: 0, other: 1 }, deployment);
  const lines = billOf(deployment, measured, { webhooks, shards: SHARDS });
  return usdOf(lines.filter(({ what }) => !/^S3|transaction-archival$/.test(what)), 'growing');
}
