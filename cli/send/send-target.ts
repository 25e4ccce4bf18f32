import { USER_DEFINED } from './simulated-schemes';
import type { ProviderConfig, SchemeName } from '../../src/private/contract';
import { didYouMean } from '../../src/private/did-you-mean';
import { UsageError } from '../terminal/usage-error';

/** Where webhooks are sent, and the provider as the receiver configured it. */
export interface SendTarget {
  readonly url: URL;
  readonly config: ProviderConfig;
  /** Whether the receiver is on this machine. */
  readonly isLocal: boolean;
}

/** Hosts of this machine (RFC 6761 and RFC 4291). */
const LOOPBACK = /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/;
/** The end of the URL of a provider. */
const WEBHOOK_PATH = /\/webhook\/([^/]+)\/?$/;

/** The provider of a name. */
export function providerNamed<Provider extends { readonly name: string }>(providers: readonly Provider[], name: string, stack: string): Provider {
  const provider = providers.find((each) => each.name === name);
  if (provider === undefined) {
    const names = providers.map((each) => each.name);
    throw new UsageError(`the stack '${stack}' has no provider '${name}'.${didYouMean(name, names)} Its providers are ${names.join(', ')}.`);
  }
  return provider;
}

/** A URL without a system. The provider is that of the URL, if it has one. */
export function urlTarget(text: string, scheme: SchemeName): SendTarget {
  const url = parseWebUrl(text);
  if (USER_DEFINED.includes(scheme)) {
    throw new UsageError(`a URL does not show how a sender of the scheme ${scheme} signs. Send to its system, with --stack or a local system.`);
  }
  const name = WEBHOOK_PATH.exec(url.pathname)?.[1] ?? scheme;
  return { url, config: { name, scheme, secretArns: [] }, isLocal: isLoopback(url) };
}

/** Whether a URL is one of this machine. */
export function isLoopback({ hostname }: URL): boolean {
  return LOOPBACK.test(hostname);
}

/** Reads a URL that a request can be sent to. */
function parseWebUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '') {
    throw new UsageError('--url must be an http or https URL without a user name, such as https://api.example.com/prod/webhook/stripe');
  }
  return url;
}
