/** The answer of an endpoint to a request without a signature. */
export interface EndpointAnswer {
  readonly status: number;
  /** The member `error` of the body, which the validator sets. API Gateway does not. */
  readonly error?: string;
  /** The clock of AWS minus that of this machine, in milliseconds. The header has full seconds. */
  readonly skewMs?: number;
}

const SECOND = 1_000;

/**
 * Posts an empty body without a signature. The validator answers that it is no webhook, and counts nothing. It stores nothing
 * without a valid signature.
 */
export async function probeEndpoint(url: string, now: () => Date, abortSignal: AbortSignal): Promise<EndpointAnswer> {
  const sentAt = now().getTime();
  const response = await fetch(url, { method: 'POST', redirect: 'manual', signal: abortSignal, headers: { 'content-type': 'application/json' } });
  const receivedAt = now().getTime();
  const answeredAt = Date.parse(response.headers.get('date') ?? '');
  return {
    status: response.status,
    error: errorOfAnswer(await response.text()),
    // The header is the start of a second, half a second early on average.
    skewMs: Number.isNaN(answeredAt) ? undefined : answeredAt + SECOND / 2 - (sentAt + receivedAt) / 2,
  };
}

function errorOfAnswer(text: string): string | undefined {
  try {
    const { error } = JSON.parse(text) as { readonly error?: unknown };
    return typeof error === 'string' ? error : undefined;
  } catch {
    return undefined;
  }
}
