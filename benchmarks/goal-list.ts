import type { Goal } from './goals';

/** What grows in the group `growth`. */
const GROWING = ['table', 'history', 'providers', 'rules', 'blocklist'] as const;

/** What the project promises. A figure is compared with the figure of the same machine, because times differ from machine to machine. */
export const GOALS: readonly Goal[] = [
  { label: 'Load of the bundle / the SDK\'s client of DynamoDB alone', row: 'cold/load/ours', of: 'ratio', limit: 1.1, unit: 'ratio' },
  { label: 'Start to first answer over TLS / hand-signed requests', row: 'cold/first-answer/ours', of: 'ratio', limit: 1.5, unit: 'ratio' },
  { label: 'Verify, parse and normalize / HMAC and JSON.parse, Stripe', row: 'cpu/stripe/ours', of: 'ratio', limit: 1.25, unit: 'ratio' },
  { label: 'Verify, parse and normalize / HMAC and JSON.parse, slowest HMAC provider', row: 'cpu/hmac-worst', of: 'ratio', limit: 1.6, unit: 'ratio' },
  { label: 'Processor time of an acknowledged webhook / node:http alone', row: 'handler/acknowledge/ours', of: 'ratio', limit: 2, unit: 'ratio' },
  { label: 'Calls of AWS before the answer', row: 'handler/calls/ours', of: 'figure', limit: 1, unit: 'calls' },
  { label: 'Write units of a webhook of 2.7 KB', row: 'handler/write-units/ours', of: 'figure', limit: 2, unit: 'write units' },
  { label: 'Log of a webhook', row: 'handler/log-bytes/ours', of: 'figure', limit: 600, unit: 'bytes' },
  { label: 'Calls of PutEvents for 100 events / 10', row: 'handler/put-events/100', of: 'ratio', limit: 1, unit: 'ratio' },
  { label: 'Cost of a million webhooks, REST API', row: 'cost/million/rest', of: 'figure', limit: 9.5, unit: 'USD' },
  { label: 'Cost of a million webhooks, HTTP API', row: 'cost/million/http-api', of: 'figure', limit: 6.5, unit: 'USD' },
  ...GROWING.map((what): Goal => ({
    label: `Calls of DynamoDB with 1,000 times as much: ${what}`, row: `growth/${what}/x1000`, of: 'ratio', limit: 1, unit: 'ratio',
  })),
  { label: 'Synthesis / a stack written by hand', row: 'synth/time/ours', of: 'ratio', limit: 1.15, unit: 'ratio' },
  { label: 'The npm package without the command-line tool', row: 'synth/tarball/without-cli', of: 'figure', limit: 1_000_000, unit: 'bytes' },
  { label: 'The local run', row: 'local/run/seconds', of: 'figure', limit: 20, unit: 's' },
];
