import { isUtf8 } from 'node:buffer';
import { createHmac } from 'node:crypto';
import { alteredIn, otherText } from './changes';
import type { Headers, ProviderSamples, SignNow, SignedWebhook, Signing } from './provider-samples';
import type { HmacConfig, ProviderConfig, SchemeName } from '../../../../src/private/contract';

export const JSON_TYPE: Headers = { 'Content-Type': 'application/json' };

/** The configuration of a sample provider: its name is its scheme, and it has one secret. */
export function providerConfig(scheme: SchemeName, more: Partial<ProviderConfig> = {}): ProviderConfig {
  return { name: scheme, scheme, secretArns: [`arn:${scheme}`], ...more };
}

/** A time in Unix seconds. */
export function unixSeconds(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}

/** Whether a call returns without an error, and not `false`. */
export function succeeds(verify: () => unknown): boolean {
  try {
    return verify() !== false;
  } catch {
    return false;
  }
}

/** The HMAC of the raw body, in one header. */
export interface BodySignature {
  readonly header: string;
  /** Default: sha256. */
  readonly algorithm?: HmacConfig['algorithm'];
  /** Default: hex. */
  readonly encoding?: HmacConfig['encoding'];
  readonly prefix?: string;
  readonly secret: string;
  /** The headers that are sent in addition and are not signed. */
  readonly unsigned?: (signing: Signing) => Headers;
  /** The provider's library, which signs text. */
  readonly library?: (text: string, secret: string) => string;
}

/** The parts of the samples that follow from the signature. */
export interface SignedBodySamples extends Pick<ProviderSamples, 'config' | 'secret' | 'otherSecret' | 'altered' | 'signatureHeaders'> {
  readonly sign: SignNow;
}

/** The samples of a provider that sends the HMAC of the raw body in one header. */
export function signedBody(
  scheme: SchemeName, { header, algorithm = 'sha256', encoding = 'hex', prefix = '', secret: own, unsigned = () => ({}), library }: BodySignature,
): SignedBodySamples {
  return {
    config: providerConfig(scheme),
    secret: own,
    otherSecret: otherText(own),
    signatureHeaders: [header],
    altered: alteredIn(header),
    sign(payload: Buffer, signing: Signing = {}): SignedWebhook {
      const { secret = own } = signing;
      const value = library && isUtf8(payload) ? library(payload.toString(), secret) : createHmac(algorithm, secret).update(payload).digest(encoding);
      return { body: payload, headers: { ...JSON_TYPE, ...unsigned(signing), [header]: prefix + value } };
    },
  };
}
