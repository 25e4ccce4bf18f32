import { failed, notChecked, ok, warning, type Check, type Finding } from './check';
import type { CheckedSystem } from './checked-system';
import { probeEndpoint, type EndpointAnswer } from './endpoint-probe';
import { safeText } from '../../handlers/alerts/safe-text';

/** The errors of the validator that show that the endpoint works. The last one depends on the address of this machine. */
const WORKING = ['not_a_webhook', 'signature_missing', 'source_not_allowed'];
const ANSWER_HEADING = 'find-the-answer-to-a-webhook';
const MINUTE = 60_000;
/** The default tolerance of signed times. */
const TOLERANCE_MS = 5 * MINUTE;
const WITHOUT_PROBE = 'left out by --no-probe';

/** One check for each provider's URL, and one of the clock of this machine. They share the requests. */
export function endpointChecks(system: CheckedSystem, isProbing: boolean): Check[] {
  const { providers } = system.deployed;
  const probes = new Map<string, Promise<EndpointAnswer>>();
  const probe = async (url: string, abortSignal: AbortSignal): Promise<EndpointAnswer> => {
    const answer = probes.get(url) ?? probeEndpoint(system.reachable(url), system.now, abortSignal);
    probes.set(url, answer);
    return answer;
  };
  return [
    ...providers.map(({ name, url }): Check => ({
      name: `endpoint ${name}`,
      actions: [],
      run: async (abortSignal) => isProbing ? checkEndpoint(name, async () => probe(url, abortSignal)) : notChecked(WITHOUT_PROBE),
    })),
    ...providers.slice(0, 1).map(({ url }): Check => ({
      name: 'clock of this machine',
      actions: [],
      run: async (abortSignal) => isProbing ? clockFinding((await probe(url, abortSignal)).skewMs) : notChecked(WITHOUT_PROBE),
    })),
  ];
}

async function checkEndpoint(provider: string, probe: () => Promise<EndpointAnswer>): Promise<Finding> {
  try {
    return endpointFinding(await probe(), provider);
  } catch (error) {
    const { name, cause } = error as { readonly name: string; readonly cause?: { readonly code?: string } };
    if (name !== 'TypeError') {
      throw error;
    }
    return failed(`no connection (${cause?.code ?? 'unknown'})`, {
      remedy: `Check the DNS name, the certificate and the network of the URL. If only this machine cannot connect, ${provider} can.`, heading: ANSWER_HEADING,
    });
  }
}

/** What the answer to a request without a signature means. */
export function endpointFinding({ status, error }: EndpointAnswer, provider: string): Finding {
  const answer = error === undefined ? String(status) : `${status} ${safeText(error)}`;
  if (error !== undefined && WORKING.includes(error)) {
    return ok(`answers (${answer} to a request without a signature)`);
  }
  if (error === 'secret_not_set') {
    return failed(`answers ${answer}`, { remedy: `Store the secret of ${provider}.`, heading: 'webhooks-secret-not-set-provider-suffix' });
  }
  if (status === 429) {
    return warning(`answers ${answer}: API Gateway throttles it`, { remedy: 'Raise `throttlingRateLimit` and `throttlingBurstLimit` if the requests are webhooks.', heading: 'webhooks-throttled-suffix' });
  }
  if (status >= 500) {
    return failed(`answers ${answer}`, { remedy: 'Read the log of the validator.', heading: 'webhooks-server-errors-suffix' });
  }
  return failed(`answers ${answer}, which is not an answer of the validator`, {
    remedy: 'Check the path, the custom domain, and the rules of a web ACL.', heading: ANSWER_HEADING,
  });
}

/** What the difference between the clocks means. */
export function clockFinding(skewMs: number | undefined): Finding {
  if (skewMs === undefined) {
    return notChecked('the answer has no time');
  }
  const seconds = Math.round(skewMs / 1000);
  const text = `${Math.abs(seconds)} s ${seconds < 0 ? 'ahead of' : 'behind'} AWS`;
  if (Math.abs(skewMs) < MINUTE) {
    return ok(Math.abs(seconds) < 2 ? 'is that of AWS' : text);
  }
  const remedy = 'Synchronize the clock. Signatures by `cdk-webhooks send` have the time of this machine, and AWS refuses calls that differ by more than 5 minutes.';
  return Math.abs(skewMs) < TOLERANCE_MS ? warning(text, { remedy }) : failed(text, { remedy });
}
