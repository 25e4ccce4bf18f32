import { createPublicKey, type KeyObject } from 'node:crypto';
import { validateKnownList, validateUnique } from '../private/validation';

const MAX_KEYS = 5;
const ARMOR = '-----BEGIN PUBLIC KEY-----';
const MIN_RSA_BITS = 2048;
const MAX_RSA_BITS = 4096;

/** Checks public keys and renders them for the validator without their armor, because an environment is small. */
export function renderPublicKeys(pems: readonly string[]): string[] {
  validateKnownList('publicKeys', pems);
  if (!Array.isArray(pems) || pems.length === 0 || pems.length > MAX_KEYS) {
    throw new Error(`\`publicKeys\` must contain from 1 to ${MAX_KEYS} keys, got: ${Array.isArray(pems) ? pems.length : String(pems)}`);
  }
  const keys = pems.map((pem, index) => readPem(pem, index + 1).export({ format: 'der', type: 'spki' }).toString('base64'));
  validateUnique('publicKeys', keys);
  return keys;
}

/** An error never contains the text, because it could be a private key. */
function readPem(pem: string, position: number): KeyObject {
  if (typeof pem !== 'string' || !pem.trimStart().startsWith(ARMOR)) {
    throw new Error(`\`publicKeys\` must contain PEM texts that begin with ${ARMOR}, got another text at position ${position}`);
  }
  const key = parsePem(pem);
  if (!key) {
    throw new Error(`\`publicKeys\` must contain whole public keys in PEM, got a broken one at position ${position}. Copy it again, with its line breaks.`);
  }
  const { asymmetricKeyType: type, asymmetricKeyDetails } = key;
  const { modulusLength: bits = 0, namedCurve } = asymmetricKeyDetails!;
  const isSupported = type === 'ed25519' || (type === 'ec' && namedCurve === 'prime256v1') || (type === 'rsa' && bits >= MIN_RSA_BITS && bits <= MAX_RSA_BITS);
  if (!isSupported) {
    throw new Error(
      `\`publicKeys\` must contain keys of RSA with ${MIN_RSA_BITS} to ${MAX_RSA_BITS} bits, of EC with the curve P-256, or of Ed25519, `
      + `got: ${[type, bits || namedCurve].filter(Boolean).join(' ')} at position ${position}`,
    );
  }
  return key;
}

function parsePem(pem: string): KeyObject | undefined {
  try {
    return createPublicKey(pem);
  } catch {
    return undefined;
  }
}
