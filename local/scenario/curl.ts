import { randomUUID } from 'node:crypto';
import { canonical } from './canonical-events';
import { prepare, type Endpoint } from './sender';

/** A command line that posts one more webhook with a new id, signed now. */
export function curlLine({ url, secrets }: Endpoint, now: Date = new Date()): string {
  const request = canonical(randomUUID().slice(0, 8), now, { amount_minor: 123_456, currency: 'EUR' });
  const { headers, body } = prepare(request, secrets, now);
  return [
    'curl -i',
    ...Object.entries(headers).map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
    `-d ${quote(body)}`,
    quote(`${url}/${request.provider}`),
  ].join(' ');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
