import type { HmacConfig, ProviderConfig } from '../../../src/private/contract';
import { verifyHmacSignature } from '../shared/hmac-signature';
import { normalizeMapped } from '../shared/mapped-transaction';
import type { NormalizedEvent } from '../shared/normalized-event';
import type { Scheme } from '../shared/scheme';

/**
 * Any provider that sends an HMAC of the raw body in a header, alone or with a
 * time, other headers or the URL. Without a signed time, the key of the table is
 * the only defense against a replay.
 */
export const hmac = {
  events: {},

  verify: verifyHmacSignature(hmacConfig),

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
