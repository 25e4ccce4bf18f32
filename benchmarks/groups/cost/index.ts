import { designsFor, type Design } from './designs';
import { PRICES_AS_OF } from '../../../cli/cost/prices';
import { VOLUMES } from '../../../cli/cost/workload';
import { ApiType } from '../../../src';
import { smallestDeployment } from '../../../test/cost/calculation';
import { exact, type FigureTable, type Group } from '../../figures';

const MILLION = 1_000_000;

/** Computed from list prices, not measured. */
export const cost: Group = {
  name: 'cost',
  measure: async () => {
    const designs = designsFor(smallestDeployment(), smallestDeployment({ apiType: ApiType.httpApi() }));
    return VOLUMES.map((webhooks) => costTable(designs, webhooks));
  },
};

function costTable(designs: readonly Design[], webhooks: number): FigureTable {
  const millions = webhooks / MILLION;
  const id = webhooks === MILLION ? 'cost/million' : `cost/${millions}-million`;
  const perMillion = ({ costOfMonth }: Design) => costOfMonth(webhooks) / millions;
  const baseline = perMillion(designs[0]);
  return {
    id,
    title: `USD per million webhooks, at ${millions} million a month`,
    description: 'Computed from list prices in us-east-1 without the free tier, and without what is the same in each month. '
      + `The prices of AWS are of ${PRICES_AS_OF}. docs/cost.md has each line. The designs do different work. Svix, a service, forwards to your own endpoint: `
      + 'the messages that its product Ingest receives become its messages, and no other price of them was found.',
    rows: designs.map((design) => ({
      id: `${id}/${design.name}`,
      label: design.label,
      unit: 'USD',
      figure: exact(perMillion(design)),
      ratio: exact(perMillion(design) / baseline),
    })),
  };
}
