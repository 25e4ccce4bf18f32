import { isUtf8 } from 'node:buffer';
import type { SimulatedWebhook } from '../../handlers/providers/shared/simulators/provider-simulator';
import { UsageError } from '../terminal/usage-error';
import { visibleLines, visibleText } from '../terminal/visible-text';

/** A request as HTTP writes it. Characters that could control the terminal are escaped, and a binary body is shown in base64. */
export function requestLines(url: URL, { body, headers }: SimulatedWebhook): string[] {
  return [
    `POST ${url.pathname}${url.search} HTTP/1.1`,
    `Host: ${url.host}`,
    ...Object.entries(headers).map(([name, value]) => visibleText(`${name}: ${value}`)),
    `Content-Length: ${body.length}`,
    '',
    isUtf8(body) ? visibleLines(body.toString()) : `(base64) ${body.toString('base64')}`,
  ];
}

/** The same for programs. The body is exact. */
export function printedRequestJson(url: URL, { body, headers }: SimulatedWebhook): object {
  return { method: 'POST', url: url.href, headers, ...isUtf8(body) ? { body: body.toString() } : { body_base64: body.toString('base64') } };
}

/** Linux accepts 128 KiB in one argument. */
const MAX_ARGUMENT_BYTES = 120 * 1024;
/** Characters that curl expands in URLs. */
const GLOB = /[[\]{}]/;

/**
 * A command for sh that posts the same bytes. If the body is that of a file, the command reads the file. A body that an
 * argument cannot contain is refused.
 */
export function curlCommand(url: URL, { body, headers }: SimulatedWebhook, file?: string): string {
  if (file === undefined && (!isUtf8(body) || body.includes(0) || body.length > MAX_ARGUMENT_BYTES)) {
    throw new UsageError('--curl cannot write this body: an argument is text without null characters, of at most 120 KiB. Use --print --json.');
  }
  return [
    `curl ${GLOB.test(url.href) ? '-g ' : ''}--request POST ${shellQuoted(url.href)}`,
    ...Object.entries(headers).map(([name, value]) => `--header ${shellQuoted(`${name}: ${value}`)}`),
    // Unlike --data, it does not read a file if the text begins with an at sign.
    file === undefined ? `--data-raw ${shellQuoted(body.toString())}` : `--data-binary ${shellQuoted(`@${file}`)}`,
  ].join(' \\\n  ');
}

/** In single quotes, sh changes nothing. */
function shellQuoted(text: string): string {
  return `'${text.replaceAll('\'', '\'\\\'\'')}'`;
}
