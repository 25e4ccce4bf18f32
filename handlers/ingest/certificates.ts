import { rootCertificates } from 'node:tls';
import { KNOWN_INTERMEDIATES, RETIRED_ROOTS } from '../providers/shared/certificate-authorities';
import { readChain, type CertificateChain } from '../providers/shared/certificate-chain';
import type { CertificateSource } from '../providers/shared/scheme';

/**
 * With the secrets' 2.5 seconds and the store's 2.2 a webhook is answered
 * within 7. It is waited for once in an instance's life; a provider that hangs
 * up meanwhile sends the webhook again and finds the certificate kept.
 */
const DEADLINE_MS = 2_000;
/** A certificate with its issuers takes some 6 KB. */
const MAX_BYTES = 65_536;
/** What an address gives does not change; it is asked again in case the certificate was withdrawn. */
const KEEP_MS = 24 * 3_600_000;
/** A provider has one or two certificates in use. */
const MAX_KEPT = 8;
/** The time after which a provider that heeds it sends a webhook again. */
const MISS_MS = 30_000;
/**
 * With so many misses in that time only what is kept is answered: a forger
 * names another address in each webhook, and each would become a fetch, until
 * the provider shuts us out.
 */
const MAX_MISSES = 20;
const OK = 200;
const NOT_FOUND = 404;

interface Entry {
  readonly answer: Promise<CertificateChain | undefined>;
  /** What could not be had, does not exist, or has not come yet. */
  isMiss: boolean;
  until: number;
}

/** Downloads the certificates of providers that sign with one. The caller must have checked the address. */
export class CertificateCache {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly request: typeof fetch = async (...args) => fetch(...args)) {}

  /** Those who ask at the same moment share one fetch. */
  async get(url: URL): Promise<CertificateChain | undefined> {
    this.dropExpired();
    const known = this.entries.get(url.href);
    if (known) {
      return known.answer;
    }
    if (this.addresses({ areMisses: true }).length >= MAX_MISSES) {
      throw certificateUnavailable();
    }
    const entry: Entry = { answer: this.fetchChain(url), isMiss: true, until: Infinity };
    this.entries.set(url.href, entry);
    entry.answer.then((chain) => this.settle(entry, chain === undefined), () => this.settle(entry, true));
    return entry.answer;
  }

  private settle(entry: Entry, isMiss: boolean): void {
    entry.isMiss = isMiss;
    entry.until = Date.now() + (isMiss ? MISS_MS : KEEP_MS);
    this.addresses({ areMisses: false }).slice(0, -MAX_KEPT).forEach((address) => this.entries.delete(address));
  }

  private dropExpired(): void {
    const now = Date.now();
    this.entries.forEach(({ until }, address) => now >= until && this.entries.delete(address));
  }

  /** In the order of the requests. */
  private addresses({ areMisses }: { readonly areMisses: boolean }): readonly string[] {
    return [...this.entries].filter(([, { isMiss }]) => isMiss === areMisses).map(([address]) => address);
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

/** Throws where there is no certificate: an excuse in place of one must not be kept for a day. */
function chainIn(text: string): CertificateChain {
  const chain = readChain(text, { intermediates: KNOWN_INTERMEDIATES, roots: [...rootCertificates, ...RETIRED_ROOTS] });
  if (!chain) {
    throw new Error('the address gave no certificate');
  }
  return chain;
}

async function boundedText({ body }: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body ?? []) {
    length += part.length;
    if (length > MAX_BYTES) {
      throw new Error('the address gave too much');
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

/** Its name is all that gets into the log: the address is the sender's choice. */
function certificateUnavailable(cause?: unknown): Error {
  return Object.assign(new Error('a certificate could not be fetched', { cause }), { name: 'CertificateUnavailable' });
}
