import { SchemeRunner } from './scheme-runner';
import type { EventFields } from '../../../handlers/providers/shared/normalized-event';
import type { ProviderSamples, SamplePayload } from '../../../handlers/providers/shared/samples/provider-samples';

/** What the fraud rules read of an event, by the heading of its column in docs/fraud-data.md. */
const COLUMNS: { readonly [heading: string]: (fields: EventFields) => unknown } = {
  'customer id': ({ customerId }) => customerId,
  'contact of a guest': ({ contact }) => contact,
  'country': ({ country }) => country,
  'card country': ({ cardCountry }) => cardCountry,
  'card digits': ({ cardBin }) => cardBin,
  'card fingerprint': ({ cardFingerprint }) => cardFingerprint,
  'email address': ({ email }) => email,
  'risk score or level': ({ riskScore, riskLevel }) => riskScore ?? riskLevel,
  '3-D Secure': ({ threeDSecure }) => threeDSecure,
  'signed time': ({ eventTime }) => eventTime,
  'declined payments': ({ declined }) => declined || undefined,
};

export const VISIBLE_COLUMNS = Object.keys(COLUMNS);

/** The kinds of events, those that the rules need most first. */
type Place = 'payments' | 'declines' | 'other events';
const PLACES: readonly Place[] = ['payments', 'declines', 'other events'];

function placeOf({ money, moneyMovement, movesNothing, declined }: EventFields): Place {
  if (money && moneyMovement && !movesNothing) {
    return 'payments';
  }
  return declined ? 'declines' : 'other events';
}

/** The best place in which any sample of a provider has each field. */
export async function visibleFields(samples: ProviderSamples): Promise<string[]> {
  const events = await eventsOf(samples);
  return Object.values(COLUMNS).map((read) => {
    const places = new Set(events.filter((fields) => read(fields) !== undefined).map(placeOf));
    return PLACES.find((place) => places.has(place)) ?? '–';
  });
}

async function eventsOf(samples: ProviderSamples): Promise<EventFields[]> {
  const { events, outcomes, flows = [], personalData } = samples;
  const runner = new SchemeRunner(samples);
  const payloads: SamplePayload[] = [
    ...events, ...Object.values(outcomes).flat(), ...flows.flatMap((flow) => flow.payloads.map((payload) => ({ payload }))), ...personalData,
  ];
  const normalized = await Promise.all(payloads.map(async (sample) => runner.normalize(await runner.sign(sample), sample.config)));
  return normalized.flat().map(({ fields }) => fields);
}
