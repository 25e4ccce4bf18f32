import type { HmacConfig, ProviderConfig } from '../../../src/private/contract';
import { normalizeMapped } from '../shared/mapped-transaction';
import type { NormalizedEvent } from '../shared/normalized-event';
import type { Scheme, Verification } from '../shared/scheme';
import { verificationBy } from '../shared/secret-text';
import { decodeSignature, isSignedByAny, isUnixSeconds, isWithinTolerance } from '../shared/signature';
import { singleHeader } from '../shared/webhook-request';

/**
 * Any provider that sends an HMAC of the raw body in a header, with or without a
 * signed timestamp before the body. Without the timestamp, the key of the table
 * is the only defense against a replay.
 */
export const hmac = {
  events: {},

  verify(request, secrets, { config, now }): Verification {
    const { algorithm, encoding, prefix = '', signatureHeader, timestampHeader } = hmacConfig(config);
    const header = singleHeader(request, signatureHeader);
    if (!header.value) {
      return 'signature_missing';
    }
    const time = timestampHeader === undefined ? undefined : singleHeader(request, timestampHeader);
    const timestamp = time?.value ?? '';
    const signature = header.value.startsWith(prefix) ? decodeSignature(header.value.slice(prefix.length), encoding) : undefined;
    if (header.repeated || signature === undefined || (time && (time.repeated || !isUnixSeconds(timestamp)))) {
      return 'signature_malformed';
    }
    const signed = time ? [`${timestamp}.`, request.body] : [request.body];
    const isTimely = !time || isWithinTolerance(timestamp, config, now);
    return verificationBy(secrets, (usable) => isSignedByAny(algorithm, usable, signed, [signature]), isTimely);
  },

  normalize(request, config): NormalizedEvent {
    return normalizeMapped(request.body, config.fields ?? {});
  },
} satisfies Scheme;

function hmacConfig(config: ProviderConfig): HmacConfig {
  if (!config.hmac) {
    throw new Error('a provider of the scheme hmac has no hmac configuration');
  }
  return config.hmac;
}
