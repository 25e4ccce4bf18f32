import { rootCertificates } from 'node:tls';
import { KNOWN_INTERMEDIATES, RETIRED_ROOTS } from '../providers/shared/certificate-authorities';
import { readChain, type CertificateChain } from '../providers/shared/certificate-chain';
import type { CertificateSource } from '../providers/shared/scheme';

/**
 * With 2.5 seconds for the secrets and 2.2 seconds for the store, a webhook is
 * answered within 7 seconds. An instance waits for it once. If a provider times
 * out in the meantime, it retries the webhook, and the certificate is cached.
 */
const DEADLINE_MS = 2_000;
/** A certificate with its issuers has about 6 KB. */
const MAX_BYTES = 65_536;
/** The certificate at an address does not change. It is downloaded again in case it was withdrawn. */
const KEEP_MS = 24 * 3_600_000;
/** A provider has one or two certificates in use. */
const MAX_KEPT = 8;
/** The delay before a retry, for providers that use it. */
const MISS_MS = 30_000;
/**
 * An attacker can name another address in each webhook, and nothing distinguishes
 * it from the genuine one before it is downloaded. A new address is therefore
 * never refused: refusing it would keep the genuine certificate out of a new
 * instance. One request causes at most one download. The oldest misses are
 * forgotten, so that they do not fill the memory.
 */
const MAX_MISSES = 20;
const OK = 200;
const NOT_FOUND = 404;

interface Entry {
  readonly answer: Promise<CertificateChain | undefined>;
  /** Whether the download failed or found no certificate. Absent while it is pending. */
  isMiss?: boolean;
  until: number;
}

/** Downloads the certificates of providers that sign with one. The caller must have checked the address. */
export class CertificateCache {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly request: typeof fetch = async (...args) => fetch(...args)) {}

  /** Concurrent requests share one download. */
  async get(url: URL): Promise<CertificateChain | undefined> {
    this.dropExpired();
    const known = this.entries.get(url.href);
    if (known) {
      return known.answer;
    }
    const entry: Entry = { answer: this.fetchChain(url), until: Infinity };
    this.entries.set(url.href, entry);
    entry.answer.then((chain) => this.settle(entry, chain === undefined), () => this.settle(entry, true));
    return entry.answer;
  }

  private settle(entry: Entry, isMiss: boolean): void {
    entry.isMiss = isMiss;
    entry.until = Date.now() + (isMiss ? MISS_MS : KEEP_MS);
    this.keepNewest(isMiss ? MAX_MISSES : MAX_KEPT, { areMisses: isMiss });
  }

  private dropExpired(): void {
    const now = Date.now();
    this.entries.forEach(({ until }, address) => now >= until && this.entries.delete(address));
  }

  /** In the order of the requests. */
  private keepNewest(count: number, { areMisses }: { readonly areMisses: boolean }): void {
    [...this.entries].filter(([, { isMiss }]) => isMiss === areMisses).slice(0, -count).forEach(([address]) => this.entries.delete(address));
  }

  private async fetchChain(url: URL): Promise<CertificateChain | undefined> {
    try {
      const response = await this.request(url, { redirect: 'error', signal: AbortSignal.timeout(DEADLINE_MS) });
      const text = await boundedText(response);
      return response.status === NOT_FOUND ? undefined : chainIn(response.status === OK ? text : '');
    } catch (error) {
      throw certificateUnavailable(error);
    }
  }
}

const cache = new CertificateCache();

export const fetchCertificate: CertificateSource = async (url) => cache.get(url);

/** Throws if there is no certificate, because an error page must not be cached for a day. */
function chainIn(text: string): CertificateChain {
  const chain = readChain(text, { intermediates: KNOWN_INTERMEDIATES, roots: [...rootCertificates, ...RETIRED_ROOTS] });
  if (!chain) {
    throw new Error('the response contains no certificate');
  }
  return chain;
}

async function boundedText({ body }: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body ?? []) {
    length += part.length;
    if (length > MAX_BYTES) {
      throw new Error('the response is too large');
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

/** Only its name is logged, because the sender chooses the address. */
function certificateUnavailable(cause: unknown): Error {
  return Object.assign(new Error('a certificate could not be fetched', { cause }), { name: 'CertificateUnavailable' });
}
