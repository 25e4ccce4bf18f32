import { SignatureEncoding, TimestampFormat, type SignatureProviderProps } from './signature-props';
import { HEADER_PART, HEADER_SEPARATOR, SIGNED_PLACEHOLDER, type SignatureConfig } from '../private/contract';
import { validateHeaderName, validateOneOf } from '../private/validation';

/** Checks where the signature is and what it signs, and renders both for the validator. */
export function renderSignature(props: SignatureProviderProps, defaultEncoding: SignatureEncoding): SignatureConfig {
  const { signatureHeader, encoding = defaultEncoding, prefix, signatureFormat, timestampHeader, timestampFormat, signedContent } = props;
  validateHeaderName('signatureHeader', signatureHeader);
  if (timestampHeader !== undefined) {
    validateHeaderName('timestampHeader', timestampHeader);
  }
  validateOneOf('encoding', encoding, Object.values(SignatureEncoding));
  validateSignatureFormat(props);
  validateTimestampFormat(props);
  validateSignedContent(props);
  return {
    signatureHeader: signatureHeader.toLowerCase(),
    encoding,
    prefix,
    signatureFormat,
    timestampHeader: timestampHeader?.toLowerCase(),
    timestampFormat: timestampFormat === TimestampFormat.UNIX_SECONDS ? undefined : timestampFormat,
    signedContent,
  };
}

/** Whether the sender sends a time. */
export function sendsTime({ timestampHeader, signatureFormat }: SignatureProviderProps): boolean {
  return timestampHeader !== undefined || (signatureFormat?.includes('{timestamp}') ?? false);
}

function validateSignatureFormat({ signatureFormat, prefix, timestampHeader }: SignatureProviderProps): void {
  if (signatureFormat === undefined) {
    return;
  }
  if (prefix !== undefined) {
    throw new Error(`\`signatureFormat\` must not be set together with \`prefix\`, got: '${prefix}'. Write '${prefix}{signature}' into \`signatureFormat\`.`);
  }
  const parts = signatureFormat.split(HEADER_SEPARATOR).map((part) => HEADER_PART.exec(part));
  const positionsOf = (name: string) => parts.flatMap((part, index) => part?.[2] === name ? [index] : []);
  const [signatures, timestamps] = [positionsOf('signature'), positionsOf('timestamp')];
  if (parts.includes(null) || signatures.length !== 1 || timestamps.length > 1) {
    throw new Error(
      '`signatureFormat` must contain {signature} once and {timestamp} at most once, each at the end of a part, with `,`, `;` or a space between the parts, '
      + `such as ts={timestamp};h1={signature}, got: '${signatureFormat}'`,
    );
  }
  if (timestamps.length === 1 && timestamps[0] !== 0 && parts[timestamps[0]]![1] === '') {
    throw new Error(`\`signatureFormat\` must begin with {timestamp} if no text is before the time, got: '${signatureFormat}'`);
  }
  if (timestamps.length === 1 && timestampHeader !== undefined) {
    throw new Error(`\`signatureFormat\` must not contain {timestamp} if \`timestampHeader\` is set, got: '${signatureFormat}'. Remove one of them.`);
  }
}

function validateTimestampFormat(props: SignatureProviderProps): void {
  if (props.timestampFormat === undefined) {
    return;
  }
  validateOneOf('timestampFormat', props.timestampFormat, Object.values(TimestampFormat));
  if (!sendsTime(props)) {
    throw new Error(
      '`timestampFormat` must come with a time, which `timestampHeader` or {timestamp} in `signatureFormat` names, '
      + `got: '${props.timestampFormat}' without either`,
    );
  }
}

function validateSignedContent(props: SignatureProviderProps): void {
  const { signedContent } = props;
  if (signedContent === undefined) {
    return;
  }
  // The pattern has a group, so that every second part is a placeholder.
  const parts = signedContent.split(SIGNED_PLACEHOLDER);
  const countOf = (placeholder: string) => parts.filter((part) => part === placeholder).length;
  if (parts.some((part, index) => index % 2 === 0 && /[{}]/.test(part))) {
    throw new Error(`\`signedContent\` must contain only the placeholders {body}, {timestamp}, {header:<name>} and {url}, got: '${signedContent}'`);
  }
  if (countOf('{body}') !== 1) {
    throw new Error(
      '`signedContent` must contain {body} once, because a signature over other content does not protect the body, '
      + `got: '${signedContent}'. A sender that signs only parts of the body is not supported.`,
    );
  }
  const times = countOf('{timestamp}');
  if (sendsTime(props) && times !== 1) {
    throw new Error(
      '`signedContent` must contain {timestamp} once, because an unsigned time does not protect against replays, '
      + `got: '${signedContent}'. If the time is not signed, remove it from \`timestampHeader\` and \`signatureFormat\`.`,
    );
  }
  if (!sendsTime(props) && times > 0) {
    throw new Error(
      `\`signedContent\` must come with a time if it contains {timestamp}, got: '${signedContent}'. `
      + 'Set `timestampHeader`, or write {timestamp} into `signatureFormat`.',
    );
  }
}
