import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { CandidateBundles, CandidateName } from './candidate-bundles';
import { figureOf } from './loads';
import type { StartedEndpoints } from './tls-endpoint';
import { validatorVariables } from './validator-variables';
import { stripeCharge } from '../../../test/cost/stripe-webhooks';
import { proxyEvent, STRIPE_SECRET } from '../../../test/handlers/support/webhooks';
import type { FigureTable } from '../../figures';
import { compareInTurns } from '../../in-turns';

/** Prints the milliseconds from the start of the process to the answer of the first webhook. */
const FIRST_ANSWER = `
  const { handler } = require(process.argv[1]);
  handler(JSON.parse(process.argv[2]), { awsRequestId: 'an-id' }).then(({ statusCode }) => {
    if (statusCode !== 200) {
      throw new Error('the first answer has the status ' + statusCode);
    }
    console.log('\\n' + performance.now());
    process.exit();
  });
`;

const LABELS: readonly (readonly [CandidateName, string])[] = [
  ['hand-signed', 'hand-signed requests'],
  ['ours', 'this system'],
  ['sdk-client', 'SDK, clients of both services'],
  ['typical', 'typical handler'],
];

/** What it takes from the start of a process until the first webhook is stored and answered, over TLS. */
export async function measureFirstAnswers(bundles: CandidateBundles, rounds: number): Promise<FigureTable> {
  const folder = mkdtempSync(join(tmpdir(), 'first-answer-'));
  const endpoint = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'tls-endpoint.ts'), STRIPE_SECRET], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [line] = await Promise.race([once(createInterface(endpoint.stdout), 'line'), once(endpoint, 'exit')]) as [unknown];
    if (typeof line !== 'string') {
      throw new Error('the endpoint did not start');
    }
    const { dynamodb, secretsManager, cert } = JSON.parse(line) as StartedEndpoints;
    const trusted = join(folder, 'certificate.pem');
    writeFileSync(trusted, cert);
    const env = {
      ...validatorVariables(),
      AWS_ENDPOINT_URL_DYNAMODB: `https://localhost:${dynamodb}`,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: `https://localhost:${secretsManager}`,
      NODE_EXTRA_CA_CERTS: trusted,
    };
    const now = new Date();
    const event = JSON.stringify(proxyEvent(stripeCharge(1, now, now), 'stripe'));
    return {
      id: 'cold/first-answer',
      title: 'Start to first answer',
      description: 'Time from the start of Node until the first webhook of 2.7 KB is answered: one read of the secret and one write, each over a TLS connection of its own to the same machine.',
      rows: await compareInTurns(LABELS.map(([name, label]) => ({
        id: `cold/first-answer/${name}`, label, measure: () => figureOf(FIRST_ANSWER, [bundles.fileOf(name), event], env),
      })), 'ms', rounds),
    };
  } finally {
    endpoint.kill();
    rmSync(folder, { recursive: true });
  }
}
