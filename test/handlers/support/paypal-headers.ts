import { KeyObject, sign } from 'node:crypto';
import { CERTIFICATE_URL } from '../../../handlers/providers/paypal/sample-certificates';
import { payPalSender } from '../../../handlers/providers/paypal/samples';
import type { Headers } from '../../../handlers/providers/shared/samples/provider-samples';

/** The headers of a PayPal delivery with the given signed text. */
export async function payPalHeaders(signed: string): Promise<Headers> {
  const { certificate: { keys } } = await payPalSender();
  const [id, time] = signed.split('|');
  return {
    'PAYPAL-TRANSMISSION-ID': id,
    'PAYPAL-TRANSMISSION-TIME': time,
    'PAYPAL-TRANSMISSION-SIG': sign('sha256', Buffer.from(signed), KeyObject.from(keys.privateKey)).toString('base64'),
    'PAYPAL-CERT-URL': CERTIFICATE_URL,
    'PAYPAL-AUTH-ALGO': 'SHA256withRSA',
  };
}
